"""Every address of the editing area x who asks x how x for which id: the outcome, and that nothing
changes."""

from copy import deepcopy
from http.cookies import SimpleCookie

import pytest

from assessments.admin.user import UserAdmin
from tests.access.answers import as_bytes
from tests.assessments.admin.matrix import METHODS, TABLE, WHO, expected, kinds_of_ids
from tests.assessments.admin.world import (
    MEMBER,
    SECRET,
    addresses,
    changed,
    everything,
    filled,
    make_world,
)
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
LETTERS = {200: "O", 301: "O", 403: "F", 404: "N", 405: "M"}


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """To write down thousands of refusals takes longer than the refusing."""
    caplog.set_level("CRITICAL", logger="django.request")
    caplog.set_level("CRITICAL", logger="security")


@pytest.fixture(scope="module")
def built(module_db):
    return make_world()


@pytest.fixture
def world(built):
    return deepcopy(built)


def test_every_address_is_in_the_table_and_no_other():
    assert sorted({name for name, _pattern in addresses()}) == sorted(TABLE)


def test_the_table_names_all_groups():
    assert {len(letters) for row in TABLE.values() for letters in (row.get, row.post)} == {len(WHO)}


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(world, who):
    """And whoever may not cannot tell what is there from what is not."""
    before = everything()
    assert faults(world, who) == []
    # To leave "active" unticked is how a superuser closes an account.
    assert changed(before) <= ({"User", "LogEntry"} if who == "superuser" else set())


def faults(world, who, names=None):
    person, wrong = Person(world, who), []
    for name, pattern in addresses():
        if names and name not in names:
            continue
        seen = {}
        for which in kinds_of_ids(pattern):
            address = filled(pattern, world.arguments(name, which))
            for method in METHODS:
                response = person.ask(name, method, address)
                got, due = outcome(response, which), expected(name, who, method, which)
                seen[which, method] = as_bytes(response, address) if due in "-F" else None
                if got != due:
                    wrong.append((method, address, got, due))
        wrong += [
            (name, method, "tells what is there")
            for which, method in seen
            if which == "missing" and seen[which, method] != seen["own", method]
        ]
    return wrong


class Person:
    """Asks each time with the cookies of the first."""

    def __init__(self, world, who):
        self.world, self.who, self.client = world, who, None

    def ask(self, name, method, address):
        if self.client is None or name == "logout":
            self.client = self.world.client(self.who)
            self.cookies = {one.key: one.value for one in self.client.cookies.values()}
        self.client.cookies = SimpleCookie(self.cookies)
        response = self.client.generic(method, address)
        response.whole = b"".join(response)
        return response


def outcome(response, which):
    if response.status_code == 302:
        return "-" if "/login/" in response["Location"] else "O" if which == "own" else "R"
    return LETTERS.get(response.status_code, str(response.status_code))


def test_a_page_that_lets_an_editor_in_is_seen(world, monkeypatch):
    monkeypatch.setattr(UserAdmin, "has_view_permission", lambda *_: True)
    assert faults(world, "editor", {"assessments_user_changelist"})


def test_a_page_that_tells_which_accounts_there_are_is_seen(world, monkeypatch):
    """As Django makes it: it asks who may see a row only once it has found one."""

    def only_at_the_row(_admin, _request, row=None):
        return row is None

    monkeypatch.setattr(UserAdmin, "has_view_or_change_permission", only_at_the_row)
    found = faults(world, "editor", {"assessments_user_history"})
    assert ("assessments_user_history", "GET", "tells what is there") in found


@pytest.mark.parametrize("who", WHO[5:])
def test_no_page_shows_what_members_wrote(world, who):
    """Their addresses only to those who look after accounts."""
    client = world.client(who)
    sees_addresses = who in ("support", "superuser")
    pages_with_address = 0
    for name, pattern in addresses():
        if name == "logout":
            continue
        address = filled(pattern, world.arguments(name))
        for query in ("", "?q=aviary") if name.endswith("changelist") else ("",):
            body = b"".join(client.get(address + query))
            assert SECRET.encode() not in body, address
            if MEMBER.encode() in body:
                assert sees_addresses, address
                pages_with_address += 1
    assert (pages_with_address > 0) is sees_addresses


def test_the_crawl_would_see_it(world):
    """The words are there to be found: on the member's own page."""
    mine = world.member.assessments.filter(submitted_at__isnull=True).get()
    page = signed_in(world.member).get(f"/assessments/{mine.key}/review/")
    assert SECRET in page.content.decode()
