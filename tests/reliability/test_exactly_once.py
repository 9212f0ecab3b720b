"""Submit, take along, publish, send: pressed many times at once, again, and without an answer.

ROUNDS and PRESSES set how many; `make soak` does it many times more than `make test`.
"""

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field
from threading import Barrier
from urllib.parse import urlencode

import pytest

from tests.visitors import Answer, Visitor

ROUNDS = int(os.environ.get("ROUNDS", "2"))
PRESSES = int(os.environ.get("PRESSES", "30"))
PATIENCE = 60  # seconds until all threads are there
READERS = 3

MAKE = f"""
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from assessments.actions import assessment as assessing, guest as guests
from assessments.models import Guest, OutgoingMail, Subscriber, User
from tests.definitions import definition, requirement
from tests.factories import NewsletterIssueFactory, role_with
from tests.mailing import subscribers
from tests.published import answer, publish

def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key

User.objects.all().delete()
Guest.objects.all().delete()
Subscriber.objects.all().delete()
OutgoingMail.objects.all().delete()
subscribers({READERS})
version = publish(definition(requirement("python"), requirement("sql")))
editor = User(email="editor@example.org", is_staff=True, is_superuser=True)
editor.set_unusable_password()
editor.save()
made = {{"submit": [], "claim": [], "publish": [], "send": []}}
for number in range({ROUNDS}):
    person = User(email=f"person-{{number}}@example.org")
    person.set_unusable_password()
    person.save()
    mine = assessing.start(by=person, version=version)
    answer(mine, python=3, sql=1)
    made["submit"].append([session_of(person), mine.key, ""])
    taker = User(email=f"taker-{{number}}@example.org")
    taker.set_unusable_password()
    taker.save()
    begun = guests.begin(version=version)
    answer(begun.assessment, python=3)
    made["claim"].append([session_of(taker), begun.assessment.key, begun.token])
    made["publish"].append([session_of(editor), str(role_with().pk), ""])
    made["send"].append([session_of(editor), str(NewsletterIssueFactory().pk), ""])
print(json.dumps(made))
"""
# For each: what there is of it now. Of everything, one.
COUNT = """
import json
from django.contrib.admin.models import LogEntry
from assessments.models import Assessment, Delivery, Guest, OutgoingMail, RoleVersion
made = {made!r}
logged = lambda pk, model: LogEntry.objects.filter(object_id=pk, content_type__model=model).count()
print(json.dumps({{
    "submit": [
        [Assessment.objects.filter(member__assessments__key=key).count(),
         Assessment.objects.submitted().filter(key=key, met=1, targets=2).count()]
        for _session, key, _guest in made["submit"]
    ],
    "claim": [
        [Assessment.objects.filter(key=key, member__email__startswith="taker").count(),
         1 + Guest.objects.filter(assessments__key=key).count()]
        for _session, key, _guest in made["claim"]
    ],
    "publish": [
        [RoleVersion.objects.filter(role=pk).count(), logged(pk, "role")]
        for _session, pk, _guest in made["publish"]
    ],
    "send": [
        [Delivery.objects.filter(issue=pk).count() / {readers}, logged(pk, "newsletterissue")]
        for _session, pk, _guest in made["send"]
    ],
    "mails": OutgoingMail.objects.count(),
}}))
"""


@dataclass
class Press:
    """One button. `leads_to`: where everybody ends up; `told`: the answer to those who lost."""

    page: str
    address: str
    leads_to: str
    fields: dict[str, str] = field(default_factory=dict)
    told: int = 302


KINDS = {
    "submit": Press("/assessments/{}/review/", "/assessments/{}/review/", "/reports/"),
    "claim": Press("/assessments/claim/", "/assessments/claim/", "/assessments/"),
    "publish": Press(
        "/admin/assessments/role/{}/publish/",
        "/admin/assessments/role/{}/publish/",
        "/admin/assessments/role/",
        {"note": "Mine."},
        told=200,
    ),
    "send": Press(
        "/admin/assessments/newsletterissue/{}/preview/",
        "/admin/assessments/newsletterissue/{}/preview/",
        "/admin/assessments/newsletterissue/",
        {"send": "yes"},
    ),
}


def at_once(visitor, address, fields, number):
    together = Barrier(number)

    def press(_number):
        mine = deepcopy(visitor)
        together.wait(PATIENCE)
        return mine.post(address, fields)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(press, range(number)))


def cut_short(visitor, address, fields):
    """Sends the whole form and hangs up without waiting for the answer."""
    body = urlencode(fields).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    head = (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nCookie: {cookies}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", visitor.port), PATIENCE) as connection:
        connection.sendall(head.encode() + body)


def all_presses(port, press, session, name, guest, number):
    """The answers: a reply cut short and tried again, a double click, the storm, Back and again."""
    cookies = {"session": session} | ({"guest": guest} if guest else {})
    visitor = Visitor(port, cookies, timeout=PATIENCE)
    fields = visitor.get(press.page.format(name)).hidden | press.fields
    address = press.address.format(name)
    before = deepcopy(visitor)
    if number % 2:
        cut_short(visitor, address, fields)
    answers = at_once(before, address, fields, 2)
    answers += at_once(before, address, fields, PRESSES)
    before.get(press.page.format(name))
    return [*answers, before.post(address, fields)]


@dataclass
class Pressed:
    """All answers of each round, and what is in the database afterwards."""

    answers: dict[str, list[list[Answer]]]
    reports: list[str]
    found: dict[str, list]


@pytest.fixture(scope="module")
def pressed(site, server):
    made = json.loads(site.python(MAKE).splitlines()[-1])
    answers = {
        kind: [
            all_presses(server.port, press, *made[kind][number], number) for number in range(ROUNDS)
        ]
        for kind, press in KINDS.items()
    }
    session, name, _guest = made["submit"][0]
    mine = Visitor(server.port, {"session": session})
    first = mine.get(f"/reports/{name}.json").body
    all_presses(server.port, KINDS["submit"], session, name, "", 1)
    reports = [first, mine.get(f"/reports/{name}.json").body]
    code = COUNT.format(made=made, readers=READERS)
    return Pressed(answers, reports, json.loads(site.python(code).splitlines()[-1]))


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_is_led_to_the_one_result(pressed, kind):
    for answers in pressed.answers[kind]:
        assert len(answers) == PRESSES + 3
        assert {one.status for one in answers} <= {302, KINDS[kind].told}
        led = [one.headers["Location"] for one in answers if one.status == 302]
        assert len(set(led)) <= 1
        assert all(to.startswith(KINDS[kind].leads_to) for to in led)
        assert len(led) == len(answers) or KINDS[kind].told != 302


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_one_of_each(pressed, kind):
    assert pressed.found[kind] == [[1, 1]] * ROUNDS


def test_each_reader_gets_each_issue_once(pressed):
    assert pressed.found["mails"] == ROUNDS * READERS


def test_the_report_stays_the_same(pressed):
    first, after = pressed.reports
    assert json.loads(first) == json.loads(after)
    assert first == after
