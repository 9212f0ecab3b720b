"""An export of one's own data, read back. Every value is checked; what is not known is not read.

Levels and fields of study are held against the definitions of this site later, in the plan.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import DegreeLevel, LastDone, Plan, PlanItem
from assessments.models.assessment import EXAMPLE_LENGTH
from assessments.models.plan import MOST_HOURS, MOST_HOURS_A_WEEK, NOTES_LENGTH

from .archives import read_member
from .sheets import Unreadable
from .values import Bad, choice, day, mapping, moment, rows, sha256, slug, whole, written

FORMAT = "careerpath-data/1"
MEMBER = "careerpath-data.json"
LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 24 * 1024 * 1024
MOST_VALUES = 1_500_000  # an object of Python's costs far more than its text
MOST_NESTED = 400_000
MOST_ASSESSMENTS = 500
MOST_ANSWERS = 500
MOST_ITEMS = 100
LARGEST_NUMBER = 1_000_000
MOST_PROBLEMS = 20
TITLE_LENGTH = 120


@dataclass(frozen=True)
class Problem:
    """`place` is where in the file, in words."""

    place: str
    text: str


class Wrong(Exception):
    """The file is whole, but says things that cannot be. Nothing of it is taken."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{one.place}: {one.text}" for one in problems))
        self.problems = problems


@dataclass(frozen=True)
class Role:
    slug: str
    title: str


@dataclass(frozen=True)
class Version:
    number: int
    definition_sha256: str


@dataclass(frozen=True)
class Answer:
    skill: str
    level: int | None
    last_done: str
    example: str
    saved_at: datetime


@dataclass(frozen=True)
class Qualification:
    degree: str
    field: str
    saved_at: datetime


@dataclass(frozen=True)
class Assessment:
    number: int
    role: Role
    version: Version
    opened_at: datetime
    saved_at: datetime
    submitted_at: datetime | None
    answers: tuple[Answer, ...]
    qualification: Qualification | None


@dataclass(frozen=True)
class Resource:
    slug: str
    from_level: int


@dataclass(frozen=True)
class Item:
    assessment: int
    requirement: str
    skill: str
    from_level: int
    to_level: int
    hours: int | None
    status: str
    notes: str
    due_on: date | None
    added_at: datetime
    resource: Resource | None


@dataclass(frozen=True)
class PlanData:
    hours_a_week: int
    budget: str
    starts_on: date
    items: tuple[Item, ...]


@dataclass(frozen=True)
class MyData:
    """What of an export can be brought back; the names are those of the file."""

    exported_at: datetime
    assessments: tuple[Assessment, ...]
    plan: PlanData | None

    def as_text(self) -> str:
        """Reads back as the same: `parse(data.as_text()) == data`."""
        whole = {"format": FORMAT} | asdict(self)
        return json.dumps(whole, default=lambda moment: moment.isoformat(), ensure_ascii=False)


