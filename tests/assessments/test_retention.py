"""Every period that the inventory names: a minute before its end the row is there, and a minute
after it `purge_expired` has deleted it. The rest goes with what it says it goes with.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command

from assessments.actions import account, guest, mail, newsletter
from assessments.models import (
    Assessment,
    Delivery,
    Guest,
    NewsletterIssue,
    OutgoingMail,
    Subscriber,
    User,
)
from assessments.models.assessment import new_key
from assessments.privacy import FIELDS
from tests.access.world import just_signed_in, make_things, publish_all
from tests.conftest import PASSWORD, signed_in
from tests.definitions import definition, requirement
from tests.guests import begun

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
A_BIT = timedelta(minutes=1)
LABELS = {use.kept for uses in FIELDS.values() for use in uses.values()}


def phrases(kept):
    """A sentence of the inventory names one end or several."""
    return {one.removeprefix("or ") for one in re.split(r"[,;] ", kept)}


PHRASES = {phrase for kept in LABELS for phrase in phrases(kept)}


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(BEGAN, tick=False)
    return lambda moment: time_machine.move_to(moment, tick=False)


def person():
    return User.objects.create_verified_user("person@example.org", PASSWORD)


def purge():
    call_command("purge_expired", verbosity=0)


# --- What ends by the clock: each makes its rows ------------------------------------------------


def outgoing():
    one = OutgoingMail.objects.create(
        key=new_key(), recipient="person@example.org", subject="News", text="A code"
    )
    return OutgoingMail.objects.filter(pk=one.pk)


def settled_mail(_clock):
    rows = outgoing()
    rows.update(created_at=BEGAN - timedelta(hours=3), state=OutgoingMail.State.CLAIMED)
    mail.settle(rows.get().pk, OutgoingMail.State.SENT)
    return [rows]


def mail_that_never_left(_clock):
    return [outgoing()]


def mail_of_a_delivery(_clock):
    [rows] = settled_mail(_clock)
    issue = NewsletterIssue.objects.create(subject="News", body="All is well.")
    Delivery.objects.create(issue=issue, subscriber=confirmed(), mail=rows.get())
    return [Delivery.objects.filter(mail__isnull=False)]


def a_session(_clock):
    just_signed_in(person())
    return [Session.objects.all(), UserSession.objects.all()]


def a_session_that_was_asked_to_stay(clock):
    client = just_signed_in(person())
    clock(BEGAN - timedelta(days=3))
    client.post("/account/stay/")
    clock(BEGAN)
    client.post("/account/stay/")
    return [Session.objects.all(), UserSession.objects.all()]


def a_session_that_is_always_asked_to_stay(clock):
    client = just_signed_in(person())
    for day in range(0, 90, 13):
        clock(BEGAN + timedelta(days=day))
        assert client.post("/account/stay/").url == "/accounts/"
    return [Session.objects.all(), UserSession.objects.all()]


def a_guest(_clock):
    begun(definition(requirement("python")), python=2)
    return [Guest.objects.all(), Assessment.objects.all()]


def an_address_that_never_answered(_clock):
    newsletter.subscribe(email="new@example.org")
    return [Subscriber.objects.all()]


CLOCKS = [
    ("30 days after the mail was settled", settled_mail),
    ("30 days after the mail was settled", mail_that_never_left),
    ("30 days after it was sent", mail_of_a_delivery),
    ("14 days after signing in or asking to stay", a_session),
    ("14 days after signing in or asking to stay", a_session_that_was_asked_to_stay),
    ("90 days in all", a_session_that_is_always_asked_to_stay),
    ("7 days", a_guest),
    ("7 days unconfirmed", an_address_that_never_answered),
]


@pytest.mark.parametrize(("period", "make"), CLOCKS, ids=lambda one: getattr(one, "__name__", None))
def test_it_is_there_until_its_day_and_gone_on_it(clock, period, make):
    kinds = make(clock)
    end = BEGAN + timedelta(days=int(re.match(r"\d+", period)[0]))
    clock(end - A_BIT)
    purge()
    assert all(rows.exists() for rows in kinds)
    clock(end + A_BIT)
    purge()
    assert not any(rows.exists() for rows in kinds)


# --- What ends with something else --------------------------------------------------------------


def confirmed():
    return Subscriber.objects.create(email="person@example.org", confirmed_at=BEGAN)


def everything():
    """A row in every table of the inventory."""
    user = person()
    make_things(user, publish_all())
    Authenticator.objects.create(user=user, type="totp", data={})
    EmailConfirmation.objects.create(
        email_address=user.emailaddress_set.first(), key="x", sent=BEGAN
    )
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=user.pk,
        object_repr="it",
        action_flag=CHANGE,
    )
    return user


def tables(*kept):
    """Those of which some field is kept like that, without what is a guest's."""
    return {
        label
        for label, uses in FIELDS.items()
        if any(phrase in phrases(use.kept) for use in uses.values() for phrase in kept)
    }


