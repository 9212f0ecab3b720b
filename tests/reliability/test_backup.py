"""Backups made while people save, each restored elsewhere and looked through."""

import shutil
import sqlite3
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from tests.reliability.conftest import make_people
from tests.reliability.crashing import Found, confirmed, look, wait_for
from tests.reliability.saving import all_at_work, all_home
from tests.sites import Server, empty_site

COPIES = 3
SAVES = 30  # between two copies
PLAIN_COPIES = 30  # until one of them must have missed something


@dataclass
class Told:
    """What one person was told before a copy was begun, and had tried when it was done."""

    key: str
    said: dict[str, int]
    tried: dict[str, int]


def copied(busy, copy):
    """Runs `copy` while they go on: what must be in it, and how many saves came meanwhile."""
    wait_for(busy, confirmed(busy) + SAVES)
    before, saved = [Told(one.key, dict(one.said), {}) for one in busy], confirmed(busy)
    copy()
    for one, now in zip(before, busy, strict=True):
        one.tried = dict(now.tried)
    return before, confirmed(busy) - saved


def missing(site, told):
    found = Found()
    look(found, site, told)
    return found.wrong


@pytest.fixture(scope="module")
def server(own_site):
    with Server(own_site) as server:
        yield server


@pytest.fixture(scope="module")
def crowd(own_site, server):
    busy = all_at_work(server.port, make_people(own_site))
    yield busy
    all_home(busy)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("elsewhere")) as site:
        yield site


def test_what_was_confirmed_before_is_in_each_copy(own_site, crowd, elsewhere):
    meanwhile = 0
    for number in range(COPIES):
        file = own_site.folder / f"copy-{number}"
        expected, went_on = copied(crowd, partial(own_site.must, "backup", str(file)))
        elsewhere.must("restore", str(file), "--yes")
        assert missing(elsewhere, expected) == []
        meanwhile += went_on
    assert meanwhile
    assert not any(one.refused or one.cut_short for one in crowd)


def test_a_copy_that_is_older_is_found(own_site, crowd, elsewhere):
    """The control: what was saved after a copy is not in it, and the same look says so."""
    file = own_site.folder / "copy-of-before"
    own_site.must("backup", str(file))
    expected, _went_on = copied(crowd, lambda: None)
    elsewhere.must("restore", str(file), "--yes")
    assert any("confirmed" in one for one in missing(elsewhere, expected))


def test_a_plain_copy_of_the_file_is_found(own_site, crowd):
    """The control: what lies in SQLite's log is not in its file."""
    if not own_site.database.startswith("sqlite"):
        pytest.skip("PostgreSQL has no file that anybody would copy")
    plain = own_site.folder / "plain.sqlite3"
    source = own_site.database.removeprefix("sqlite:///")
    for _copy in range(PLAIN_COPIES):
        expected, _went_on = copied(crowd, partial(shutil.copy, source, plain))
        try:
            wrong = missing(replace(own_site, database=f"sqlite:///{plain}"), expected)
        except sqlite3.DatabaseError as damaged:
            wrong = [str(damaged)]
        for file in (plain, Path(f"{plain}-wal"), Path(f"{plain}-shm")):
            file.unlink(missing_ok=True)
        if wrong:
            return
    raise AssertionError(f"{PLAIN_COPIES} plain copies, and nothing is missing in any of them")
