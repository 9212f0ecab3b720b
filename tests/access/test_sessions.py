"""When a session ends, and that nothing of it is left to be looked at."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from assessments.models import User
from careerpath.middleware import FORGOTTEN
from tests.assessments.admin.posting import post
from tests.careerpath.test_accounts import sign_in
from tests.conftest import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME
NEW_PASSWORD = "another horse, another staple"


def browser_with(session):
    client = Client()
    client.cookies[COOKIE] = session
    return client


def session_of(client):
    return client.cookies[COOKIE].value


def is_in(session):
    """Whether this cookie, replayed, opens anything."""
    return browser_with(session).get("/assessments/").status_code == 200


@pytest.fixture
def mine(member):
    client = Client()
    sign_in(client)
    return client


@pytest.fixture
def elsewhere(mine):
    client = Client()
    sign_in(client)
    assert is_in(session_of(client))
    return session_of(client)


def test_signing_out_ends_it_on_the_server(mine):
    session = session_of(mine)
    assert is_in(session)
    mine.post("/accounts/logout/")
    assert not is_in(session)
    assert not Session.objects.filter(pk=session).exists()


def test_it_ends_the_one_and_not_the_others(mine, elsewhere):
    mine.post("/accounts/logout/")
    assert is_in(elsewhere)


def change_password(client):
    answer = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}
    assert client.post("/accounts/password/change/", answer).status_code == 302


def test_a_changed_password_ends_those_of_other_devices(mine, elsewhere):
    old = session_of(mine)
    change_password(mine)
    assert not is_in(elsewhere)
    assert is_in(session_of(mine))
    assert session_of(mine) == old or not is_in(old)


@pytest.mark.usefixtures("what_commits")
def test_a_password_reset_by_mail_ends_all(mine, elsewhere):
    visitor = Client()
    visitor.post("/accounts/password/reset/", {"email": "member@example.org"})
    link = re.search(r"https?://localhost:8000(/accounts/\S+)", mail.outbox[0].body)[1]
    visitor.post(visitor.get(link).url, {"password1": NEW_PASSWORD})
    assert not is_in(elsewhere)
    assert not is_in(session_of(mine))


def close_account(member, boss, **ticks):
    page = f"/admin/assessments/user/{member.pk}/change/"
    post(signed_in(boss), page, **ticks)


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("boss@example.org", PASSWORD)


def test_closing_an_account_ends_all(mine, elsewhere, member, boss):
    close_account(member, boss, is_active=None)
    assert not is_in(elsewhere)
    assert not is_in(session_of(mine))


def test_they_do_not_come_back_when_it_is_opened_again(mine, elsewhere, member, boss):
    change_password(mine)  # its session goes on under another name
    close_account(member, boss, is_active=None)
    close_account(member, boss, is_active="on")
    assert not is_in(elsewhere)
    assert not is_in(session_of(mine))
    assert is_in(session_of(signed_in(User.objects.get(pk=member.pk))))


@pytest.mark.parametrize("planted", ["a" * 32, "known"])
def test_a_planted_cookie_is_replaced_at_signing_in(member, planted):
    """Whoever put it there does not know the new one."""
    if planted == "known":
        attacker = Client()
        attacker.session.save()
        attacker.get("/accounts/reauthenticate/")
        session = attacker.session
        session["anything"] = 1
        session.save()
        planted = session.session_key
    victim = browser_with(planted)
    sign_in(victim)
    assert get_user(victim) == member
    assert session_of(victim) != planted
    assert not is_in(planted)


def test_signing_in_again_makes_a_new_one(mine):
    first = session_of(mine)
    mine.post("/accounts/logout/")
    sign_in(mine)
    assert session_of(mine) != first
    assert not is_in(first)


def test_signing_out_takes_the_cookie_and_what_the_browser_kept(mine):
    answer = mine.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == FORGOTTEN
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.cookies[COOKIE].value == ""


def test_so_does_the_first_page_after_it_died(mine):
    dead = session_of(mine)
    mine.post("/accounts/logout/")
    answer = browser_with(dead).get("/assessments/")
    assert answer.headers["Clear-Site-Data"] == FORGOTTEN
    assert answer.cookies[COOKIE].value == ""


def test_nothing_else_makes_the_browser_forget(mine):
    for path in ("/", "/assessments/", "/accounts/logout/", "/no-such-page/"):
        assert "Clear-Site-Data" not in mine.get(path).headers
        assert "Clear-Site-Data" not in Client().get(path).headers
