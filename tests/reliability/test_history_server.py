"""People in two tabs each, against the real server while it is killed and reloaded.

HISTORY_SECONDS and HISTORY_PEOPLE make it longer and more; `make soak` takes ten minutes and 20
tabs. The planted faults of history_faults.py are in the same server, so that one start is enough.
"""

import os
import time
from dataclasses import replace

import pytest

from tests.reliability.history_clients import at_work, checked, make_people, odd_statuses
from tests.sites import Server, empty_site

SECONDS = float(os.environ.get("HISTORY_SECONDS", "3"))
PEOPLE = int(os.environ.get("HISTORY_PEOPLE", "4"))
BETWEEN = 8  # seconds from one kill or reload to the next, where there is time for several
ROUNDS = 30
SIGNS = {
    "no lock": "reordered: ",
    "no revision check": "lost: ",
    "acknowledged before commit": "stale: ",
    "dropped write": "lost: ",
    "stale read": "stale: ",
    "double submit": "double submit: ",
}
TRIGGERS = """
from django.db import connection
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name, in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute("ALTER TABLE assessments_assessment DISABLE TRIGGER USER")
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("history")) as site:
        site.must("prepare_site")
        yield replace(site, more={"DJANGO_SETTINGS_MODULE": "tests.reliability.history_settings"})


@pytest.fixture(scope="module")
def server(site):
    with Server(site) as server:
        yield server


def disturb(server, tabs, seconds):
    """Reloads and kills in turn, for so long."""
    began, number = time.monotonic(), 0
    while (left := seconds - (time.monotonic() - began)) > 0:
        time.sleep(min(left, BETWEEN, SECONDS / 3))
        number += 1
        if number % 2:
            server.kill()
            server.start()
        else:
            server.reload()
    return number


def test_what_was_said_is_so(site, server):
    with at_work(server, make_people(site, PEOPLE, "right")) as tabs:
        disturbed = disturb(server, tabs, SECONDS)
    found = checked(tabs)
    operations = sum(len(tab.log) for tab in tabs)
    outcomes = [one.outcome for tab in tabs for one in tab.log]
    print(  # noqa: T201  for -s
        f"{len(tabs)} tabs, {SECONDS:.0f} s, {disturbed} kills and reloads: {operations} "
        f"operations, {outcomes.count('unknown')} unknown, "
        f"{sum(len(tab.sent) for tab in tabs)} sent, {len(found)} violations"
    )
    assert found == []
    assert odd_statuses(tabs) == set()
    assert operations > 20 * SECONDS


@pytest.mark.parametrize("fault", SIGNS)
def test_a_planted_fault_is_found(site, server, fault):
    if is_double := fault == "double submit":
        site.python(TRIGGERS)  # they would refuse it
    people = make_people(site, 2, fault.replace(" ", "-"))
    for _round in range(ROUNDS):
        with at_work(server, people, {"X-Fault": fault}, sends=0.3 * is_double) as tabs:
            time.sleep(0.7)
        if any(SIGNS[fault] in one for one in checked(tabs)):
            return
    raise AssertionError(f"{fault} was not found")
