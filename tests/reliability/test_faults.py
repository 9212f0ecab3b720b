"""No room on the disk, a file that is read-only, a database that is held or gone: a pause."""

import os
import resource
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil  # comes with the wheel of PostgreSQL
import psycopg
import pytest

from tests.reliability.conftest import SKILLS
from tests.reliability.test_servers import taken
from tests.sites import Server
from tests.visitors import Visitor

TIMES = int(os.environ.get("FULL_DISKS", "5"))
THREADS = 6  # presses; more than the server has
TYPED = "number 2 & kept"  # as crashing.py reads it: the level that goes with 2 is 2
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")


# What a full disk makes PostgreSQL say. That of the tests cannot be filled for one of them.
FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON assessments_answer
    FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


@contextmanager
def no_room(server):
    """Whatever its processes write to a file fails, as on a full disk; no rights are needed."""
    if ON_POSTGRES:
        with psycopg.connect(server.site.database, autocommit=True) as database:
            database.execute(FULL)
            yield
            database.execute("DROP FUNCTION full_disk CASCADE")
        return
    first = psutil.Process(server.process.pid)
    everybody = [first, *first.children(recursive=True)]
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    for process in everybody:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, unlimited[1]))
    yield
    for process in everybody:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)


@pytest.fixture
def page(people, server):
    """The first question of somebody, its address, and their browser."""
    (session, key), *_ = people
    visitor = Visitor(server.port, {"session": session})
    address = f"/assessments/{key}/skills/{SKILLS[0]}/"
    return visitor.get(address), address, visitor


def fields(page, example):
    return page.hidden | {"level": "2", "example": example, "press": "later"}


def told_to_try_again(answer):
    return (
        answer.status == 503
        and answer.headers.get("Retry-After", "").isdecimal()
        and TYPED.replace("&", "&amp;") in answer.body
    )


def test_a_full_disk_is_a_pause(site, server, page):
    shown, address, visitor = page
    for number in range(TIMES):
        with no_room(server):
            refused = visitor.post(address, fields(shown, f"{TYPED} {number}"))
        assert told_to_try_again(refused)
        as_before = visitor.get(address)
        assert as_before.status == 200
        assert f"kept {number}" not in as_before.body
        assert as_before.hidden["revision"] == shown.hidden["revision"]
        sent_again = refused.hidden | {"example": f"{TYPED} {number}"}
        assert visitor.post(address, sent_again).status == 302
        shown = visitor.get(address)
        assert f"kept {number}" in shown.body
    if ON_POSTGRES:
        return
    with sqlite3.connect(site.database.removeprefix("sqlite:///")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_read_only_database_can_still_be_read(site, people, page):
    shown, address, visitor = page
    settings = {"DJANGO_SETTINGS_MODULE": "tests.reliability.read_only"}
    with Server(replace(site, more=settings), workers=1) as server:
        reader = Visitor(server.port, visitor.cookies)
        assert reader.get(address).status == 200
        refused = reader.post(address, fields(shown, TYPED))
    assert told_to_try_again(refused)
    assert visitor.post(address, refused.hidden | {"example": TYPED}).status == 302


def test_a_database_that_is_held_answers_soon(site, server, page):
    """With the settings as they are: the file's lock, or the table's, is not to be had."""
    shown, address, visitor = page
    with taken(site.database):
        began = time.monotonic()
        refused = visitor.post(address, fields(shown, TYPED))
        waited = time.monotonic() - began
    print(f"answered after {waited:.1f} s")  # noqa: T201  for -s
    assert told_to_try_again(refused)
    assert waited < 18, "as patient as a command"
    assert visitor.post(address, refused.hidden | {"example": TYPED}).status == 302
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@contextmanager
def away(database):
    """As if the disk were not there: the file and its log, and nothing in their place."""
    file = Path(database.removeprefix("sqlite:///"))
    files = list(file.parent.glob(f"{file.name}*"))
    elsewhere = file.parent / "away"
    elsewhere.mkdir()
    for one in files:
        one.rename(elsewhere / one.name)
    try:
        yield file
    finally:
        for one in files:
            (elsewhere / one.name).rename(one)
        elsewhere.rmdir()


@pytest.mark.skipif(ON_POSTGRES, reason="test_postgres_crash.py kills the server instead")
def test_a_file_that_is_away_is_found_again(site, people, page):
    """By a server that has not opened it: others go on with the file wherever it is."""
    shown, address, visitor = page
    with Server(site, workers=1) as server:
        reader = Visitor(server.port, visitor.cookies)
        with away(site.database) as file:
            refused = [reader.post(address, fields(shown, TYPED)) for _thread in range(THREADS)]
            assert not file.exists(), "an empty one was begun"
        assert all(told_to_try_again(one) for one in refused)
        again = refused[0].hidden | {"example": TYPED}
        assert reader.post(address, again).status == 302
        assert {reader.get(address).status for _thread in range(THREADS)} == {200}


@pytest.fixture(scope="module")
def unkind(site):
    """The control: a server that takes a pause for a fault of its own."""
    with Server(replace(site, more={"DJANGO_SETTINGS_MODULE": "tests.reliability.unkind"})) as one:
        yield one


def test_an_error_that_is_no_page_for_a_pause_is_found(unkind, page):
    shown, address, visitor = page
    person = Visitor(unkind.port, visitor.cookies)
    with no_room(unkind):
        refused = person.post(address, fields(shown, TYPED))
    assert refused.status == 500
    assert not told_to_try_again(refused)


@contextmanager
def writing(database):
    """Somebody else writes, for long."""
    if not ON_POSTGRES:
        with taken(database):
            yield
        return
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE assessments_assessment, assessments_answer IN EXCLUSIVE MODE")
        yield
        other.rollback()


def test_a_writer_that_stands_still_stops_no_reader(site, server, page):
    _shown, address, visitor = page
    with writing(site.database):
        assert visitor.get(address).status == 200
        assert visitor.get("/readyz").status == 200
