"""Deleted means gone: every text of the database is searched for what a person was."""

import re
from unittest.mock import Mock

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from assessments.actions import account, erasing, forgetting, newsletter
from assessments.models import (
    NewsletterIssue,
    OutgoingMail,
    Role,
    RoleVersion,
    Skill,
    Subscriber,
    User,
)
from tests.conftest import PASSWORD, signed_in
from tests.factories import NewsletterIssueFactory, SkillFactory
from tests.mailing import waiting
from tests.my_data import EXAMPLE, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("erasures")]
CANARIES = ["CANARY", "canary-member@", "203.0.113.77", "Canary-Browser"]


@pytest.fixture
def person(db):
    """Somebody with something in every place where something can be."""
    user = User.objects.create_verified_user("canary-member@example.org", PASSWORD)
    filled(user)
    EmailAddress.objects.create(user=user, email="Other-CANARY@example.org")
    sign_in(user, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Canary-Browser")
    signed_in(user)  # a session that no list names
    Authenticator.objects.create(user=user, type="totp", data={"secret": "CANARY-SECRET"})
    sign_in(user)  # waits for the second step, and never takes it
    waiting(recipient="Canary-Member@example.org", text="CANARY-MAIL")
    waiting(key="reminder:plan:CANARY", recipient="x@example.org", member=user)
    begun = SessionStore()
    begun["account_login"] = {"email": "CANARY-member@example.org"}
    begun.create()
    LogEntry.objects.create(
        user=User.objects.create_superuser("boss@example.org", PASSWORD),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=str(user),
        action_flag=CHANGE,
    )
    return user


def sign_in(user, **extra):
    typed = {"login": user.email, "password": PASSWORD}
    assert Client(**extra).post("/accounts/login/", typed).status_code == 302


def texts():
    """Every text of every table, and what sessions hold."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found += [
                    (f"{table}.{name}", str(value)) for name, value in zip(names, row, strict=True)
                ]
    found += [("session", str(one.get_decoded())) for one in Session.objects.all()]
    return found


def places_of(words):
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return {place for place, text in texts() if pattern.search(text)}


def test_what_is_searched_for_was_there(person):
    """Or the next test proves nothing."""
    assert places_of(CANARIES) >= {
        "account_emailaddress.email",
        "assessments_answer.example",
        "assessments_outgoingmail.recipient",
        "assessments_outgoingmail.text",
        "assessments_planitem.notes",
        "assessments_subscriber.email",
        "assessments_user.email",
        "django_admin_log.object_repr",
        "mfa_authenticator.data",
        "session",
        "usersessions_usersession.ip",
        "usersessions_usersession.user_agent",
    }


def test_deleted_means_gone(person):
    keys = [person.assessments.first().key, person.password]
    assert account.delete(user=person, and_newsletter=True)
    assert places_of([*CANARIES, *keys]) == set()


LEFT_OUT = {
    "addresses_of": ("assessments_outgoingmail.recipient", "assessments_subscriber.email"),
    "LogEntry": ("django_admin_log.object_repr",),
    "forget_sessions": ("session",),
}


@pytest.mark.parametrize("step", LEFT_OUT)
def test_a_step_that_is_left_out_is_found(person, monkeypatch, step):
    """The control: each step of forgetting leaves something that the search sees."""
    monkeypatch.setattr(forgetting, step, Mock(return_value=()))
    account.delete(user=person, and_newsletter=True)
    assert places_of(CANARIES) >= set(LEFT_OUT[step])


def test_no_row_points_at_who_is_gone(person):
    pk = person.pk
    account.delete(user=person, and_newsletter=True)
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                assert not model.objects.filter(**{field.attname: pk}).exists(), field


def test_a_second_press_deletes_nothing_more(person):
    assert account.delete(user=person, and_newsletter=True)
    assert not account.delete(user=person, and_newsletter=True)


def test_nobody_else_loses_anything(person, member):
    theirs = filled(member)
    sign_in(member)
    waiting(recipient=member.email)
    account.delete(user=person, and_newsletter=True)
    assert theirs.report.answers.get(skill="python").example == EXAMPLE
    assert member.assessments.count() == 2
    assert member.plan.items.count() == 1
    assert Subscriber.objects.get().email.lower() == member.email
    assert OutgoingMail.objects.count() == 1
    assert Session.objects.count() == member.usersession_set.count() == 1


def test_the_newsletter_goes_on_where_somebody_wants_it(person):
    newsletter.subscribe(email="someone@example.org")
    waiting(key="newsletter:1:1", recipient=person.email)
    account.delete(user=person, and_newsletter=False)
    assert Subscriber.objects.filter(email__iexact="canary-member@example.org").exists()
    assert (
        OutgoingMail.objects.filter(recipient__istartswith="canary").get().key == "newsletter:1:1"
    )


def test_what_an_editor_did_stays_without_their_name(editor, member):
    SkillFactory(slug="sql")
    skill = Skill.objects.get()
    skill.history.update(history_user=editor)
    NewsletterIssueFactory(created_by=editor)
    filled(member)
    RoleVersion.objects.update(published_by=editor)
    account.delete(user=editor, and_newsletter=True)
    assert [one.history_user for one in skill.history.all()] == [None]
    assert NewsletterIssue.objects.get().created_by is None
    assert not RoleVersion.objects.exclude(published_by=None).exists()
    assert Role.objects.count() == 2


def test_the_only_superuser_stays():
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    with pytest.raises(account.LastSuperuser):
        account.delete(user=boss, and_newsletter=True)
    assert User.objects.get() == boss


@pytest.mark.parametrize(("other_is_active", "goes"), [(True, True), (False, False)])
def test_a_superuser_goes_if_another_can_still_sign_in(other_is_active, goes):
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    User.objects.create_superuser("other@example.org", PASSWORD, is_active=other_is_active)
    assert account.is_last_superuser(boss) is not goes
    if goes:
        account.delete(user=boss, and_newsletter=True)
    else:
        with pytest.raises(account.LastSuperuser):
            account.delete(user=boss, and_newsletter=True)
    assert User.objects.filter(pk=boss.pk).exists() is not goes


def test_a_restored_backup_brings_nobody_back(person):
    again = User(pk=person.pk, email=person.email, date_joined=person.date_joined)
    account.delete(user=person, and_newsletter=True)
    again.save()
    Subscriber.objects.create(email=again.email)
    assert erasing.erase_again() == 1
    assert places_of(CANARIES) == set()


def test_the_log_tells_that_it_happened_and_nothing_of_whom(person, caplog):
    caplog.set_level("INFO")
    account.delete(user=person, and_newsletter=True)
    assert "An account was deleted by its owner" in caplog.messages
    assert not re.search("|".join([*CANARIES, rf"\b{person.pk}\b"]), caplog.text, re.IGNORECASE)


@pytest.mark.usefixtures("what_commits")
def test_a_file_that_waited_to_be_brought_in_goes_too(person):
    cache.set(forgetting.import_slot(person.pk), b"CANARY")
    account.delete(user=person, and_newsletter=True)
    assert cache.get(forgetting.import_slot(person.pk)) is None


def test_many_sessions_are_read_a_part_at_a_time(person, monkeypatch):
    monkeypatch.setattr(forgetting, "SEARCHED_AT_A_TIME", 2)
    for number in range(5):
        other = SessionStore()
        other["n"] = number
        other.create()
    account.delete(user=person, and_newsletter=True)
    assert Session.objects.count() == 5


def test_it_takes_a_fixed_number_of_queries_for_much_and_for_nothing(
    person, stranger, django_assert_num_queries
):
    with django_assert_num_queries(65):
        account.delete(user=person, and_newsletter=True)
    with django_assert_num_queries(45):
        account.delete(user=stranger, and_newsletter=True)


def test_without_a_note_for_the_day_of_a_restore_nobody_is_deleted(person, settings, caplog):
    settings.ERASURES_FILE = "/missing/erasures.txt"
    with pytest.raises(erasing.CannotBeNoted):
        account.delete(user=person, and_newsletter=True)
    assert User.objects.filter(pk=person.pk).exists()
    assert "/missing/erasures.txt" in caplog.text
    assert "canary" not in caplog.text.lower()
