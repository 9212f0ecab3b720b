"""PostgreSQL itself killed while people save; the site goes on without being started again.

CRASHES sets how often: a fifth of what test_crash.py does.
"""

import os
import time

import pytest

from tests.reliability.conftest import make_people
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
from tests.sites import Server, Site, prepared

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
    kill(postgres)
    time.sleep(GONE)
    start_again(postgres)
    began = time.monotonic()
    wait_for(busy, confirmed(busy) + 1)
    print(f"gone for {GONE} s, saving after {time.monotonic() - began:.1f} s")  # noqa: T201  for -s
    all_home(busy)
    assert {status for one in busy for status in one.refused} <= {503}


def test_what_was_confirmed_is_there(postgres, server, crowd):
    busy = all_at_work(server.port, crowd[4:])
    try:
        found = kill_postgres_again_and_again(postgres, server, busy, CRASHES, saves=20)
    finally:
        all_home(busy)
    summed_up(found, busy)
    look(found, server.site, busy)
    print(f"{found.kills} kills, {found.confirmed} confirmed, {found.wrong}")  # noqa: T201  for -s
    assert found.wrong == []
    assert found.confirmed > CRASHES
