"""Work left to `manage.py db_worker`, where TASKS_BACKEND is database."""

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.sites import Site, empty_site

TASKS = 12
WORKER = ("db_worker", "--batch", "--no-startup-delay", "--interval", "0.01")
QUEUE = """
from django_tasks_db.models import DBTaskResult
from assessments.actions.mail import queue
from assessments.models import OutgoingMail
DBTaskResult.objects.all().delete()
OutgoingMail.objects.all().delete()
for number in range(%d):
    queue(key=f"worker:{number}", recipient=f"{number}@example.org", subject="One", text="Two")
"""
STATES = """
import json
from django_tasks_db.models import DBTaskResult
from assessments.models import OutgoingMail
rows = [DBTaskResult.objects.values_list("status"), OutgoingMail.objects.values_list("state")]
print(json.dumps([sorted(state for (state,) in several) for several in rows]))
"""
# Both look before either takes what it has seen.
WITHOUT_LOCK = """
import logging
from contextlib import nullcontext
from threading import Barrier, Thread
from django.db import connection
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResultQuerySet
both = Barrier(2, timeout=60)
def look(tasks):
    found = tasks.first()
    if found:
        both.wait()
    return found
def work(name):
    db_worker.Worker(
        queue_names=["default"], excluded_queue_names=[], backend_name="default", interval=0,
        batch=True, startup_delay=False, max_tasks=None, worker_id=name,
    ).run()
    connection.close()
DBTaskResultQuerySet.get_locked = look
db_worker.exclusive_transaction = nullcontext
logging.getLogger("django_tasks").setLevel("INFO")
workers = [Thread(target=work, args=[name]) for name in ("one", "two")]
for one in workers:
    one.start()
for one in workers:
    one.join()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("worker")) as site:
        site.more = {"TASKS_BACKEND": "database", "EMAIL_URL": f"filemail:///{site.folder}/mail"}
        site.must("migrate", "-v0")
        yield site


@pytest.fixture
def left(site: Site):
    """Leaves so many mails to a worker, and no other work."""

    def leave(number):
        for mail in site.folder.glob("mail/*"):
            mail.unlink()
        site.python(QUEUE % number)

    return leave


def states(site):
    return [Counter(one) for one in json.loads(site.python(STATES))]


def runs(*workers):
    """How often each task was begun."""
    assert all(one.returncode == 0 for one in workers), [one.stderr for one in workers]
    begun = r"Task id=(\S+) path=\S+ state=RUNNING"
    return Counter(task for one in workers for task in re.findall(begun, one.stderr))


def mails(site):
    found = [one.read_text(encoding="utf-8") for one in site.folder.glob("mail/*")]
    return Counter(to for text in found for to in re.findall(r"^To: (\S+)", text, re.MULTILINE))


def test_nothing_leaves_before_the_worker(site, left):
    left(3)
    assert states(site) == [{"READY": 3}, {"waiting": 3}]
    assert not mails(site)


def test_the_worker_does_it_once(site, left):
    left(3)
    assert set(runs(site.run(*WORKER), site.run(*WORKER)).values()) == {1}
    assert states(site) == [{"SUCCESSFUL": 3}, {"sent": 3}]
    assert mails(site) == dict.fromkeys([f"{number}@example.org" for number in range(3)], 1)


def test_two_workers_at_once_do_it_once(site, left):
    left(TASKS)
    with ThreadPoolExecutor() as pool:
        workers = list(pool.map(lambda _one: site.run(*WORKER), range(2)))
    begun = runs(*workers)
    assert (len(begun), set(begun.values())) == (TASKS, {1})
    assert states(site) == [{"SUCCESSFUL": TASKS}, {"sent": TASKS}]


def test_two_that_take_the_same_work_would_be_found(site, left):
    left(1)
    assert list(runs(site.run("shell", "--no-imports", "-c", WITHOUT_LOCK)).values()) == [2]


def test_what_was_done_is_forgotten(site, left):
    left(1)
    site.must(*WORKER)
    site.must("prune_db_task_results", "--min-age-days", "0")
    assert states(site)[0] == {}
