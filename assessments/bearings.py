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
    """No query where its answers have been read."""
    return _answers((one.skill, one.level, one.last_done) for one in assessment.answers.all())


def mine(answers: Mapping[str, Answer], top: int) -> Mine:
    """By today's counterparts of each skill, in one query; `top` is that of the elements."""
    found: list[Bearing] = []
    technologies: set[str] = set()
    rows = Skill.objects.filter(slug__in=list(answers)).annotate(top=Max("scale__levels__value"))
    own: set[str] = set()
    for slug, element, own_top, kind, code, loose in rows.order_by("slug").values_list(
        "slug",
        "element",
        "top",
        "correspondences__kind",
        "correspondences__code",
        "correspondences__loose",
    ):
        answer = answers[slug]
        if element and slug not in own:
            own.add(slug)
            found.append(Bearing(element, answer, own_top or 0, top, own=True))
        if kind == Correspondence.Kind.ELEMENT:
            found.append(Bearing(code, answer, own_top or 0, top, loose=loose))
        elif code and answer.level:
            technologies.add(code.lower())
    return Mine(
        known=evidence(found),
        technologies=frozenset(technologies),
        rated=sum(1 for one in answers.values() if one.level is not None),
    )


def _answers(rows: Iterable[tuple[str, int | None, str]]) -> Mapping[str, Answer]:
    return {skill: Answer(level, LastDone(last_done)) for skill, level, last_done in rows}
