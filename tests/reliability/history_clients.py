"""People in two tabs each who answer, look again and send: every press goes into a log."""

import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPException
from itertools import count

from tests.reliability.history import (
    FAILED,
    OK,
    READ,
    REPORT,
    SAVE,
    SUBMIT,
    UNKNOWN,
    Operation,
    violations,
)
from tests.sites import Server, Site
from tests.visitors import Answer, Visitor

QUESTIONS = ["skill-0", "skill-1", "skill-2"]
ROLES = ["first-role", "second-role"]
TABS = 2
NUMBERS = count(1)  # of one process: no two saves write the same
MAKE_PEOPLE = """
import json
from dataclasses import replace
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from assessments.actions import assessment as actions
from assessments.models import Role, User
from tests.definitions import definition, requirement
from tests.published import publish
asked = definition(*(requirement(slug) for slug in %(questions)r))
for slug in %(roles)r:
    Role.objects.filter(slug=slug).exists() or publish(replace(asked, slug=slug, title=slug))
people = []
for number in range(%(people)d):
    person = User(email=f"{%(mark)r}{number}@example.org")
    person.set_unusable_password()
    person.save()
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    keys = {
        slug: actions.start(by=person, version=Role.objects.get(slug=slug).versions.get()).key
        for slug in %(roles)r
    }
    people.append([session.session_key, keys])
print(json.dumps(people))
"""
LEVEL = re.compile(r'<input[^>]*name="level"[^>]*>')
EXAMPLE = re.compile(r'<textarea[^>]*name="example"[^>]*>\s*(.*?)\s*</textarea>', re.DOTALL)
KEY = re.compile(r"/(?:assessments|reports)/([^/]+)/")
EXPECTED = {200, 302, 409, 503}


def make_people(site: Site, number: int, mark: str = "") -> list[tuple[str, dict[str, str]]]:
    code = MAKE_PEOPLE % {"people": number, "mark": mark, "questions": QUESTIONS, "roles": ROLES}
    return [(session, keys) for session, keys in json.loads(site.python(code).splitlines()[-1])]


def value_on(page: Answer) -> str:
    """Level and example together: one without the other is a value that nobody wrote."""
    typed = EXAMPLE.search(page.body)
    checked = [tag for tag in LEVEL.findall(page.body) if "checked" in tag]
    level = re.search(r'value="(\w+)"', checked[0])[1] if checked else ""
    example = unescape(typed[1]) if typed else ""
    return f"{level}:{example}" if level or example else ""


