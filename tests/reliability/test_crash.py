"""Every process of the site killed while people save: what was confirmed is there.

CRASHES sets how often; `make crashes` does it many times more than `make test`.
"""

import os
from dataclasses import replace
from http.client import HTTPException

import pytest

from tests.reliability.conftest import SKILLS, make_people
from tests.reliability.crashing import (
    Found,
    kill_again_and_again,
    look,
    summed_up,
    torn,
    wait_until_dead,
)
from tests.reliability.fatal import PLACES, SAVED
from tests.reliability.saving import Busy, all_at_work, all_home
from tests.sites import Server
from tests.visitors import Visitor

CRASHES = int(os.environ.get("CRASHES", "1"))


@pytest.fixture(scope="module")
def fatal_site(site):
    return replace(site, more={"DJANGO_SETTINGS_MODULE": "tests.reliability.fatal_settings"})


@pytest.fixture(scope="module")
def crowd(fatal_site):
    return make_people(fatal_site, 6)


@pytest.fixture(scope="module")
def server(fatal_site, crowd):
    with Server(fatal_site) as server:
        yield server


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_a_place_all_of_a_save_is_there_or_nothing(server, crowd, place):
    one = Busy(server.port, *crowd[-1], seed=0)
    skill = SKILLS[PLACES.index(place)]
    one.fatal = place
    with pytest.raises((OSError, HTTPException)):
        one.save(skill, 7, presses=True)
    wait_until_dead(server)
    one.tried[skill], one.said[skill] = (7, 7) if place in SAVED else (0, 0)
    found = Found()
    look(found, server.site, [one], is_dead=True)
    assert found.wrong == []
    server.start()
    # The same page sent again, as a browser offers.
    assert sent_again(one, skill) == 302
    one.tried[skill] = one.said[skill] = 7
    look(found, server.site, [one])
    assert found.wrong == []


def sent_again(one, skill):
    fields = one.pages[skill] | {"level": "2", "example": "number 7", "press": "later"}
    visitor = Visitor(one.port, one.visitor.cookies)
    return visitor.post(f"/assessments/{one.key}/skills/{skill}/", fields).status


def test_what_was_confirmed_is_there(server, crowd):
    busy = all_at_work(server.port, crowd[:-1])
    try:
        found = kill_again_and_again(server, busy, CRASHES, saves=20)
    finally:
        all_home(busy)
    summed_up(found, busy)
    look(found, server.site, busy)
    print(f"{found.kills} kills, {found.confirmed} confirmed, {found.wrong}")  # noqa: T201  for -s
    assert found.wrong == []
    assert found.confirmed > CRASHES


def test_a_save_that_is_gone_is_found(server, crowd):
    nobody = Busy(server.port, "", crowd[-1][1], seed=0, said={"skill-0": 8}, tried={"skill-0": 9})
    found = Found()
    look(found, server.site, [nobody])
    assert "8 confirmed" in found.wrong[0]


def test_a_whole_save_is_no_fault():
    assert torn([("key", "a", "number 7", 2, 1, 1)]) == []


@pytest.mark.parametrize(
    "row",
    [
        ("key", "a", "number 7", 3, 1, 1),
        ("key", "a", "number 7", 2, 1, 2),
        ("key", None, "", 0, 0, 1),
    ],
    ids=["parts of two saves", "a count too many", "a count without an answer"],
)
def test_a_save_by_halves_is_found(row):
    assert len(torn([row])) == 1
