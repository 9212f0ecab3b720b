import pytest
from django.conf import settings
from django.http import HttpResponse

from assessments import guests
from tests.definitions import definition, requirement
from tests.guests import COOKIE, TOKEN, begun, grow_old, guest
from tests.published import opened

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"), requirement("sql"))


def asking(rf, token=TOKEN):
    rf.cookies[COOKIE] = token
    return rf.get("/")


def test_it_works(rf):
    mine = guest()
    assert guests.guest_of(asking(rf)) == mine


@pytest.mark.parametrize("token", ["", "x", "x" * 44, TOKEN.upper(), "é", "x" * 10_000])
def test_another_token_is_nobody_s(rf, token):
    guest()
    assert guests.guest_of(asking(rf, token)) is None


def test_without_a_cookie_nothing_is_asked(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert guests.guest_of(rf.get("/")) is None


def test_expired_is_gone_before_it_is_deleted(rf):
    grow_old(guest(), days=7)
    assert guests.guest_of(asking(rf)) is None


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_for_us_alone_until_the_seven_days_are_over(monkeypatch, https):
    monkeypatch.setattr(settings, "SESSION_COOKIE_SECURE", https)
    response, mine = HttpResponse(), guest()
    guests.give_cookie(response, mine, TOKEN)
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert bool(cookie["secure"]) is https
    assert not cookie["domain"]
    assert cookie["max-age"] in range(7 * 86400 - 60, 7 * 86400 + 1)


def test_pairs_are_what_is_open_on_both_sides(member):
    made = begun(ROLE, python=3)
    assert guests.pairs(made.guest, member) == ()
    mine = opened(member, ROLE, python=1, sql=2)
    (pair,) = guests.pairs(made.guest, member)
    assert (pair.guests, pair.accounts) == (made.assessment, mine)
    assert (pair.guests.answered, pair.accounts.answered) == (1, 2)
