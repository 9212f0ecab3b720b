import os
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest

from tests.reliability.conftest import SKILLS
from tests.reliability.crashing import confirmed, wait_for
from tests.reliability.saving import all_at_work, all_home, nobody_was_refused, save
from tests.sites import Server
from tests.visitors import Visitor

RELOADS = int(os.environ.get("RELOADS", "3"))
KILLS = 5  # until somebody must have been in the middle of a save


def test_it_works(people, server):
    (session, key), *_ = people
    visitor = Visitor(server.port, {"session": session})
    assert save(visitor, key, SKILLS[0], "number 1").status == 302
    assert "number 1" in visitor.get(f"/assessments/{key}/skills/{SKILLS[0]}/").body


def test_reloading_the_code_refuses_nobody(people, server):
    busy = all_at_work(server.port, people)
    for _ in range(RELOADS):
        time.sleep(1)
        server.reload()
    time.sleep(2)
    all_home(busy)
    nobody_was_refused(busy, server)
    assert sum(one.confirmed for one in busy) > RELOADS


def test_a_restart_that_does_not_wait_is_found(people, server):
    """The control: killed instead of asked to reload, it leaves some without a reply."""
    busy = all_at_work(server.port, people)
    for _try in range(KILLS):
        wait_for(busy, confirmed(busy) + len(busy))
        server.kill()
        server.start()
        if any(one.cut_short or one.refused for one in busy):
            break
    all_home(busy)
    assert any(one.cut_short or one.refused for one in busy)


def test_a_person_is_served_by_another_process_each_time(site, people):
    """Nothing that matters is in the memory of one."""
    (session, key), *_ = people
    with Server(site, workers=1) as one, Server(site, workers=1) as two, Server(site) as three:
        cookies = {"session": session}
        for number, skill in enumerate(SKILLS):
            visitors = [Visitor(server.port, cookies) for server in (one, two, three)]
            address = f"/assessments/{key}/skills/{skill}/"
            page = visitors[number % 3].get(address)
            fields = page.hidden | {"level": "3", "example": f"number {number}"}
            saved = visitors[(number + 1) % 3].post(address, fields | {"press": "later"})
            assert saved.status == 302
            assert f"number {number}" in visitors[(number + 2) % 3].get(address).body


@contextmanager
def taken(database):
    """Somebody else holds the whole database."""
    if database.startswith("sqlite"):
        with sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    with psycopg.connect(database) as other:
        other.execute("LOCK TABLE assessments_assessment IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@pytest.fixture
def impatient(site):
    hurried = replace(site, more={"DJANGO_SETTINGS_MODULE": "tests.reliability.impatient"})
    with Server(hurried) as server:
        yield server


def test_a_database_that_is_taken_is_a_pause(site, people, impatient):
    server = impatient
    (session, key), *_ = people
    visitor = Visitor(server.port, {"session": session})
    address = f"/assessments/{key}/skills/{SKILLS[0]}/"
    page = visitor.get(address)
    fields = page.hidden | {"level": "2", "example": "what I typed & kept", "press": "later"}
    with taken(site.database):
        answer = visitor.post(address, fields)
    assert answer.status == 503
    assert "Retry-After" in answer.headers
    assert "what I typed &amp; kept" in answer.body
    again = visitor.post(address, answer.hidden | {"example": "what I typed & kept"})
    assert again.status == 302