def unpack(data: bytes) -> str:
    """The JSON in an export. Raises Unreadable, which says what to do."""
    if len(data) > LARGEST_FILE:
        message = _("The file is larger than %(most)s MB. Choose the zip we gave you.")
        raise Unreadable(message % {"most": LARGEST_FILE // 1024 // 1024})
    if not data.startswith(b"PK"):
        raise Unreadable(_("This is no zip archive. Choose the zip we gave you, as it was."))
    text = read_member(data, MEMBER, most=LARGEST_UNPACKED)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        message = _("%(name)s is not in UTF-8. Choose the zip we gave you, as it was.")
        raise Unreadable(message % {"name": MEMBER}) from None


def parse(text: str) -> MyData:
    """Raises Unreadable or Wrong."""
    raw = _load(text)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        message = _("%(name)s is not of the format %(format)s. Choose the zip we gave you.")
        raise Unreadable(message % {"name": MEMBER, "format": FORMAT})
    reader = Reader()
    data = reader.data(raw)
    if reader.problems or data is None:
        raise Wrong(reader.problems[:MOST_PROBLEMS])
    return data


def _load(text: str) -> Any:
    too_much = _("%(name)s holds more than an export does. Choose the zip we gave you.")
    if text.count(",") > MOST_VALUES or text.count("{") + text.count("[") > MOST_NESTED:
        raise Unreadable(too_much % {"name": MEMBER})
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        message = _("%(name)s is not whole JSON. Choose the zip we gave you, as it was.")
        raise Unreadable(message % {"name": MEMBER}) from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


class Reader:
    """Collects what is wrong, and goes on with the next assessment."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.numbers: set[int] = set()
        self.now = datetime.now(UTC)

    def data(self, raw: dict[str, Any]) -> MyData | None:
        try:
            exported_at = self.moment(raw, "exported_at")
            listed = rows(raw, "assessments", MOST_ASSESSMENTS)
            assessments = tuple(
                one for number, row in enumerate(listed, 1) if (one := self.one(row, number))
            )
            return MyData(exported_at, assessments, self.plan(raw.get("plan")))
        except Bad as error:
            self.problems.append(Problem(MEMBER, str(error)))
            return None

    def one(self, raw: Any, number: int) -> Assessment | None:
        place = _("Assessment %(number)s") % {"number": number}
        try:
            return self.assessment(mapping(raw))
        except Bad as error:
            self.problems.append(Problem(place, str(error)))
            return None

    def assessment(self, raw: dict[str, Any]) -> Assessment:
        role, version = mapping(raw.get("role")), mapping(raw.get("version"))
        opened_at, saved_at = self.moment(raw, "opened_at"), self.moment(raw, "saved_at")
        submitted_at = self.moment(raw, "submitted_at") if raw.get("submitted_at") else None
        if submitted_at and submitted_at < opened_at:
            raise Bad(_("It was finished before it was begun. Correct submitted_at."))
        number = whole(raw, "number", 1, LARGEST_NUMBER)
        if number in self.numbers:
            raise Bad(_("Its number is that of another assessment. Give it one of its own."))
        self.numbers.add(number)
        answers = tuple(self.answer(one) for one in rows(raw, "answers", MOST_ANSWERS))
        if len({one.skill for one in answers}) < len(answers):
            raise Bad(_("A skill is answered twice. Delete one of the two answers."))
        degree = raw.get("qualification")
        return Assessment(
            number=number,
            role=Role(slug(role, "slug"), written(role, "title", TITLE_LENGTH)),
            version=Version(
                whole(version, "number", 1, 10**6), sha256(version, "definition_sha256")
            ),
            opened_at=opened_at,
            saved_at=saved_at,
            submitted_at=submitted_at,
            answers=answers,
            qualification=None if degree is None else self.qualification(mapping(degree)),
        )

    def answer(self, raw: Any) -> Answer:
        row = mapping(raw)
        level = None if row.get("level") is None else whole(row, "level", 0, 7)
        last_done = choice(row, "last_done", ["", *LastDone.values])
        if level is None and last_done:
            raise Bad(_("An answer without a level says when it was last done. Empty last_done."))
        example = written(row, "example", EXAMPLE_LENGTH)
        return Answer(slug(row, "skill"), level, last_done, example, self.moment(row, "saved_at"))

    def qualification(self, raw: dict[str, Any]) -> Qualification:
        degree = choice(raw, "degree", DegreeLevel.values)
        field = "" if raw.get("field") == "" else slug(raw, "field")
        return Qualification(degree, field, self.moment(raw, "saved_at"))

    def plan(self, raw: Any) -> PlanData | None:
        if raw is None:
            return None
        place = _("Plan")
        try:
            row = mapping(raw)
            items = []
            for number, one in enumerate(rows(row, "items", MOST_ITEMS), 1):
                place = _("Plan, skill %(number)s") % {"number": number}
                items.append(self.item(mapping(one)))
            place = _("Plan")
            return PlanData(
                hours_a_week=whole(row, "hours_a_week", 1, MOST_HOURS_A_WEEK),
                budget=choice(row, "budget", Plan.Budget.values),
                starts_on=day(row, "starts_on"),
                items=tuple(items),
            )
        except Bad as error:
            self.problems.append(Problem(place, str(error)))
            return None

    def item(self, raw: dict[str, Any]) -> Item:
        resource = raw.get("resource")
        from_level, to_level = whole(raw, "from_level", 0, 7), whole(raw, "to_level", 0, 7)
        if from_level >= to_level:
            raise Bad(_("It leads nowhere. Make to_level higher than from_level."))
        return Item(
            assessment=whole(raw, "assessment", 1, LARGEST_NUMBER),
            requirement=slug(raw, "requirement"),
            skill=slug(raw, "skill"),
            from_level=from_level,
            to_level=to_level,
            hours=None if raw.get("hours") is None else whole(raw, "hours", 1, MOST_HOURS),
            status=choice(raw, "status", PlanItem.Status.values),
            notes=written(raw, "notes", NOTES_LENGTH),
            due_on=None if raw.get("due_on") is None else day(raw, "due_on"),
            added_at=self.moment(raw, "added_at"),
            resource=None if resource is None else _resource(mapping(resource)),
        )

    def moment(self, raw: dict[str, Any], name: str) -> datetime:
        return moment(raw, name, before=self.now)


def _resource(raw: dict[str, Any]) -> Resource:
    return Resource(slug(raw, "slug"), whole(raw, "from_level", 0, 7))
