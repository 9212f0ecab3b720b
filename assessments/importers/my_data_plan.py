"""What bringing back an export would do: from the file and from what is here, nothing else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from assessments.domain import answers as said
from assessments.domain.definition import Definition, canonical_json
from assessments.domain.report import Report, report

from .my_data import Answer, Assessment, Item, MyData, Problem, Qualification

OTHER_FIELD = "other"
WITHOUT_FIELD = (said.Degree.NONE, said.Degree.SECONDARY)

# Which role, when it was submitted, and what was answered: never two of one person's.
Mark = tuple[int, datetime, str]


@dataclass(frozen=True)
class Known:
    """A published version of this site."""

    id: int
    role: int
    number: int
    definition: Definition


@dataclass(frozen=True)
class Here:
    """What is here already. `reports` has the id behind each mark, `links` that of a resource's
    link by its short name, the skill's, and the level it begins at."""

    versions: Mapping[str, Known]
    reports: Mapping[Mark, int]
    open_roles: frozenset[int]
    planned: frozenset[str]
    has_plan: bool
    room: int
    links: Mapping[tuple[str, str, int], int]


class Kind(StrEnum):
    REPORT = "report"
    OPEN = "open"
    HERE = "here"
    ONE_IS_OPEN = "one-is-open"
    NO_VERSION = "no-version"
    PLANNED = "planned"
    PLANNED_ALREADY = "planned-already"
    NO_REPORT = "no-report"
    FULL = "full"


ADDED = (Kind.REPORT, Kind.OPEN, Kind.PLANNED)


@dataclass(frozen=True)
class Line:
    kind: Kind
    assessment: Assessment
    version: Known | None = None
    figures: Report | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class ItemLine:
    """`skill` is its name, where its report is known, and else its short name."""

    kind: Kind
    item: Item
    skill: str
    link: int | None = None


@dataclass(frozen=True)
class Outlook:
    lines: tuple[Line, ...]
    items: tuple[ItemLine, ...]
    sets_pace: bool
    problems: tuple[Problem, ...]

    def of(self, kind: Kind) -> list[Line]:
        return [one for one in self.lines if one.kind == kind]

    def items_of(self, kind: Kind) -> list[ItemLine]:
        return [one for one in self.items if one.kind == kind]

    @property
    def writes(self) -> bool:
        return self.sets_pace or any(
            kind in ADDED
            for kind in (*(one.kind for one in self.lines), *(one.kind for one in self.items))
        )

    @property
    def digest(self) -> str:
        """The same for the same outcome: what was confirmed is what gets written."""
        told = [
            [
                (one.kind, one.assessment.number, one.version and one.version.id)
                for one in self.lines
            ],
            [(one.kind, one.item.skill, one.link) for one in self.items],
            self.sets_pace,
        ]
        return hashlib.sha256(canonical_json(told).encode()).hexdigest()


class Impossible(Exception):
    """An answer does not fit the definition it was given to."""


def fingerprint(
    answers: Mapping[str, tuple[int | None, str, str]], degree: tuple[str, str] | None
) -> str:
    """Of what was said, without when: the level, when last done, and the example, by skill."""
    told = [{slug: list(one) for slug, one in answers.items()}, degree and list(degree)]
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()


def outlook(data: MyData, here: Here) -> Outlook:
    lines: list[Line] = []
    problems: list[Problem] = []
    marks, opened = set(here.reports), set(here.open_roles)
    for assessment in data.assessments:
        try:
            line = _line(assessment, here, marks, opened)
        except Impossible as error:
            place = _("Assessment %(number)s, %(role)s") % {
                "number": assessment.number,
                "role": assessment.role.title,
            }
            problems.append(Problem(place, str(error)))
            continue
        lines.append(line)
        if line.kind is Kind.REPORT and line.mark:
            marks.add(line.mark)
        if line.kind is Kind.OPEN and line.version:
            opened.add(line.version.role)
    items = _items(data, here, {one.assessment.number: one for one in lines}, problems)
    return Outlook(
        lines=tuple(lines),
        items=tuple(items),
        sets_pace=data.plan is not None and not here.has_plan,
        problems=tuple(problems),
    )


