"""bench/power.py: a disk that keeps only what was synced, acted out on a database of its own."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from bench.power import Call, calls, calls_of, files_after_a_cut, strace

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing")
# Each commit is told with its time, as a site confirms a save.
WRITER = """
import sqlite3, sys, time
with sqlite3.connect(sys.argv[1], isolation_level=None) as database:
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=" + sys.argv[2])
    database.execute("PRAGMA wal_autocheckpoint=10")
    for number in range(1, 31):
        database.execute("INSERT INTO one VALUES (?, ?)", (number, "x" * 3000))
        print(number, time.time())
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE one (number, text)")
        database.commit()
    return path


def cuts_with_loss(path, synchronous):
    before, trace = {str(path): path.read_bytes()}, path.with_name("trace")
    writer = [sys.executable, "-S", "-c", WRITER, str(path), synchronous]
    told = subprocess.run(
        [*strace(path, trace), *writer], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    history, chance, lost = calls(trace), random.Random(4), 0
    for count, line in enumerate(told):
        number, when = line.split()
        files = files_after_a_cut(before, history, float(when), chance if count % 2 else None)
        lost += rows_in(path.parent / "after", files) < int(number)
    return lost


def rows_in(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name.rpartition("/")[2]).write_bytes(content)
    with closing(sqlite3.connect(folder / "site.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return database.execute("SELECT count(*) FROM one").fetchone()[0]


@needs_strace
def test_what_was_synced_before_it_was_told_survives_every_cut(path):
    assert cuts_with_loss(path, "FULL") == 0


@needs_strace
def test_what_was_not_is_lost(path):
    assert cuts_with_loss(path, "NORMAL") > 10


def test_a_write_counts_from_the_sync_after_it():
    history = [
        Call(1, 2, "pwrite64", "/f", 0, b"abcd"),
        Call(3, 4, "fdatasync", "/f"),
        Call(5, 6, "pwrite64", "/f", 6, b"x"),
        Call(7, 8, "ftruncate", "/f", 2),
        Call(9, 10, "fsync", "/f"),
        Call(11, 12, "unlink", "/f"),
    ]
    after = [files_after_a_cut({}, history, cut, None) for cut in (2.5, 3.5, 6.5, 10.5, 12.5)]
    assert after == [{}, {}, {"/f": b"abcd"}, {"/f": b"ab"}, {}]


def test_a_call_that_failed_is_none():
    line = r'1.5 pwrite64(3</f>, "\x61", 1, 7) = %s <0.001>'
    assert list(calls_of([line % 1])) == [Call(1.5, 1.501, "pwrite64", "/f", 7, b"a")]
    assert list(calls_of([line % "-1 ENOSPC (No space left on device)"])) == []
