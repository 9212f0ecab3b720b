"""Limits on guessing, with two processes and everybody at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from threading import Barrier

import pytest

from tests.sites import Server
from tests.visitors import Visitor

AT_ONCE = 200
LIMIT = 5  # for one address, in five minutes
LIMIT_OF_A_VISITOR = 10  # for all addresses, in a minute
WRONG = "The e-mail address or the password is not right."
TOO_MANY = "Too many attempts"
# Every answer waits for its half second: more of them wait at once.
BEHIND_A_PROXY = {"TRUSTED_PROXY_COUNT": "1", "THREADS": "8"}


@pytest.fixture(scope="module")
def victim(site):
    site.python(
        "from django.core.cache import cache\n"
        "cache.clear()\n"
        "from assessments.models import User\n"
        "User.objects.all().delete()\n"
        "User.objects.create_verified_user('victim@example.org', 'the right long password')"
    )
    return "victim@example.org"


@pytest.fixture(scope="module")
def behind_a_proxy(site):
    with Server(replace(site, more=BEHIND_A_PROXY)) as server:
        yield server


@pytest.fixture
def each_for_itself(site):
    more = BEHIND_A_PROXY | {"CACHE_URL": "locmemcache://"}
    with Server(replace(site, more=more)) as server:
        yield server


def looked_at(port, tries):
    """How many of the tries, all at once, the site compared with a password.

    A try is an address and what X-Forwarded-For says.
    """
    first = Visitor(port)
    token = first.get("/accounts/login/").hidden["csrfmiddlewaretoken"]
    start = Barrier(len(tries))

    def guess(one):
        address, said = one
        visitor = Visitor(port, dict(first.cookies), {"X-Forwarded-For": said})
        fields = {"csrfmiddlewaretoken": token, "login": address, "password": f"wrong {said}"}
        start.wait()
        return visitor.post("/accounts/login/", fields)

    with ThreadPoolExecutor(len(tries)) as pool:
        answers = list(pool.map(guess, tries))
    assert {answer.status for answer in answers} <= {200, 429}
    assert any(WRONG in answer.body or TOO_MANY in answer.body for answer in answers)
    return sum(WRONG in answer.body for answer in answers)


def at_one_account(victim, number):
    """Each by another visitor."""
    return [(victim, f"10.0.0.{visitor}") for visitor in range(number)]


def test_of_many_guesses_at_once_exactly_so_many_are_looked_at(behind_a_proxy, victim):
    assert looked_at(behind_a_proxy.port, at_one_account(victim, AT_ONCE)) == LIMIT


def test_where_each_process_counts_for_itself_more_are(each_for_itself, victim):
    """So the test above would find it."""
    assert looked_at(each_for_itself.port, at_one_account(victim, AT_ONCE // 5)) > LIMIT


def test_a_forged_address_of_the_visitor_gains_nothing(server, victim):
    """TRUSTED_PROXY_COUNT is 0 here: what a browser says of itself counts for nothing."""
    tries = [(f"{number}@example.org", f"1.2.3.{number}") for number in range(15)]
    assert 0 < looked_at(server.port, tries) <= LIMIT_OF_A_VISITOR


def test_behind_a_proxy_neither(behind_a_proxy, victim):
    """The last in the list is what our proxy saw; what a browser wrote stands before it."""
    forged = cycle(("1.2.3.{}", "1.2.3.{0}, 10.0.0.{0}", "127.0.0.1, 1.2.3.{}"))
    said = [f"{next(forged).format(number)}, 203.0.113.5" for number in range(15)]
    tries = [(f"{number}@example.org", one) for number, one in enumerate(said)]
    assert 0 < looked_at(behind_a_proxy.port, tries) <= LIMIT_OF_A_VISITOR


def test_whom_our_proxy_tells_apart_each_have_a_limit_of_their_own(behind_a_proxy, victim):
    """So the two tests above would find a forged address that counts."""
    tries = [(f"{number}@example.org", f"1.2.3.4, 198.51.100.{number}") for number in range(15)]
    assert looked_at(behind_a_proxy.port, tries) > LIMIT_OF_A_VISITOR


def test_the_victim_still_gets_in_where_they_are_signed_in(server, victim, people):
    (session, key), *_ = people
    tries = [("0@example.org", "")] * (LIMIT + 1)
    assert looked_at(server.port, tries) <= LIMIT
    assert Visitor(server.port, {"session": session}).get(f"/assessments/{key}/").status == 200
