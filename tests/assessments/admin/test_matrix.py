"""Every address of the editing area x who asks x how: the outcome, and that nothing changes."""

from copy import deepcopy

import pytest

from tests.assessments.admin.matrix import TABLE, WHO, expected
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
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
LETTERS = {200: "O", 301: "O", 403: "F", 404: "N", 405: "M"}


@pytest.fixture(scope="module")
def built(module_db):
    return make_world()


@pytest.fixture
def world(built):
    return deepcopy(built)


def test_every_address_is_in_the_table_and_no_other():
    assert sorted({name for name, _pattern in addresses()}) == sorted(TABLE)


def test_the_table_names_all_groups():
    assert {len(letters) for outcomes in TABLE.values() for letters in outcomes} == {len(WHO)}


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(world, who):
    client = world.client(who)
    before, wrong = everything(), []
    for name, pattern in addresses():
        address = filled(pattern, world.arguments(name))
        for method in METHODS:
            response = (world.client(who) if name == "logout" else client).generic(method, address)
            if outcome(response) != expected(name, who, method):
                wrong.append((method, address, outcome(response), expected(name, who, method)))
    assert wrong == []
    # To leave "active" unticked is how a superuser closes an account.
    assert changed(before) <= ({"User", "LogEntry"} if who == "superuser" else set())


def outcome(response):
    if response.status_code == 302:
        return "-" if "/login/" in response["Location"] else "O"
    return LETTERS.get(response.status_code, str(response.status_code))


@pytest.mark.parametrize("who", WHO)
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