def _line(assessment: Assessment, here: Here, marks: set[Mark], opened: set[int]) -> Line:
    version = here.versions.get(assessment.version.definition_sha256)
    if version is None:
        return Line(Kind.NO_VERSION, assessment)
    for answer in assessment.answers:
        _check(answer, version.definition)
    if assessment.qualification:
        _check_degree(assessment.qualification, version.definition)
    if assessment.submitted_at is None:
        kind = Kind.ONE_IS_OPEN if version.role in opened else Kind.OPEN
        return Line(kind, assessment, version)
    mark = (version.role, assessment.submitted_at, _fingerprint(assessment))
    if mark in marks:
        return Line(Kind.HERE, assessment, version, mark=mark)
    return Line(Kind.REPORT, assessment, version, _figures(assessment, version), mark)


def _check(answer: Answer, definition: Definition) -> None:
    if answer.skill not in definition.skills_by_slug:
        message = _("The role asks for no skill %(skill)s. Delete that answer.")
        raise Impossible(message % {"skill": answer.skill})
    levels = [level.value for level in definition.scale_of(answer.skill).levels]
    if answer.level is not None and answer.level not in levels:
        message = _("%(skill)s has no level %(level)s. Make it one from %(least)s to %(most)s.")
        words = {"skill": answer.skill, "level": answer.level}
        raise Impossible(message % (words | {"least": levels[0], "most": levels[-1]}))


def _check_degree(given: Qualification, definition: Definition) -> None:
    known = {one.slug for one in definition.fields} | {OTHER_FIELD}
    if given.degree in WITHOUT_FIELD and given.field:
        raise Impossible(_("The degree has no field. Empty field in qualification."))
    if given.degree not in WITHOUT_FIELD and given.field not in known:
        message = _("The role knows no field of study “%(field)s”. Make it “other”.")
        raise Impossible(message % {"field": given.field})


def _fingerprint(assessment: Assessment) -> str:
    degree = assessment.qualification
    return fingerprint(
        {one.skill: (one.level, one.last_done, one.example) for one in assessment.answers},
        (degree.degree, degree.field) if degree else None,
    )


def _figures(assessment: Assessment, version: Known) -> Report:
    """Worked out anew. What the file says of its results is not even read."""
    degree = assessment.qualification
    return report(
        version.definition,
        {
            one.skill: said.Answer(one.level, said.LastDone(one.last_done))
            for one in assessment.answers
        },
        said.Education(said.Degree(degree.degree), degree.field) if degree else None,
    )


def _items(
    data: MyData, here: Here, lines: Mapping[int, Line], problems: list[Problem]
) -> list[ItemLine]:
    planned, room, found = set(here.planned), here.room, []
    for number, item in enumerate(data.plan.items if data.plan else (), 1):
        try:
            line = _item(item, lines.get(item.assessment), here, planned)
        except Impossible as error:
            place = _("Plan, skill %(number)s") % {"number": number}
            problems.append(Problem(place, str(error)))
            continue
        if line.kind is Kind.PLANNED and room < 1:
            line = ItemLine(Kind.FULL, item, line.skill)
        if line.kind is Kind.PLANNED:
            room -= 1
            planned.add(item.skill)
        found.append(line)
    return found


def _item(item: Item, line: Line | None, here: Here, planned: set[str]) -> ItemLine:
    """Only from a report that is here or comes along, and only for what that report asks."""
    if line is None or line.version is None or line.assessment.submitted_at is None:
        return ItemLine(Kind.NO_REPORT, item, item.skill)
    definition = line.version.definition
    asked = next((one for one in definition.requirements if one.slug == item.requirement), None)
    if asked is None or item.skill not in asked.skills:
        message = _("Its report has no target %(target)s for the skill %(skill)s. Delete it.")
        raise Impossible(message % {"target": item.requirement, "skill": item.skill})
    top = definition.scale_of(item.skill).top
    if item.to_level > top:
        message = _("to_level is above the scale. Make it %(most)s at most.")
        raise Impossible(message % {"most": top})
    name = definition.skill(item.skill).name
    if item.skill in planned:
        return ItemLine(Kind.PLANNED_ALREADY, item, name)
    wanted = item.resource
    link = here.links.get((wanted.slug, item.skill, wanted.from_level)) if wanted else None
    return ItemLine(Kind.PLANNED, item, name, link)
