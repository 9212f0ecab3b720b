"""Every process of the site killed while people save: what was confirmed is there.

CRASHES sets how often; `make soak` does it many times more than `make test`.
"""

import json
import os
import random
import sqlite3
import time

from tests.reliability.saving import all_at_work, all_home

CRASHES = int(os.environ.get("CRASHES", "4"))
STORED = """
import json
from assessments.models import Answer, Assessment
print(json.dumps([
    [answer.assessment.key, answer.skill, answer.example, answer.revision,
     answer.assessment.revision]
    for answer in Answer.objects.select_related("assessment")
]))
"""


def stored(site):
    rows = json.loads(site.python(STORED).splitlines()[-1])
    assert all(revision <= last for *_, revision, last in rows), "an answer without its count"
    return {(key, skill): int(example.split()[1]) for key, skill, example, *_ in rows}


def test_what_was_confirmed_is_there(site, people, server):
    chance, slowest = random.Random(1), 0.0
    busy = all_at_work(server.port, people)
    for _ in range(CRASHES):
        time.sleep(chance.uniform(0.3, 1.5))
        server.kill()
        began = time.monotonic()
        server.start()
        slowest = max(slowest, time.monotonic() - began)
    time.sleep(0.5)
    all_home(busy)
    now = stored(site)
    confirmed = sum(one.confirmed for one in busy)
    lost = [
        (one.key, skill, number, now.get((one.key, skill)))
        for one in busy
        for skill, number in one.said.items()
        if not number <= now.get((one.key, skill), 0) <= one.tried[skill]
    ]
    print(f"{CRASHES} crashes, {confirmed} confirmed, {len(lost)} lost, up again {slowest:.1f} s")  # noqa: T201
    assert lost == []
    assert confirmed >= 10 * CRASHES
    assert {status for one in busy for status in one.refused} <= {503}
    if site.database.startswith("sqlite"):
        with sqlite3.connect(site.database.removeprefix("sqlite:///")) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
