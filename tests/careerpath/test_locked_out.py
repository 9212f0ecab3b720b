"""Whoever guesses at an account, or asks for mail to it without end, keeps no owner out."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessments.models import User
from tests.access.passkeys import Device
from tests.careerpath.test_account_mail import NEW_PASSWORD, link_in
from tests.careerpath.test_accounts import sign_in
from tests.conftest import PASSWORD, signed_in

RESET = "/accounts/password/reset/"
ATTACKER, OWNER = "198.51.100.7", "192.0.2.1"
TOO_MANY = "Too many attempts"


def guess(email="member@example.org"):
    for number in range(6):
        sign_in(Client(REMOTE_ADDR=ATTACKER), email=email, password=f"wrong guess {number}")


def ask(number, email="member@example.org", who=ATTACKER):
    return [Client(REMOTE_ADDR=who).post(RESET, {"email": email}) for _number in range(number)]


def mails_to(email):
    return [one for one in mail.outbox if one.to == [email]]


@pytest.fixture
def owner():
    return Client(REMOTE_ADDR=OWNER)


@pytest.fixture
def attack(member, owner):
    """The door is shut: the right password from elsewhere does not open it."""
    ask(6)
    guess()
    assert TOO_MANY in sign_in(owner).content.decode()
    assert get_user(owner).is_anonymous


def choose(client, message, password=NEW_PASSWORD):
    """Opens the link in the mail, and chooses a new password."""
    return client.post(client.get(link_in(message)).url, {"password1": password})


@pytest.mark.usefixtures("attack")
def test_the_owner_gets_in_by_the_link_in_a_mail(owner, member):
    assert owner.post(RESET, {"email": member.email}).status_code == 302
    answer = choose(owner, mails_to(member.email)[-1])
    assert answer.url == "/assessments/"
    assert get_user(owner) == member


@pytest.mark.usefixtures("attack")
def test_the_owner_gets_in_by_a_passkey(owner, member):
    assert Device(member).sign_in(owner).url == "/assessments/"
    assert get_user(owner) == member


def test_a_passkey_of_somebody_else_opens_nothing(owner, member, stranger):
    device = Device(stranger)
    Device(member)
    device.user = member
    device.sign_in(owner)
    assert get_user(owner).is_anonymous


@pytest.mark.usefixtures("attack")
def test_the_owner_goes_on_where_they_are_signed_in(member):
    inside = signed_in(member)
    assert inside.get("/assessments/").status_code == 200
    asked = inside.post("/accounts/email/", {"email": "moved@example.org", "action_add": "yes"})
    inside.post(asked.url, {"password": PASSWORD})
    member.refresh_from_db()
    assert member.email == "moved@example.org"


def test_who_is_inside_guesses_no_more_often_than_outside(member):
    inside = signed_in(member)
    again = "/accounts/reauthenticate/"
    for number in range(5):
        assert TOO_MANY not in inside.post(again, {"password": f"{number}"}).content.decode()
    assert TOO_MANY in inside.post(again, {"password": PASSWORD}).content.decode()


def test_the_link_of_a_closed_account_opens_nothing(owner, member):
    ask(1)
    User.objects.filter(pk=member.pk).update(is_active=False)
    choose(owner, mails_to(member.email)[-1])
    assert get_user(owner).is_anonymous


@pytest.mark.parametrize("email", ["member@example.org", "nobody@example.org"])
def test_one_address_gets_three_mails_in_ten_minutes(member, email, time_machine):
    start = timezone.now()
    for minutes in (0, 9, 11, 20):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        ask(4, email)
        ask(2, email.upper(), OWNER)
    assert len([one for one in mail.outbox if one.to[0].lower() == email]) == 6


def test_no_answer_tells_that_a_mail_was_not_sent(member):
    answers = [*ask(6), *ask(6, "nobody@example.org")]
    assert len(mail.outbox) == 6
    assert len({(one.status_code, one.url, one.content) for one in answers}) == 1


def test_all_links_that_were_sent_work_until_one_is_used(owner, member):
    ask(3)
    first, *others = mails_to(member.email)
    assert choose(owner, first).url == "/assessments/"
    for message in others:
        assert "This link no longer works" in Client().get(link_in(message)).content.decode()


def test_once_the_links_are_dead_there_are_new_ones(owner, member):
    """Used, or ended by signing in: the count starts again, or the owner would have none."""
    ask(4)
    choose(owner, mails_to(member.email)[0])
    owner.post("/accounts/logout/")
    ask(4, who=OWNER)
    assert len([one for one in mails_to(member.email) if f"{RESET}key/" in one.body]) == 6
