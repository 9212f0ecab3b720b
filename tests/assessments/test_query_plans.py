"""No page and no nightly job goes through everybody's rows: every statement is explained.

SQLite knows nothing of how many rows there are, so that its plans are those of large tables;
PostgreSQL is told that there are millions.
"""

import json
import re
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from assessments import rendered
from assessments.domain.links import of_status
from assessments.fetching import Fetcher
from assessments.models import (
    Answer,
    Assessment,
    Delivery,
    Guest,
    NewsletterIssue,
    OutgoingMail,
    Plan,
    PlanItem,
    QualificationAnswer,
    Reminders,
    ShareLink,
    Subscriber,
    User,
)
from careerpath.settings import BASE_DIR
from tests.access.world import World, routes
from tests.assessments.admin.world import addresses, filled, make_world
from tests.conftest import PASSWORD
from tests.mailing import subscribers, waiting
from tests.visitors import Answer as Answered

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
PER_PERSON = {
    one._meta.db_table
    for one in (
        *(Answer, Assessment, Authenticator, Delivery, EmailAddress, Guest, OutgoingMail, Plan),
        *(PlanItem, QualificationAnswer, Reminders, Session, ShareLink, Subscriber, User),
        UserSession,
    )
}
NAMED_AS = re.compile(r'"(\w+)" (?:AS )?"?([A-Z]+\d+)"?\b')
OF_WHAT_WAITS = "outgoing_mail_waiting"  # holds no other mail
EXPLAINED = ("SELECT", "UPDATE", "DELETE", "INSERT", "WITH")


@contextmanager
def scans():
    """Pairs of a table of people's rows and the statement that goes through all of it."""
    found = set()

    def explain(execute, sql, params, many, context):
        if sql.lstrip("( ").startswith(EXPLAINED) and not many:
            found.update((table, sql) for table in scanned(sql, params) if table in PER_PERSON)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        yield found


def scanned(sql, params):
    with connection.connection.cursor() if is_postgres() else sqlite_cursor() as cursor:
        if is_postgres():
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
            (plans,) = cursor.fetchone()
            return set(nodes(plans if isinstance(plans, list) else json.loads(plans)))
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        names = {short: table for table, short in NAMED_AS.findall(sql)}
        parts = [row[3].split() for row in cursor.fetchall()]
    return {names.get(part[1], part[1]) for part in parts if part[0] == "SCAN"}


@contextmanager
def sqlite_cursor():
    """Django's own, which knows its placeholders, without its wrappers: they are what called."""
    yield connection.create_cursor()


def nodes(plan):
    if isinstance(plan, list):
        for one in plan:
            yield from nodes(one)
        return
    for value in plan.values():
        if isinstance(value, list | dict):
            yield from nodes([one for one in as_list(value) if isinstance(one, dict)])
    kind = plan.get("Node Type", "")
    is_bounded = "Index Cond" in plan or plan.get("Index Name") == OF_WHAT_WAITS
    if kind.endswith("Scan") and kind != "Bitmap Heap Scan" and not is_bounded:
        yield plan.get("Relation Name", "")


def as_list(value):
    return value if isinstance(value, list) else [value]


def is_postgres():
    return connection.vendor == "postgresql"


@pytest.fixture
def world():
    found = World()
    boss = found.things["superuser"].user
    issue = NewsletterIssue.objects.create(subject="Earlier", body="News.", created_by=boss)
    OutgoingMail.objects.update(state="sent", settled_at=timezone.now())
    deliveries = (Delivery(issue=issue, subscriber=one) for one in Subscriber.objects.all())
    Delivery.objects.bulk_create(deliveries)
    pretend_millions()
    return found


@pytest.fixture
def editing():
    found = make_world()
    pretend_millions()
    return found


# There is one guest here: of many, not the only one; and whoever is a tenth of all would not be.
OF_MANY = """
    UPDATE pg_statistic
    SET stakind1 = CASE stakind1 WHEN 1 THEN 0 ELSE stakind1 END,
        stadistinct = CASE WHEN stadistinct > 0 AND attname LIKE '%%\\_id'
            THEN -stadistinct / reltuples ELSE stadistinct END
    FROM pg_class, pg_attribute
    WHERE relname = ANY(%s) AND starelid = pg_class.oid AND attrelid = starelid
        AND attnum = staattnum
"""
MILLIONS = """
    UPDATE pg_class SET reltuples = reltuples * 100000 / relpages, relpages = 1
    WHERE relname = ANY(%s) AND relpages > 0
"""


def pretend_millions():
    """In proportion to what there is."""
    if not is_postgres():
        return
    with connection.cursor() as cursor:
        for table in sorted(PER_PERSON):
            cursor.execute(f'ANALYZE "{table}"')
        for statement in (OF_MANY, MILLIONS):
            cursor.execute(statement, [list(PER_PERSON)])


def test_a_scan_is_found(world):
    with scans() as found:
        list(Answer.objects.filter(level=1))
        list(Assessment.objects.filter(answers__skill="python", answers__level=1))
        list(User.objects.filter(is_active=True).order_by("pk"))
    # PostgreSQL may go through the assessments as well, since it goes through the answers anyway.
    assert {table for table, _sql in found} >= {Answer._meta.db_table, User._meta.db_table}