def empty(labels):
    return {label for label in labels if not apps.get_model(label).objects.exists()}


def test_until_the_account_is_deleted(clock, erasures):
    user = everything()
    mine = tables("until the account is deleted", "the account is deleted")
    assert len(mine) >= 11
    clock(BEGAN + timedelta(days=3650))
    purge()
    assert empty(mine) == set()
    account.delete(user=user, and_newsletter=True)
    assert empty(mine) == mine


@pytest.mark.parametrize("ends", [newsletter.unsubscribe, None])
def test_until_unsubscribing(clock, erasures, ends):
    """Or until the account goes whose address it is, where its owner wants that."""
    user, subscriber = person(), confirmed()
    issue = NewsletterIssue.objects.create(subject="News", body="All is well.")
    Delivery.objects.create(issue=issue, subscriber=subscriber)
    mine = tables("until unsubscribing", "until the address is deleted")
    clock(BEGAN + timedelta(days=3650))
    purge()
    assert empty(mine) == set()
    if ends:
        ends(key=subscriber.key)
    else:
        account.delete(user=user, and_newsletter=True)
    assert empty(mine) == mine == {"assessments.Subscriber", "assessments.Delivery"}


def test_until_it_is_taken_into_an_account(clock):
    made = begun(definition(requirement("python")), python=2)
    guest.take(guest=made.guest, by=person())
    assert not Guest.objects.exists()
    clock(BEGAN + timedelta(days=3650))
    purge()
    assert Assessment.objects.get().guest_id is None


def test_the_text_of_a_mail_until_it_left(clock):
    [rows] = settled_mail(clock)
    left = rows.get()
    assert (left.recipient, left.subject, left.text, left.html, left.headers) == (
        "",
        "",
        "",
        "",
        {},
    )


def test_until_signing_out(clock):
    client = just_signed_in(person())
    client.post("/accounts/logout/")
    purge()
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_a_second_step_until_it_is_removed(clock):
    user = person()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    clock(BEGAN + timedelta(days=3650))
    purge()
    assert just_signed_in(user).post("/accounts/2fa/totp/deactivate/").url == "/accounts/2fa/"
    assert not Authenticator.objects.exists()


ENDS = {
    "until the account is deleted": test_until_the_account_is_deleted,
    "the account is deleted": test_until_the_account_is_deleted,
    "until it is removed": test_a_second_step_until_it_is_removed,
    "until signing out": test_until_signing_out,
    "until it is taken into an account": test_until_it_is_taken_into_an_account,
    "until the address is deleted": test_until_unsubscribing,
    "until unsubscribing": test_until_unsubscribing,
    "its text until it left": test_the_text_of_a_mail_until_it_left,
}


def test_every_period_of_the_inventory_has_its_test_and_no_other():
    assert {period for period, _make in CLOCKS} | set(ENDS) == PHRASES


def test_what_names_a_number_of_days_is_tested_by_the_clock():
    assert {phrase for phrase in PHRASES if re.search(r"\d", phrase)} == {one for one, _ in CLOCKS}


def test_a_session_of_another_device_goes_on(clock):
    user = person()
    just_signed_in(user)
    clock(BEGAN + timedelta(days=10))
    client = signed_in(user)
    clock(BEGAN + timedelta(days=15))
    purge()
    assert Session.objects.count() == 1
    assert client.get("/assessments/").status_code == 200
