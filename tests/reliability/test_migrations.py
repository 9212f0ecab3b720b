"""Migrations with people's data in the tables: back, forward, and while people save.

MIGRATED_ANSWERS=100000 adds as many answers, and goes back to each migration in turn.
"""

import json
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import replace

import psycopg
import pytest

from tests.reliability import migrating
from tests.reliability.crashing import confirmed, wait_for
from tests.reliability.saving import all_at_work, all_home, nobody_was_refused
from tests.sites import empty_site

ANSWERS = int(os.environ.get("MIGRATED_ANSWERS", "0"))
# A migration that cannot be undone, and the reason why. Nothing so far.
REASONS: dict[str, str] = {}
WALK = f"from tests.reliability.migrating import walks\nwalks({ANSWERS > 0}, {ANSWERS})"
# What docs/operating.md allows a release to do while the one before goes on serving.
ALLOWED = [
    "CREATE TABLE later (id bigint PRIMARY KEY, assessment_id bigint NOT NULL"
    " REFERENCES assessments_assessment (id))",
    "ALTER TABLE assessments_assessment ADD COLUMN later_note varchar(100) NULL",
    "ALTER TABLE assessments_answer ADD COLUMN later_count integer NOT NULL DEFAULT 0",
    "CREATE INDEX {concurrently} later_index ON assessments_answer (last_done)",
]
UNDO = [
    "DROP INDEX {concurrently} later_index",
    "ALTER TABLE assessments_answer DROP COLUMN later_count",
    "ALTER TABLE assessments_assessment DROP COLUMN later_note",
    "DROP TABLE later",
]
ROUNDS = 3
WALKS = 2
NAMES = """
from assessments.models import PublishedName
print(sorted(PublishedName.objects.values_list("version", "slug")))
"""
WARM = 300  # saves, by eight threads


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("migrations")) as site:
        there = replace(site, more={"DJANGO_SETTINGS_MODULE": "tests.settings"})
        yield json.loads(there.python(WALK).splitlines()[-1])


def test_back_and_forward_leave_everything_as_it_was(walked):
    assert walked["wrong"] == {}
    assert walked["broken"] == []
    assert walked["answers"] > ANSWERS


def test_what_has_no_way_back_has_a_reason():
    assert set(migrating.without_a_way_back()) == set(REASONS)


# --- While people save --------------------------------------------------------------------------


def execute(database, statement):
    """As `migrate` with a lock_timeout: it gives way rather than make everybody wait behind it."""
    if database.startswith("sqlite"):
        path = database.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
            connection.execute(statement.format(concurrently=""))
        return
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("SET lock_timeout = '2s'")
        connection.execute(statement.format(concurrently="CONCURRENTLY"))


def until_it_goes(database, statement):
    for _try in range(30):
        try:
            return execute(database, statement)
        except psycopg.errors.LockNotAvailable:
            time.sleep(0.2)
    raise AssertionError(f"No way in: {statement}")


def until_all_is_prepared(busy):
    """PostgreSQL plans a statement once for each connection, after it was asked five times."""
    began = time.monotonic()
    while sum(one.confirmed for one in busy) < WARM and time.monotonic() - began < 60:
        time.sleep(0.1)


def test_allowed_changes_of_tables_refuse_nobody(site, people, server):
    busy = all_at_work(server.port, people)
    try:
        until_all_is_prepared(busy)
        for _round in range(ROUNDS):
            for statement in [*ALLOWED, *UNDO]:
                until_it_goes(site.database, statement)
    finally:
        all_home(busy)
    nobody_was_refused(busy, server)
    assert sum(one.confirmed for one in busy) > ROUNDS


def migrated(site, name):
    """As docs/operating.md says: on PostgreSQL it gives way, and is repeated."""
    there = site
    if not site.database.startswith("sqlite"):
        mark = "&" if "?" in site.database else "?"
        there = replace(site, database=f"{site.database}{mark}options=-c%20lock_timeout%3D2s")
    for _try in range(30):
        done = there.run("migrate", "-v0", "assessments", name)
        if done.returncode == 0:
            return
        assert "LockNotAvailable" in done.stderr, done.stderr
    raise AssertionError(f"No way in: {done.stderr}")


def test_our_own_newest_migration_refuses_nobody(site, people, server):
    """A table that points at an old one, rows in it, an index. People's pages need none of them."""
    before, newest = migrating.names()[-2:]
    names = site.python(NAMES)
    busy = all_at_work(server.port, people)
    try:
        until_all_is_prepared(busy)
        for _round in range(WALKS):
            for name in (before, newest):
                migrated(site, name)
                wait_for(busy, confirmed(busy) + 1)
    finally:
        all_home(busy)
    nobody_was_refused(busy, server)
    assert site.python(NAMES) == names != "[]"


def test_a_change_that_is_not_allowed_would_be_seen(site, people, server):
    """The control: with it, the server that still runs does not find a column."""
    busy = all_at_work(server.port, people)
    renamed = "ALTER TABLE assessments_answer RENAME COLUMN {} TO {}"
    until_it_goes(site.database, renamed.format("example", "was_example"))
    try:
        began = time.monotonic()
        while not any(one.refused for one in busy) and time.monotonic() - began < 60:
            time.sleep(0.1)
    finally:
        until_it_goes(site.database, renamed.format("was_example", "example"))
        all_home(busy)
    assert {status for one in busy for status in one.refused} & {500, 503}


def test_preparing_the_site_again_refuses_nobody(site, people, server):
    """What a release runs beside the one that still serves."""
    busy = all_at_work(server.port, people)
    try:
        site.must("prepare_site")
    finally:
        all_home(busy)
    nobody_was_refused(busy, server)
    assert sum(one.confirmed for one in busy) > 0
