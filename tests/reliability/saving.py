"""People who go on answering, and a list of what the site said it had saved."""

import random
import threading
from dataclasses import dataclass, field
from http.client import HTTPException

from tests.reliability.conftest import SKILLS
from tests.visitors import Answer, Visitor


def save(visitor: Visitor, key: str, skill: str, example: str, level: int = 2) -> Answer:
    """As a browser does it: the page first, then its form."""
    address = f"/assessments/{key}/skills/{skill}/"
    page = visitor.get(address)
    if page.status != 200:
        return page
    fields = page.hidden | {"level": str(level), "example": example, "press": "later"}
    return visitor.post(address, fields)


@dataclass
class Busy:
    """One person in a thread. `said` holds the number that was last confirmed for each skill."""

    port: int
    session: str
    key: str
    seed: int
    said: dict[str, int] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)
    confirmed: int = 0
    refused: list[int] = field(default_factory=list)
    cut_short: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self.go_on, daemon=True)

    def go_on(self) -> None:
        chance = random.Random(self.seed)
        visitor = Visitor(self.port, {"session": self.session})
        number = 0
        while not self.stop.is_set():
            number += 1
            skill = chance.choice(SKILLS)
            self.tried[skill] = number
            try:
                answer = save(visitor, self.key, skill, f"number {number}")
            except (OSError, HTTPException):
                self.cut_short += 1
                self.stop.wait(0.05)
                continue
            if answer.status == 302:
                self.said[skill] = number
                self.confirmed += 1
            else:
                self.refused.append(answer.status)


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
