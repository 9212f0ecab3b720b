"""Limits on guessing, with two processes and everybody at once.

With a cache for each process, twice as many guesses are looked at, and the first two tests fail.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.visitors import Visitor

AT_ONCE = 60
LIMIT = 5  # for one address, in five minutes
WRONG = "The e-mail address or the password is not right."


@pytest.fixture
def victim(site):
    site.python(
        "from django.core.cache import cache\n"
        "cache.clear()\n"
        "from assessments.models import User\n"
        "User.objects.all().delete()\n"
        "User.objects.create_verified_user('victim@example.org', 'the right long password')"
    )
    return "victim@example.org"


def guess(port, address, password, **headers):
    visitor = Visitor(port, headers=headers)
    page = visitor.get("/accounts/login/")
    return visitor.post("/accounts/login/", page.hidden | {"login": address, "password": password})


def test_of_many_guesses_at_once_only_so_many_are_looked_at(server, victim):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(
            pool.map(
                lambda number: guess(server.port, victim, f"wrong guess {number}"), range(AT_ONCE)
            )
        )
    looked_at = [answer for answer in answers if WRONG in answer.body]
    assert 0 < len(looked_at) <= LIMIT
    assert {answer.status for answer in answers} <= {200, 429}


def test_a_forged_address_of_the_visitor_gains_nothing(server, victim):
    """TRUSTED_PROXY_COUNT is 0 here: what a browser says of itself counts for nothing."""
    answers = [
        guess(
            server.port, f"{number}@example.org", "wrong", **{"X-Forwarded-For": f"1.2.3.{number}"}
        )
        for number in range(15)
    ]
    assert LIMIT <= sum(WRONG in answer.body for answer in answers) <= 10
    assert WRONG in answers[0].body


def test_the_victim_still_gets_in_where_they_are_signed_in(server, victim, people):
    (session, key), *_ = people
    for number in range(LIMIT + 1):
        guess(server.port, "0@example.org", f"wrong guess {number}")
    assert Visitor(server.port, {"session": session}).get(f"/assessments/{key}/").status == 200
