"""Every address outside the editing area x who asks x how x for whose: the outcome.

That of the editing area is tests/assessments/admin/test_matrix.py.
"""

from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from assessments import access
from assessments.models import Assessment
from assessments.views import report_exports
from tests.access.answers import as_bytes
from tests.access.matrix import ALL, KNOWN, METHODS, TABLE, WHO, expected, kinds_of_ids
from tests.access.world import Visitor, World, cookies_of, has_id, routes
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
LETTERS = {200: "O", 403: "F", 404: "N", 405: "M", 409: "C", 410: "G"}
LEADS = {"/accounts/login/": "-", "/accounts/signup/": "U", "/accounts/reauthenticate/": "A"}
CELLS = [
    (name, pattern, method, whose)
    for name, pattern in routes()
    for whose in kinds_of_ids(pattern)
    for method in METHODS
]


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch, caplog):
    """A second for each PDF would be a minute here; who may have one is decided before it."""
    monkeypatch.setattr(report_exports, "PDF_EXPORTER", f"{__name__}.any_pdf")
    caplog.set_level("ERROR", logger="django.request")


def any_pdf(assessment, page):
    return b"%PDF"


@pytest.fixture(scope="module")
def built(module_db):
    return World()


@pytest.fixture
def world(built):
    return deepcopy(built)


def outcome(response):
    if response.status_code == 302:
        path = response["Location"].partition("?")[0]
        return LEADS.get(path, "R")
    return LETTERS.get(response.status_code, str(response.status_code))


def test_every_address_is_in_the_table_and_no_other():
    assert sorted(name for name, _pattern in routes()) == sorted(TABLE)


def test_each_row_says_what_happens_to_other_people_s_ids():
    ids = {name for name, pattern in routes() if has_id(pattern)}
    assert {name for name, row in TABLE.items() if row.other and row.missing} == ids


def test_there_are_thousands_of_cells():
    assert len(CELLS) * len(WHO) >= 5_000


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(world, who):
    """And what is somebody else's answers like what does not exist, byte for byte."""
    wrong, kept, told = faults(world, who, CELLS)
    assert wrong == [], "\n".join(map(str, wrong))
    assert kept == [], "\n".join(map(str, kept))
    assert told == []


def faults(world, who, cells):
    """What is not as the table says, what a cache may keep, and what tells a stranger something."""
    visitor, seen, wrong, kept = world.visitor(who), {}, [], []
    for name, pattern, method, whose in cells:
        address = world.address(pattern, name, who, whose)
        response = visitor.ask(method, address)
        if outcome(response) != expected(name, who, method, whose):
            wrong.append((method, address, outcome(response), expected(name, who, method, whose)))
        if who in KNOWN and is_kept(response) and not is_the_same_for_all(world, method, address):
            kept.append((method, address))
        seen[name, method, whose] = as_bytes(response, address)
    return wrong, kept, [one for one in seen if one[2] == "other" and tells_apart(seen, one)]


def is_kept(response):
    """A cache, or the browser itself, may show it again to somebody else."""
    return "no-store" not in response.get("Cache-Control", "")


def is_the_same_for_all(world, method, address):
    mine, anybody_s = (world.visitor(who).ask(method, address) for who in ("owner", "anonymous"))
    return not mine.cookies and (mine.status_code, mine.whole) == (
        anybody_s.status_code,
        anybody_s.whole,
    )


def tells_apart(seen, one):
    name, method, _whose = one
    is_for_all = TABLE[name].gate == ALL  # public, or allowed by a link
    return not is_for_all and seen[one] != seen[name, method, "missing"]


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.asks_again])
def test_some_time_after_signing_in_it_asks_again_who_it_is(world, name):
    client = signed_in(world.things["owner"].user)
    address = world.address(dict(routes())[name], name, "owner", "own")
    for method in METHODS:
        response = Visitor(cookies_of(client)).ask(method, address)
        assert outcome(response) in "AM", method


def test_nothing_else_asks_again(world):
    client = signed_in(world.things["owner"].user)
    for name, pattern in routes():
        address = world.address(pattern, name, "owner", "own")
        asks = outcome(Visitor(cookies_of(client)).ask("GET", address)) == "A"
        assert asks is (TABLE[name].asks_again or name == "mfa_reauthenticate"), name


def anybody_s(queries, person, key):
    return get_object_or_404(Assessment.objects.with_version(), key=key)


def forbidden(queries, person, key):
    get_object_or_404(Assessment, key=key)
    raise PermissionDenied


LOOKS = [one for one in CELLS if one[0] in ("assessment_detail", "review") and one[2] == "GET"]


def test_a_fetch_that_lets_strangers_in_is_seen(world, monkeypatch):
    monkeypatch.setattr(access, "_own", anybody_s)
    wrong, _kept, told = faults(world, "stranger", LOOKS)
    assert {(got, due) for _method, _address, got, due in wrong} == {("O", "N")}
    assert told == [("assessment_detail", "GET", "other"), ("review", "GET", "other")]


def test_a_fetch_that_tells_what_is_there_is_seen(world, monkeypatch):
    monkeypatch.setattr(access, "_own", forbidden)
    *_, told = faults(world, "stranger", LOOKS)
    assert ("assessment_detail", "GET", "other") in told
