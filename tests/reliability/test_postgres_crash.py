"""PostgreSQL itself killed while people save; the site goes on without being started again.

CRASHES sets how often: a fifth of what test_crash.py does.
"""

import os
import time

import pytest

from tests.reliability.conftest import SKILLS, make_people
from tests.reliability.crashing import (
    confirmed,
    kill,
    kill_postgres_again_and_again,
    look,
    own_postgres,
    start_again,
    summed_up,
    wait_for,
)
from tests.reliability.saving import all_at_work, all_home
from tests.reliability.test_faults import TYPED, fields, told_to_try_again
from tests.sites import Server, Site, prepared
from tests.visitors import Visitor

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = pytest.mark.skipif(not ON_POSTGRES, reason="runs where the tests run on PostgreSQL")
CRASHES = max(1, int(os.environ.get("CRASHES", "5")) // 5)
GONE = 8  # seconds


@pytest.fixture(scope="module")
def postgres():
    with own_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def site(postgres, tmp_path_factory):
    site = prepared(Site(postgres.get_uri(), tmp_path_factory.mktemp("crash")))
    site.must("prepare_site")
    return site


@pytest.fixture(scope="module")
def crowd(site):
    return make_people(site)


@pytest.fixture(scope="module")
def server(site, crowd):
    with Server(site) as server:
        yield server


def test_a_server_that_was_gone_for_long_is_found_again(postgres, server, crowd):
    """Without a restart of the site: its pool tries ever more rarely, if it is let."""
    busy = all_at_work(server.port, crowd[:4])
    wait_for(busy, 4)
    visitor, address, shown = somebody(server, crowd[-1])
    kill(postgres)
    refused = visitor.post(address, fields(shown, TYPED))
    time.sleep(GONE)
    start_again(postgres)
    began = time.monotonic()
    wait_for(busy, confirmed(busy) + 1)
    print(f"gone for {GONE} s, saving after {time.monotonic() - began:.1f} s")  # noqa: T201  for -s
    all_home(busy)
    assert {status for one in busy for status in one.refused} <= {503}
    assert told_to_try_again(refused)
    assert visitor.post(address, refused.hidden | {"example": TYPED}).status == 302


def somebody(server, person):
    """A question of theirs that is open on the screen."""
    session, key = person
    visitor = Visitor(server.port, {"session": session})
    address = f"/assessments/{key}/skills/{SKILLS[0]}/"
    return visitor, address, visitor.get(address)


def test_what_was_confirmed_is_there(postgres, server, crowd):
    busy = all_at_work(server.port, crowd[4:-1])
    try:
        found = kill_postgres_again_and_again(postgres, server, busy, CRASHES, saves=20)
    finally:
        all_home(busy)
    summed_up(found, busy)
    look(found, server.site, busy)
    print(f"{found.kills} kills, {found.confirmed} confirmed, {found.wrong}")  # noqa: T201  for -s
    assert found.wrong == []
    assert found.confirmed > CRASHES
