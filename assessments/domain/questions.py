"""The questions a definition asks, in order, and how far a person has got."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, cast

from .definition import Definition, Group, Requirement

SECONDS_PER_QUESTION = 25
SECONDS_FOR_THE_REST = 60
# From here on one does it, if only with help. Somebody below may still be good at an alternative,
# and is asked; a cut-off at the target would give the target away.
SETTLING_LEVEL = 2


class Progress(StrEnum):
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"


@dataclass(frozen=True)
class Question:
    """One skill, asked once, in the group of the first requirement that names it.

    `number` of `of` counts within the group, which is `group_number` of `groups` that ask anything.
    """

    skill: str
    requirements: tuple[Requirement, ...]
    group: Group
    number: int
    of: int
    group_number: int
    groups: int

    @property
    def requirement(self) -> Requirement:
        return self.requirements[0]

    @property
    def one_is_enough(self) -> bool:
        """Not if another requirement asks for this skill alone."""
        return all(requirement.any_of for requirement in self.requirements)

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The other skills of which one is enough."""
        return tuple(skill for skill in self.requirement.skills if skill != self.skill)


@dataclass(frozen=True)
class GroupProgress:
    group: Group
    questions: tuple[Question, ...]
    progress: Progress
    next: Question
    answered: int
    needed: int


def questions(definition: Definition) -> tuple[Question, ...]:
    """Kept with the definition, as its cached properties are: every page of a question asks."""
    kept = vars(definition)
    if "_questions" not in kept:
        kept["_questions"] = tuple(_questions(definition))
    return cast(tuple[Question, ...], kept["_questions"])


def _questions(definition: Definition) -> Iterator[Question]:
    naming: dict[str, list[Requirement]] = {}
    for requirement in definition.requirements:
        for skill in requirement.skills:
            naming.setdefault(skill, []).append(requirement)
    asked: set[str] = set()
    asking: list[tuple[Group, list[str]]] = []
    for group, requirements in definition.groups_in_use():
        mine = [skill for requirement in requirements for skill in requirement.skills]
        if mine := [skill for skill in dict.fromkeys(mine) if skill not in asked]:
            asked.update(mine)
            asking.append((group, mine))
    for place, (group, mine) in enumerate(asking, start=1):
        for number, skill in enumerate(mine, start=1):
            needs = tuple(naming[skill])
            yield Question(skill, needs, group, number, len(mine), place, len(asking))


class HasLevel(Protocol):
    """Anything that is an answer. Its level is None for "can't judge"."""

    @property
    def level(self) -> int | None: ...


Given = Mapping[str, HasLevel]


def is_needed(question: Question, given: Given) -> bool:
    """Not if it is answered, nor if another skill already settles each of its requirements."""
    return question.skill not in given and not all(
        _is_settled(requirement, given) for requirement in question.requirements
    )


def next_question(
    definition: Definition, given: Given, after: str | None = None
) -> Question | None:
    """The next needed one after the skill `after`; past the end, the first needed one.

    None when nothing is left to ask.
    """
    everything = questions(definition)
    start = next(
        (place + 1 for place, question in enumerate(everything) if question.skill == after),
        0,
    )
    for question in everything[start:] + everything[:start]:
        if is_needed(question, given):
            return question
    return None


def question_about(definition: Definition, skill: str) -> Question | None:
    return next((one for one in questions(definition) if one.skill == skill), None)


def previous_question(definition: Definition, skill: str) -> Question | None:
    before = None
    for question in questions(definition):
        if question.skill == skill:
            return before
        before = question
    return None


def progress(definition: Definition, given: Given) -> tuple[GroupProgress, ...]:
    """`answered` of `needed` are targets; each of them counts in one group."""
    found: list[GroupProgress] = []
    everything = questions(definition)
    homes = _homes(everything)
    for group, _requirements in definition.groups_in_use():
        mine = tuple(question for question in everything if question.group == group)
        if not mine:
            continue
        needed = [one for one in definition.requirements if homes[one.slug] == group]
        left = [one for one in needed if not _is_settled(one, given)]
        open_ones = [question for question in mine if is_needed(question, given)]
        touched = len(left) < len(needed) or any(one.skill in given for one in mine)
        found.append(
            GroupProgress(
                group=group,
                questions=mine,
                progress=_progress(left=bool(left), touched=touched),
                next=open_ones[0] if open_ones else mine[0],
                answered=len(needed) - len(left),
                needed=len(needed),
            )
        )
    return tuple(found)


def _homes(everything: tuple[Question, ...]) -> dict[str, Group]:
    """A target counts in its own group; when no skill of it is asked there, where its first is."""
    homes: dict[str, Group] = {}
    for question in everything:
        for requirement in question.requirements:
            if question.group.slug == requirement.group:
                homes[requirement.slug] = question.group
            else:
                homes.setdefault(requirement.slug, question.group)
    return homes


def minutes(definition: Definition) -> int:
    """An estimate for the start page, rounded up, for somebody who is asked everything."""
    seconds = SECONDS_FOR_THE_REST + SECONDS_PER_QUESTION * len(questions(definition))
    return -int(-Fraction(seconds, 60) // 1)


def _progress(*, left: bool, touched: bool) -> Progress:
    if not left:
        return Progress.COMPLETED
    return Progress.IN_PROGRESS if touched else Progress.NOT_STARTED


def _is_settled(requirement: Requirement, given: Given) -> bool:
    """One skill is at a level at which one does it; or all are answered, whatever with."""
    answers = [given[skill] for skill in requirement.skills if skill in given]
    does_one = any((answer.level or 0) >= SETTLING_LEVEL for answer in answers)
    return does_one or len(answers) == len(requirement.skills)
