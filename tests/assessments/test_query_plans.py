"""No page and no nightly job goes through everybody's rows: every statement is explained.

SQLite knows nothing of how many rows there are, so that its plans are those of large tables;
PostgreSQL is told that there are millions.
"""

import json
import re
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from assessments import rendered
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
from tests.access.world import World, routes
from tests.conftest import PASSWORD
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
    if is_postgres():
        with connection.cursor() as cursor:
            pretend_millions(cursor)
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


def pretend_millions(cursor):
    """In proportion to what there is."""
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


OF_THOSE_WHO_ASKED = {"assessments_reminders", "assessments_plan"}
# Nightly they are gone through once, the oldest first, a part at a time.
BY_AGE = {"assessments_guest", "assessments_outgoingmail", "assessments_subscriber"}


@pytest.mark.parametrize(
    ("command", "allowed"),
    [("purge_expired", BY_AGE), ("send_mail", set()), ("send_reminders", OF_THOSE_WHO_ASKED)],
)
def test_no_job_goes_through_all_answers_or_reports(world, command, allowed):
    with scans() as found:
        call_command(command)
    assert not {one for one in found if one[0] not in allowed}
