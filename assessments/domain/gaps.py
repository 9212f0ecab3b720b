"""Requirement against answer: met, short by some levels, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .answers import Answer, Degree, Education, LastDone
from .definition import Definition, Qualification, Requirement

Answers = Mapping[str, Answer]

# Those that widen the range come first: the better answer must not be the one that lowers it.
_RECENCY = (
    LastDone.LONGER_AGO,
    LastDone.ONE_TO_THREE_YEARS,
    LastDone.NEVER,
    LastDone.NOT_SAID,
    LastDone.THIS_YEAR,
)


class Standing(StrEnum):
    MET = "met"
    SHORT = "short"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a requirement is unknown."""

    UNANSWERED = "unanswered"
    CANNOT_JUDGE = "cannot-judge"
    IMPRECISE = "imprecise"


@dataclass(frozen=True)
class Gap:
    """`skill` is the slug that counted: the best answered one, or the first when none is.

    `have` is None where nothing was answered or it could not be judged. An imprecise target is
    unknown besides, whatever the answer, up to the top of the scale: nobody can ask for more.
    """

    requirement: Requirement
    skill: str
    have: int | None
    answer: Answer | None
    scale_top: int

    @property
    def need(self) -> int:
        return self.requirement.level

    @property
    def is_imprecise(self) -> bool:
        """Then `need` must not be shown, nor counted levels from."""
        return self.requirement.imprecise

    @property
    def need_at_least(self) -> int:
        return 1 if self.is_imprecise else self.need

    @property
    def need_at_most(self) -> int:
        return self.scale_top if self.is_imprecise else self.need

    @property
    def standing(self) -> Standing:
        if self.have is None:
            return Standing.UNKNOWN
        if self.have >= self.need_at_most:
            return Standing.MET
        return Standing.UNKNOWN if self.is_imprecise else Standing.SHORT

    @property
    def short(self) -> int:
        """Levels still to go; 0 when met or unknown."""
        if self.have is None or self.is_imprecise:
            return 0
        return max(0, self.need - self.have)

    @property
    def above(self) -> int:
        """Levels beyond the target; 0 when short or unknown, and of a target that is not known."""
        if self.have is None or self.is_imprecise:
            return 0
        return max(0, self.have - self.need)

    @property
    def unknown_because(self) -> Reason | None:
        if self.standing is not Standing.UNKNOWN:
            return None
        if self.answer is None:
            return Reason.UNANSWERED
        return Reason.CANNOT_JUDGE if self.have is None else Reason.IMPRECISE

    @property
    def is_over_a_year_old(self) -> bool:
        return self.answer is not None and self.answer.is_over_a_year_old

    @property
    def have_at_least(self) -> int:
        """The lower end: one level less where it was last done over a year ago."""
        if self.have is None:
            return 0
        return max(0, self.have - 1) if self.is_over_a_year_old else self.have

    @property
    def have_at_most(self) -> int:
        """The upper end: an unknown one might be met."""
        return self.need if self.have is None else self.have


@dataclass(frozen=True)
class Result:
    """Every requirement of a definition, in the role's own order."""

    gaps: tuple[Gap, ...]

    @cached_property
    def met(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.standing is Standing.MET)

    @cached_property
    def short(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.standing is Standing.SHORT)

    @cached_property
    def unknown(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.standing is Standing.UNKNOWN)

    @property
    def one_below(self) -> int:
        return sum(1 for gap in self.short if gap.short == 1)

    @property
    def two_or_more_below(self) -> int:
        return sum(1 for gap in self.short if gap.short >= 2)


def result(definition: Definition, answers: Answers) -> Result:
    return Result(
        tuple(gap(definition, requirement, answers) for requirement in definition.requirements)
    )


def gap(definition: Definition, requirement: Requirement, answers: Answers) -> Gap:
    """Of several skills the one answered highest counts; of equals see _RECENCY; then the first."""
    skill = max(
        requirement.skills,
        key=lambda slug: _rank(answers.get(slug)),
    )
    answer = answers.get(skill)
    return Gap(
        requirement=requirement,
        skill=skill,
        have=answer.level if answer else None,
        answer=answer,
        scale_top=definition.scale_of(skill).top,
    )


def _rank(answer: Answer | None) -> tuple[int, int, int]:
    if answer is None:
        return (-2, 0, 0)
    if answer.level is None:
        return (-1, 0, 0)
    return (0, answer.level, _RECENCY.index(answer.last_done))


@dataclass(frozen=True)
class QualificationGap:
    qualification: Qualification
    standing: Standing
    education: Education | None


def qualification_gaps(
    definition: Definition, education: Education | None
) -> tuple[QualificationGap, ...]:
    return tuple(
        QualificationGap(qualification, _standing(qualification, education), education)
        for qualification in definition.qualifications
    )


def _standing(qualification: Qualification, education: Education | None) -> Standing:
    """A higher degree than those listed counts too, in any of the fields."""
    if education is None:
        return Standing.UNKNOWN
    order = list(Degree)
    lowest = min(order.index(Degree(degree)) for degree in qualification.degrees)
    high_enough = order.index(education.degree) >= lowest
    right_field = not qualification.fields or education.field in qualification.fields
    return Standing.MET if high_enough and right_field else Standing.SHORT
