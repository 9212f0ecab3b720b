"""The key of a session is never one that a browser brought."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from careerpath.sessions import SessionStore
from tests.pages import html

pytestmark = pytest.mark.django_db


def saved(key):
    session = SessionStore(key)
    session["a"] = 1
    session.save()
    return session.session_key


@pytest.mark.parametrize("key", ["k" * 32, "short", "K" * 32, "\x00" + "a" * 31])
def test_one_that_is_made_up_is_not_taken_up(key):
    assert saved(key) != key


def test_one_that_has_lapsed_is_not_taken_up_again():
    old = saved(None)
    Session.objects.filter(pk=old).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert saved(old) != old


def test_one_that_lives_goes_on():
    key = saved(None)
    assert saved(key) == key


@pytest.mark.parametrize("cookie", ['"\\000aaaaaaaaaaaa"', "é" * 32, "a" * 5000])
def test_an_odd_cookie_is_nobody_s(client, cookie):
    response = client.get("/assessments/", HTTP_COOKIE=f"session={cookie}", follow=True)
    assert "Sign in" in html(response)
