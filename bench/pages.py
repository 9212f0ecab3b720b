"""What is asked for: the pages, and the baselines beside them, as requests ready to be sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

SECRET = "bench" + "0" * 27
SAVES = 60_000  # more than are sent in the time there is
WARMING = 16  # people who only warm the server up: their answers are not counted

World = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """Without a `session` nobody is known; `tag` is that of the page as they have it."""

    session: str
    path: str
    fields: dict[str, str] | None = None
    tag: str = ""

    def raw(self) -> bytes:
        lines = [
            f"{'GET' if self.fields is None else 'POST'} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "Accept-Language: en",
        ]
        if self.session:
            lines.append(f"Cookie: session={self.session}; csrf={SECRET}")
        if self.tag:
            lines.append(f"If-None-Match: {self.tag}")
        body = ""
        if self.fields is not None:
            body = urlencode(self.fields | {"csrfmiddlewaretoken": SECRET})
            lines += [
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


Requests = Callable[[World, range], Sequence[Request]]


@dataclass(frozen=True)
class Page:
    """`against` names a baseline, of whose rate at least `least` is wanted."""

    name: str
    requests: Requests
    against: str = ""
    least: float = 0
    settings: str = "careerpath.settings"
    bare: bool = False
    once: bool = False  # no request may be sent twice
    again: bool = False  # every process has answered each request before
    sent: bool = False  # shortly before, by the press that sends a report
    unchanged: bool = False  # asked for by who has it, and knows its tag


def reading(path: Callable[[World, int], str], sessions: str = "sessions") -> Requests:
    """A page of each person's own."""
    return lambda world, people: [Request(world[sessions][one], path(world, one)) for one in people]


def first_reports(world: World, people: range) -> Sequence[Request]:
    """Each of those that were just sent, once: in the memory of no process."""
    return reports(world["sent"], world, people)


def old_reports(world: World, people: range) -> Sequence[Request]:
    """Each of the others but the last, once: nobody has made anything ready."""
    return reports([keys[:-1] for keys in world["reports"]], world, people)


def reports(found: list[list[str]], world: World, people: range) -> Sequence[Request]:
    return [
        Request(world["sessions"][one], f"/reports/{found[one][number]}/")
        for number in range(len(found[0]))
        for one in people
    ]


def browsing(world: World, people: range) -> Sequence[Request]:
    return [
        Request(world["sessions"][one], f"/roles/?page={1 + number % 40}")
        for number, one in enumerate(people)
    ]


def saves(world: World, people: range) -> Sequence[Request]:
    """Person after person the next question, round after round with another level each.

    A save names the revision that the page showed: the one after the save a round before.
    """
    asked = world["skills"]
    found = []
    for turn in range(SAVES // len(people)):
        number = turn % len(asked)
        fields = {
            "meaning": world["meanings"][number],
            "revision": str(max(0, turn - len(asked) + 1)),
            "level": str(turn // len(asked) % 2 + 1),
            "last_done": "this-year",
            "example": "",
            "press": "continue",
        }
        for one in people:
            path = f"/assessments/{world['assessments'][one]}/skills/{asked[number]}/"
            found.append(Request(world["sessions"][one], path, fields))
    return found


def upserts(world: World, people: range) -> Sequence[Request]:
    return [
        Request(
            world["beside"][one], f"/upsert/{world['assessments'][one]}/", {"level": str(level)}
        )
        for level in (1, 2, 3)
        for one in people
    ]


BESIDE = "bench.baseline.settings"
BASELINES = (
    Page(
        "(a) prepared bytes", reading(lambda *_: "/prepared/", "beside"), settings=BESIDE, bare=True
    ),
    Page(
        "(b) idiomatic page",
        reading(lambda world, one: f"/idiomatic/{world['reports'][one][-1]}/", "beside"),
        settings=BESIDE,
    ),
    Page(
        "(c) lean page",
        reading(lambda world, one: f"/lean/{world['reports'][one][-1]}/", "beside"),
        settings=BESIDE,
    ),
)
UPSERT = Page("(d) bulk upsert", upserts, settings=BESIDE)
A, B, C, D = (one.name for one in (*BASELINES, UPSERT))
PAGES = (
    Page("report, first time", first_reports, B, 1.0, once=True, sent=True),
    Page("report, made anew", old_reports, B, once=True),
    Page(
        "report, seen again",
        reading(lambda world, one: f"/reports/{world['reports'][one][-1]}/"),
        B,
        2.5,
        again=True,
    ),
    Page(
        "question",
        reading(lambda world, one: f"/assessments/{world['assessments'][one]}/skills/s20/"),
        B,
        1.0,
    ),
    Page(
        "task list",
        reading(lambda world, one: f"/assessments/{world['assessments'][one]}/"),
        B,
        1.0,
    ),
    Page("role", reading(lambda *_: "/roles/analyst/"), B),
    Page(
        "role, asked again",
        lambda _world, people: [Request("", "/roles/analyst/") for _one in people],
        A,
        0.25,
        unchanged=True,
    ),
    Page(
        "occupation",
        reading(lambda _world, one: f"/roles/occupation-number-{one}/"),
        B,
    ),
    Page("browse 1,000 roles", browsing, B),
    Page("plan", reading(lambda *_: "/plan/"), B),
    Page("home", reading(lambda *_: "/"), B),
    Page("save of one answer", saves, D, 0.6, once=True),
)
