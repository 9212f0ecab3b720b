from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from assessments.models import User
from tests.assessments.views.test_autosave import IN_BACKGROUND
from tests.conftest import PASSWORD, signed_in
from tests.definitions import definition, requirement
from tests.pages import html
from tests.published import opened

pytestmark = pytest.mark.django_db
STAY = "/account/stay/"
FULL = settings.SESSION_COOKIE_AGE
NEW_PASSWORD = "another horse, another staple"


def ends_in(**left):
    Session.objects.update(expire_date=timezone.now() + timedelta(**left))


def seconds_left():
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def test_it_says_how_long_is_left(member_client):
    ends_in(minutes=5)
    left = member_client.get(STAY, headers=IN_BACKGROUND).json()["left"]
    assert 200 < left <= 300


def test_asking_makes_it_no_longer(member_client):
    ends_in(minutes=5)
    member_client.get(STAY, headers=IN_BACKGROUND)
    assert seconds_left() <= 300


def test_each_of_many_presses_counts_anew(member_client):
    for _press in range(12):
        ends_in(minutes=2)
        reply = member_client.post(STAY, headers=IN_BACKGROUND)
        assert reply.json() == {"left": FULL}
        assert FULL - 600 < seconds_left() <= FULL
        assert reply.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == FULL


def test_without_a_script_it_leads_back_and_says_so(member_client):
    response = member_client.post(STAY, {"next": "/plan/"}, follow=True)
    assert response.redirect_chain == [("/plan/", 302)]
    assert "You stay signed in for another 14 days." in html(response)


@pytest.mark.parametrize("back", ["", "https://elsewhere.example/", "//elsewhere.example"])
def test_it_leads_nowhere_else(member_client, back):
    assert member_client.post(STAY, {"next": back}).url == "/accounts/"
    assert member_client.get(STAY).url == "/accounts/"


def test_an_address_that_is_none_is_no_name_of_a_page_either(member_client):
    assert member_client.post(STAY, {"next": "a b"}).url == "a%20b"
    assert member_client.post(STAY, {"next": "home"}).url == "home"


def test_it_is_too_late_once_it_has_ended(member_client):
    ends_in(seconds=-1)
    for ask in (member_client.get, member_client.post):
        assert ask(STAY, headers=IN_BACKGROUND).status_code == 401
    assert member_client.post(STAY).url.startswith("/accounts/login/")


def test_a_closed_account_gets_no_longer_session(member, member_client):
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert member_client.post(STAY, headers=IN_BACKGROUND).status_code == 401


def test_the_page_carries_the_end_that_is_stored(member, member_client):
    mine = opened(member, definition(requirement("python")))
    page = html(member_client.get(f"/assessments/{mine.key}/skills/python/"))
    assert f'data-ends="{Session.objects.get().expire_date.isoformat()[:19]}' in page
    assert 'data-warn="600"' in page


def test_whoever_signs_in_reads_how_long_for():
    assert timedelta(days=14).total_seconds() == FULL
    assert "on this device for 14 days" in html(Client().get("/accounts/login/"))


def test_knowing_the_end_costs_no_query(member, django_assert_num_queries):
    client = signed_in(member)
    with django_assert_num_queries(2):  # the session, the user
        client.get(STAY, headers=IN_BACKGROUND)


@pytest.fixture
def for_long(member, time_machine):
    """Somebody who asks to stay every other week, 85 days after signing in."""
    began = timezone.now().replace(microsecond=0)
    time_machine.move_to(began, tick=False)
    client = signed_in(member)
    for days in range(0, 92, 13)[:7]:
        time_machine.move_to(began + timedelta(days=days), tick=False)
        client.post(STAY)
    time_machine.move_to(began + timedelta(days=85), tick=False)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    return client


def test_after_90_days_no_press_helps(for_long, time_machine):
    reply = for_long.post(STAY, headers=IN_BACKGROUND)
    assert reply.json() == {"left": 5 * 24 * 60 * 60}
    assert reply.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 5 * 24 * 60 * 60
    time_machine.move_to(timezone.now() + timedelta(days=5, seconds=1), tick=False)
    assert for_long.post(STAY, headers=IN_BACKGROUND).status_code == 401


def test_and_the_page_says_until_when(for_long):
    response = for_long.post(STAY, {"next": "/plan/"}, follow=True)
    end = Session.objects.get().expire_date
    assert f"You stay signed in until {end:%-d %B %Y, %H:%M} (UTC)." in html(response)


def test_signing_in_again_begins_anew(for_long, member):
    for_long.post("/accounts/logout/")
    fields = {"login": member.email, "password": NEW_PASSWORD}
    for_long.post("/accounts/login/", fields)
    assert for_long.post(STAY, headers=IN_BACKGROUND).json() == {"left": FULL}


def test_every_page_on_which_a_member_types_knows_when_it_ends(member_client):
    paths = ["/reminders/", "/plan/", "/account/import/", "/accounts/email/"]
    paths += ["/accounts/password/change/", "/accounts/2fa/totp/activate/"]  # asks for a password
    for path in paths:
        page = html(member_client.get(path, follow=True))
        assert 'class="session-end' in page, path
        assert "keep.js" in page
    assert "session-end" not in html(member_client.get("/roles/"))
    assert "session-end" not in html(Client().get("/accounts/login/"))