@dataclass
class Tab:
    """`keys` is shared by the tabs of one person: whoever sends an assessment starts the next."""

    number: int
    port: int
    session: str
    keys: dict[str, str]
    headers: dict[str, str]
    sends: float  # how often, of what it does
    thinks: float = 0  # seconds before each press, on average
    log: list[Operation] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    sent: list[str] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.chance = random.Random(next(NUMBERS))
        self.visitor = Visitor(self.port, {"session": self.session}, self.headers)
        in_background = self.headers | {"X-In-Background": "1"}
        self.background = Visitor(self.port, self.visitor.cookies, in_background)
        self.thread = threading.Thread(target=self.go_on, daemon=True)

    def go_on(self) -> None:
        try:
            while not self.stop.is_set():
                self.think()
                self.do_something()
        except BaseException as fault:  # shown by the test, which would not see it
            self.broken.append(fault)

    def think(self) -> None:
        if self.thinks:
            self.stop.wait(self.chance.uniform(0, 2 * self.thinks))

    def do_something(self) -> None:
        role = self.chance.choice(ROLES)
        question = self.chance.choice(QUESTIONS)
        what = self.chance.random()
        if what < self.sends:
            self.send(role)
        elif what < self.sends + 0.03 and self.sent:
            self.read_report(self.chance.choice(self.sent))
        else:
            self.answer(self.keys[role], question)

    def ask(self, method: str, visitor: Visitor, *given: object) -> Answer | None:
        try:
            answer: Answer = getattr(visitor, method)(*given)
        except (OSError, HTTPException):
            self.stop.wait(0.05)
            return None
        self.statuses[answer.status] += 1
        return answer

    def note(self, kind: str, key: str, began: float, **more: object) -> None:
        self.log.append(Operation(kind, key, began, time.monotonic(), **more))

    def read(self, key: str, question: str) -> Answer | None:
        began = time.monotonic()
        page = self.ask("get", self.visitor, f"/assessments/{key}/skills/{question}/")
        good = page is not None and page.status == 200
        value, seen = (value_on(page), int(page.hidden["revision"])) if good else ("", 0)
        self.note(
            READ,
            key,
            began,
            question=question,
            value=value,
            revision=seen,
            outcome=OK if good else FAILED,
        )
        return page if good else None

    def answer(self, key: str, question: str) -> None:
        """One look, then a few presses: as the page itself does it, and once with the button."""
        page = self.read(key, question)
        if page is None:
            return
        seen = int(page.hidden["revision"])
        for _press in range(self.chance.randint(1, 6)):
            self.think()
            if self.stop.is_set() or not (seen := self.save(page, key, question, seen)):
                return

    def save(self, page: Answer, key: str, question: str, seen: int) -> int:
        """The new revision, where the site told one."""
        number, level = next(NUMBERS), self.chance.randint(0, 4)
        example = f"tab {self.number} number {number}"
        fields = page.hidden | {
            "revision": str(seen),
            "level": str(level),
            "example": example,
            "press": "later",
        }
        visitor = self.visitor if self.chance.random() < 0.2 else self.background
        began, revision = time.monotonic(), 0
        reply = self.ask("post", visitor, f"/assessments/{key}/skills/{question}/", fields)
        if reply is None or reply.status >= 500:
            outcome = UNKNOWN
        elif reply.status == 200 and visitor is self.background:
            outcome, revision = OK, json.loads(reply.body)["revision"]
        elif reply.status == 302 and "/reports/" not in reply.headers["Location"]:
            outcome = OK
        else:
            outcome = FAILED
        self.note(
            SAVE,
            key,
            began,
            question=question,
            value=f"{level}:{example}",
            seen=seen,
            revision=revision,
            outcome=outcome,
        )
        return revision

    def send(self, role: str) -> None:
        """Pressed twice. Each reply leads to the report, and then the next assessment begins."""
        key = self.keys[role]
        page = self.ask("get", self.visitor, f"/assessments/{key}/review/")
        if page is None or page.status != 200:
            return
        presses = [
            threading.Thread(target=self.press_send, args=(page, key), daemon=True)
            for _press in range(2)
        ]
        for press in presses:
            press.start()
        for press in presses:
            press.join()
        begun = self.ask("post", self.visitor, f"/roles/{role}/start/", page.hidden)
        if begun and begun.status == 302:
            self.keys[role] = KEY.search(begun.headers["Location"])[1]

    def press_send(self, page: Answer, key: str) -> None:
        began = time.monotonic()
        reply = self.ask("post", self.visitor, f"/assessments/{key}/review/", page.hidden)
        outcome = FAILED
        if reply is None or reply.status >= 500:
            outcome = UNKNOWN
        elif reply.status == 302 and "/reports/" in reply.headers["Location"]:
            outcome = OK
        self.note(SUBMIT, key, began, seen=int(page.hidden["revision"]), outcome=outcome)
        if outcome == OK:
            self.sent.append(key)
            self.read_report(key)

    def read_report(self, key: str) -> bool:
        began = time.monotonic()
        reply = self.ask("get", self.visitor, f"/reports/{key}.json")
        if reply is None or reply.status != 200:
            return False
        report = json.loads(reply.body)
        answers = {
            one["slug"]: f"{one['level']['value']}:{one['example']}"
            for one in report["requirements"]
            if one["level"]
        }
        self.note(REPORT, key, began, answers=answers, submitted_at=report["submitted_at"])
        return True

    def look_at_everything(self, keys: set[str]) -> None:
        for key in sorted(keys):
            at_end = self.ask("get", self.visitor, f"/assessments/{key}/review/")
            assert at_end is not None
            if at_end.status == 302:
                # A press whose reply was cut may have sent it.
                assert self.read_report(key)
            else:
                assert all(self.read(key, question) for question in QUESTIONS)


@contextmanager
def at_work(
    server: Server,
    people: list[tuple[str, dict[str, str]]],
    headers: dict[str, str] | None = None,
    sends: float = 0.05,
    thinks: float = 0,
) -> Iterator[list[Tab]]:
    """People in two tabs each; at the end each looks once more at everything of theirs."""
    tabs = [
        Tab(number, server.port, session, keys, headers or {}, sends, thinks)
        for number, (session, keys) in enumerate(one for one in people for _tab in range(TABS))
    ]
    for tab in tabs:
        tab.thread.start()
    try:
        yield tabs
    finally:
        for tab in tabs:
            tab.stop.set()
        for tab in tabs:
            tab.thread.join(120)
    for first, second in zip(tabs[::TABS], tabs[1::TABS], strict=True):
        first.look_at_everything({one.key for tab in (first, second) for one in tab.log})


def checked(tabs: list[Tab]) -> list[str]:
    """What was wrong, besides answers that a site never gives."""
    assert [fault for tab in tabs for fault in tab.broken] == []
    return violations([one for tab in tabs for one in tab.log])


def odd_statuses(tabs: list[Tab]) -> set[int]:
    return {status for tab in tabs for status in tab.statuses} - EXPECTED
