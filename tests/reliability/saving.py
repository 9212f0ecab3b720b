"""People who go on answering, and a list of what the site said it had saved."""

import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.reliability.conftest import SKILLS
from tests.sites import Server
from tests.visitors import Answer, Visitor

PRESSES = 0.2  # of the saves are presses on the page, the others come from keep.js


def save(visitor: Visitor, key: str, skill: str, example: str, level: int = 2) -> Answer:
    """As a browser does it: the page first, then its form."""
    address = f"/assessments/{key}/skills/{skill}/"
    page = visitor.get(address)
    if page.status != 200:
        return page
    fields = page.hidden | {"level": str(level), "example": example, "press": "later"}
    return visitor.post(address, fields)


def level_of(number: int) -> int:
    """So that a row that mixes two saves is found out."""
    return number % 5


@dataclass
class Busy:
    """One person in a thread. `said` holds the number that was last confirmed for each skill."""

    port: int
    session: str
    key: str
    seed: int
    said: dict[str, int] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)
    heard: list[tuple[float, str, int]] = field(default_factory=list)  # time, skill, number
    refused: list[int] = field(default_factory=list)
    cut_short: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    may: threading.Event = field(default_factory=threading.Event)
    fatal: str = ""  # where the site is to die during the next save, see fatal.py

    def __post_init__(self) -> None:
        self.may.set()
        self.pages: dict[str, dict[str, str]] = {}
        self.visitor = Visitor(self.port, {"session": self.session})
        self.thread = threading.Thread(target=self.go_on, daemon=True)

    @property
    def confirmed(self) -> int:
        return len(self.heard)

    def go_on(self) -> None:
        chance = random.Random(self.seed)
        number = 0
        while not self.stop.is_set():
            self.may.wait()
            number += 1
            skill = chance.choice(SKILLS)
            self.tried[skill] = number
            try:
                status = self.save(skill, number, chance.random() < PRESSES)
            except (OSError, HTTPException):
                self.cut_short += 1
                self.pages.pop(skill, None)  # perhaps it was saved: the page is old then
                self.stop.wait(0.2)  # not so often that it keeps the site from starting
                continue
            if status in (200, 302):
                self.said[skill] = number
                self.heard.append((time.time(), skill, number))
            else:
                self.refused.append(status)
                self.pages.pop(skill, None)
                self.stop.wait(0.05)

    def save(self, skill: str, number: int, presses: bool) -> int:
        address = f"/assessments/{self.key}/skills/{skill}/"
        self.visitor.headers = {}
        if presses or skill not in self.pages:
            page = self.visitor.get(address)
            if page.status != 200:
                return page.status
            self.pages[skill] = page.hidden
        fields = self.pages[skill] | {
            "level": str(level_of(number)),
            "example": f"number {number}",
            "press": "later",
        }
        self.visitor.headers = {} if presses else {"X-In-Background": "1"}
        if self.fatal:
            self.visitor.headers["X-Fatal"], self.fatal = self.fatal, ""
        answer = self.visitor.post(address, fields)
        if answer.status == 200:
            if presses:
                raise AssertionError("a page instead of the next one")
            self.pages[skill]["revision"] = str(json.loads(answer.body)["revision"])
        elif answer.status == 302:
            del self.pages[skill]
        return answer.status


def all_at_work(port: int, people: list[tuple[str, str]]) -> list[Busy]:
    busy = [Busy(port, session, key, seed) for seed, (session, key) in enumerate(people)]
    for one in busy:
        one.thread.start()
    return busy


def all_home(busy: list[Busy]) -> None:
    for one in busy:
        one.stop.set()
    for one in busy:
        one.thread.join(60)


def nobody_was_refused(busy: list[Busy], server: Server) -> None:
    """Else the server's log tells how long each waited, and for what."""
    refused = [status for one in busy for status in one.refused]
    assert refused == [], f"{refused}\n{server.log.read_text()[-8000:]}"
    assert sum(one.cut_short for one in busy) == 0
