"""Somebody's answers as what they say about rated elements, and which technologies they know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Max, QuerySet, Window
from django.db.models.functions import RowNumber

from assessments.domain.answers import Answer, LastDone
from assessments.domain.evidence import Bearing, Known, evidence
from assessments.models import Answer as AnswerRow
from assessments.models import Assessment, Correspondence, Skill


@dataclass(frozen=True)
class Mine:
    """`rated` counts the skills with a level, `through` those elements known from other skills.

    Names of technologies are in lower case.
    """

    known: Mapping[str, Known]
    technologies: frozenset[str]
    rated: int

    @property
    def through(self) -> int:
        return sum(1 for one in self.known.values() if not one.own)


def newest(rows: QuerySet[AnswerRow]) -> Mapping[str, Answer]:
    """The newest answer to every skill: one query."""
    newest_first = Window(
        RowNumber(), partition_by=F("skill"), order_by=[F("saved_at").desc(), F("pk").desc()]
    )
    placed = rows.annotate(place=newest_first)
    return _answers(placed.filter(place=1).values_list("skill", "level", "last_done"))


def given_in(assessment: Assessment) -> Mapping[str, Answer]:
    return _answers(assessment.answers.values_list("skill", "level", "last_done"))


def mine(answers: Mapping[str, Answer], top: int) -> Mine:
    """By today's counterparts of each skill, in two queries; `top` is that of the elements."""
    found: list[Bearing] = []
    technologies: set[str] = set()
    tops: dict[str, int] = {}
    skills = Skill.objects.filter(slug__in=list(answers))
    for skill in skills.annotate(top=Max("scale__levels__value")):
        tops[skill.slug] = skill.top or 0
        if skill.element:
            answer = answers[skill.slug]
            found.append(Bearing(skill.element, answer, skill.top or 0, top, own=True))
    counterparts = Correspondence.objects.filter(skill__slug__in=list(answers))
    for one in counterparts.select_related("skill"):
        answer = answers[one.skill.slug]
        if one.kind == Correspondence.Kind.ELEMENT:
            found.append(Bearing(one.code, answer, tops[one.skill.slug], top, loose=one.loose))
        elif answer.level:
            technologies.add(one.code.lower())
    return Mine(
        known=evidence(found),
        technologies=frozenset(technologies),
        rated=sum(1 for one in answers.values() if one.level is not None),
    )


def _answers(rows: Iterable[tuple[str, int | None, str]]) -> Mapping[str, Answer]:
    return {skill: Answer(level, LastDone(last_done)) for skill, level, last_done in rows}
