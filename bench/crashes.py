"""Is what people were told they had saved still there? The whole test, with its numbers.

python -m bench.crashes [--kills 500] [--postgres-kills 100] [--saves 100000] [--cuts 50]

1. SQLite: the process group of the server is killed, every other time at a place inside a save
   (tests/reliability/fatal.py), while 16 people save through the pages.
2. PostgreSQL: its own processes are killed, and the site has to find it again by itself.
3. Power cuts, without power: bench/durability.py.

After each kill the database is looked at before anybody goes on. 0 kills or cuts leave a part out.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    django.setup()

from bench import durability
from tests.reliability.conftest import make_people
from tests.reliability.crashing import (
    Found,
    confirmed,
    kill_again_and_again,
    kill_postgres_again_and_again,
    look,
    own_postgres,
    summed_up,
)
from tests.reliability.saving import Busy, all_at_work, all_home
from tests.sites import Server, Site, empty_site, prepared

PEOPLE = 16
AT_A_TIME = 10  # kills from one line of figures to the next
SQLITE_BACK, POSTGRES_BACK = 3.0, 5.0  # seconds, and what the promise allows
FATAL = {"DJANGO_SETTINGS_MODULE": "tests.reliability.fatal_settings"}


def sqlite(kills: int, saves: int) -> Found:
    with tempfile.TemporaryDirectory() as name, empty_site(Path(name)) as site:
        site.more |= FATAL
        site.must("prepare_site")
        people = make_people(site, PEOPLE)
        with Server(site) as server:
            busy = all_at_work(server.port, people)
            found = Found()
            while found.kills < kills:
                more = min(AT_A_TIME, kills - found.kills)
                found += kill_again_and_again(server, busy, more, saves // kills, seed=found.kills)
                tell("SQLite", found, busy)
            return ended(found, site, busy)


def postgres(kills: int, saves: int) -> Found:
    with tempfile.TemporaryDirectory() as name, own_postgres() as server_of_data:
        site = prepared(Site(server_of_data.get_uri(), Path(name)))
        site.must("prepare_site")
        people = make_people(site, PEOPLE)
        with Server(site) as server:
            busy = all_at_work(server.port, people)
            found = Found()
            while found.kills < kills:
                more = min(AT_A_TIME, kills - found.kills)
                found += kill_postgres_again_and_again(
                    server_of_data, server, busy, more, saves // kills, seed=found.kills
                )
                tell("PostgreSQL", found, busy)
            return ended(found, site, busy)


def ended(found: Found, site: Site, busy: list[Busy]) -> Found:
    all_home(busy)
    look(found, site, busy)
    return summed_up(found, busy)


def tell(name: str, found: Found, busy: list[Busy]) -> None:
    print(
        f"{datetime.now(tz=UTC):%H:%M:%S} {name}: {found.kills} kills, {found.at_places} of them "
        f"inside a save, {confirmed(busy)} confirmed, {len(found.wrong)} wrong, saving again after "
        f"{statistics.median(found.pauses):.1f} s, at most {max(found.pauses):.1f} s, "
        f"{work_of(found)}"
        f"load {os.getloadavg()[0]:.0f}",
        flush=True,
    )


def work_of(found: Found) -> str:
    """What the pause would be on a computer that does nothing else."""
    if not found.worked:
        return ""
    return f"of work {statistics.median(found.worked):.1f} s, at most {max(found.worked):.1f} s, "


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.crashes")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--postgres-kills", type=int, default=100)
    parser.add_argument("--saves", type=int, default=100_000, help="in both parts together")
    parser.add_argument("--cuts", type=int, default=50)
    asked = parser.parse_args(arguments)
    began, good = time.monotonic(), True
    with suppress(AttributeError):
        print(f"{len(os.sched_getaffinity(0))} cores, {PEOPLE} people", flush=True)
    parts = [
        ("SQLite", sqlite, asked.kills, SQLITE_BACK),
        ("PostgreSQL", postgres, asked.postgres_kills, POSTGRES_BACK),
    ]
    whole = asked.kills + asked.postgres_kills
    saves = 0
    for name, part, kills, at_most in parts:
        if not kills:
            continue
        found = part(kills, max(kills, asked.saves * kills // whole))
        saves += found.confirmed
        late = sum(pause > at_most for pause in found.pauses)
        print(f"{name}: {found.confirmed} confirmed, {found.cut_short} cut short, ", end="")
        print(f"{found.refused} refused (503), {len(found.wrong)} wrong; ", end="")
        print(f"{late} of {kills} times later than {at_most:g} s", flush=True)
        print(*found.wrong[:20], sep="\n", end="\n" if found.wrong else "")
        good = good and not found.wrong and not late
    if whole:
        print(f"{saves} confirmed in all, {time.monotonic() - began:.0f} s", flush=True)
    if asked.cuts:
        good = durability.main([str(asked.cuts)]) == 0 and good
    return 0 if good and saves >= asked.saves * bool(whole) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