@pytest.mark.parametrize("who", ["owner", "guest", "holder"])
def test_no_page_goes_through_everybodys_rows(world, who):
    all_found = {}
    for name, pattern in routes():
        address = world.address(pattern, name, who, "own")
        rendered.forget_all()
        with scans() as found:
            world.visitor(who).look(address)
        all_found |= {name: found} if found else {}
    assert not all_found


PRESSES = {  # where, and what is filled in beside what the page's form holds already
    "assessment_start": {},
    "question": {"level": "2", "last_done": "this-year", "example": "Words", "press": "continue"},
    "qualifications": {"degree": "master", "field": "physics"},
    "review": {},
    "guest_forget": {},
    "plan": {"hours_a_week": "9", "starts_on": "2027-03-02", "budget": "any"},
    "plan_add": {"gaps": "sql"},
    "plan_item": {"press": "save", "status": "done", "hours": "", "due_on": "", "notes": "Words"},
    "plan_rate": {},
    "report_share": {"make": "link", "scope": "gaps", "days": "7"},
    "reminders": {"plan_dates": "on"},
    "newsletter": {"email": "new@example.org"},
    "newsletter_unsubscribe": {},
    "reminders_off": {},
    "my_data_delete": {"password": PASSWORD},
    "account_login": {"login": "owner@example.org", "password": PASSWORD},
    "account_signup": {"email": "new@example.org", "password1": PASSWORD},
    "account_logout": {},
}


@pytest.mark.parametrize("who", ["owner", "guest", "anonymous"])
def test_no_press_goes_through_everybodys_rows(world, who, erasures):
    patterns = dict(routes())
    for name, fields in PRESSES.items():
        address = world.address(patterns[name], name, who, "own")
        page = Answered(200, {}, world.visitor(who).look(address).whole.decode())
        with scans() as found:
            response = world.visitor(who).ask(
                "POST", address, urlencode(page.hidden | fields), FORM
            )
        assert not found, (name, response.status_code)


ACCOUNTS, SUBSCRIBERS = {User._meta.db_table}, {Subscriber._meta.db_table}
# What these pages are for: to look through accounts or addresses, or say how many get an issue.
LOOKED_THROUGH = {
    "assessments_user_changelist": ACCOUNTS,
    "account_emailaddress_changelist": ACCOUNTS | {EmailAddress._meta.db_table},
    "assessments_newsletterissue_preview": SUBSCRIBERS,
    # Only what was not sent can be deleted, so there are none: an empty table is gone through.
    "assessments_newsletterissue_delete": {Delivery._meta.db_table},
}


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_no_page_of_the_editing_area_goes_through_everybodys_rows(editing, who, caplog):
    caplog.set_level("CRITICAL")  # to write down each refusal takes longer than the refusing
    client, all_found = editing.client(who), {}
    for name, pattern in addresses():
        address = filled(pattern, editing.arguments(name))
        for query in ("", "?q=canary") if name.endswith("changelist") else ("",):
            with scans() as found:
                b"".join(client.get(address + query))
            found = {one for one in found if one[0] not in LOOKED_THROUGH.get(name, ())}
            all_found |= {address + query: found} if found else {}
    assert not all_found


OF_THOSE_WHO_ASKED = {"assessments_reminders", "assessments_plan"}
# Nightly they are gone through once, the oldest first, a part at a time.
BY_AGE = {"assessments_guest", "assessments_outgoingmail", "assessments_subscriber"}
JOBS = {
    "send_mail": set(),
    "send_newsletter": SUBSCRIBERS,  # once for each issue
    "send_reminders": OF_THOSE_WHO_ASKED,
    "purge_expired": BY_AGE,
    "clearsessions": set(),
    "check_links": set(),
}
# Its one table is the worker's, and it goes through what that did in two weeks.
NOT_OURS = {"prune_db_task_results"}
SCHEDULED = re.compile(r"&& \.venv/bin/python manage\.py (\w+)$", re.MULTILINE)


def test_every_scheduled_job_is_explained():
    operating = (BASE_DIR / "docs" / "operating.md").read_text()
    assert set(SCHEDULED.findall(operating)) == JOBS.keys() | NOT_OURS


@pytest.mark.parametrize("command", JOBS)
def test_no_job_goes_through_all_answers_or_reports(world, command, settings, monkeypatch):
    settings.LINK_CHECKS = True
    monkeypatch.setattr(Fetcher, "look", lambda fetcher, url: of_status(404))
    subscribers(2)
    waiting()
    NewsletterIssue.objects.filter(subject="Earlier").update(sent_at=timezone.now())
    # When everything has had its time, and reports are to be come back to; but Django clears all
    # sessions that are over in one statement, and nightly these are few.
    later = timedelta(days=0 if command == "clearsessions" else 92)
    with time_machine.travel(timezone.now() + later), scans() as found:
        call_command(command)
    assert not {one for one in found if one[0] not in JOBS[command]}
