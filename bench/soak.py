"""People at work for long, most of the time beside somebody who reads for long: what grows?

python -m bench.soak [minutes] [seconds that each thinks before a press] [seconds between readers]

Memory of the server's processes, and SQLite's write-ahead log: it cannot begin anew while a
reader still looks at an old state, here for a minute at a time. So it holds what is written in
such a minute, if there are moments between the readers, and all that was ever written if there are
none (`bench.soak 30 0 0`). Everything that people were told is checked by
tests/reliability/history.py at the end. SQLite only.
"""

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    django.setup()

import psutil

from tests.reliability.history_clients import at_work, checked, make_people
from tests.sites import Server, empty_site

PEOPLE = 10  # in two tabs each
READS_FOR, BETWEEN, THINKS = 60, 5, 1  # seconds
MOST_GROWTH, MOST_WAL = 0.05, 64 * 1024 * 1024


@dataclass
class Figures:
    """Bytes; memory is that of all processes, after the first fifth of the time and at the end."""

    operations: int = 0
    errors: int = 0
    violations: int = 0
    memory_first: int = 0
    memory_last: int = 0
    wal_most: int = 0
    wal_last: int = 0

    @property
    def growth(self) -> float:
        return self.memory_last / self.memory_first - 1


@contextmanager
def reading(path: str) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM assessments_answer").fetchone()
        yield


def memory(server: Server) -> int:
    assert server.process  # noqa: S101
    first = psutil.Process(server.process.pid)
    everybody = [first, *first.children(recursive=True)]
    return sum(process.memory_full_info().uss for process in everybody)


def soak(seconds: float, thinks: float = THINKS, between: float = BETWEEN) -> Figures:
    figures = Figures()
    with tempfile.TemporaryDirectory() as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        path = site.database.removeprefix("sqlite:///")
        wal = Path(f"{path}-wal")
        with Server(site) as server:
            began = time.monotonic()
            with at_work(server, make_people(site, PEOPLE), thinks=thinks) as tabs:
                while (passed := time.monotonic() - began) < seconds:
                    with reading(path):
                        time.sleep(min(READS_FOR, seconds / 10))
                        figures.wal_most = max(figures.wal_most, wal.stat().st_size)
                    time.sleep(min(between, seconds / 20))
                    if not figures.memory_first and passed > seconds / 5:
                        figures.memory_first = memory(server)
                time.sleep(1)
                figures.wal_last = wal.stat().st_size
                figures.wal_most = max(figures.wal_most, figures.wal_last)
                figures.memory_last = memory(server)
            figures.memory_first = figures.memory_first or figures.memory_last
    figures.operations = sum(len(tab.log) for tab in tabs)
    figures.errors = sum(n for tab in tabs for code, n in tab.statuses.items() if code >= 500)
    figures.violations = len(checked(tabs))
    return figures


def main(minutes: float = 30, thinks: float = THINKS, between: float = BETWEEN) -> int:
    found = soak(minutes * 60, thinks, between)
    print(f"{minutes:g} minutes, {found.operations} operations, {found.errors} errors")
    print(f"broken promises      {found.violations}")
    print(f"growth of memory     {found.growth:.1%} (at most {MOST_GROWTH:.0%})")
    print(
        f"write-ahead log      {found.wal_most / 2**20:.1f} MB at most (64), "
        f"{READS_FOR} s a reader, {between:g} s between them"
    )
    print(f"afterwards           {found.wal_last / 2**20:.1f} MB")
    good = found.growth <= MOST_GROWTH and found.wal_most <= MOST_WAL
    return 0 if good and not found.errors and not found.violations else 1


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:])))
