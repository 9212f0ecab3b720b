"""Would the first priorities stay, were one answer a level off? Found by trying every one.

An answer moves only the requirements that name its skill, so only those are looked at again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from .answers import Answer
from .definition import Definition
from .gaps import Answers, Gap, Result, Standing, gap, result
from .priorities import FIRST, SortKey, sort_key
from .readiness import high_part, low_part, weight

MET = Standing.MET
STEPS = (-1, 1)
Place = tuple[SortKey, int]


@dataclass(frozen=True)
class Shift:
    """One answer moved by one level, and the first priorities that would follow."""

    skill: str
    answered: int
    tried: int
    first: tuple[str, ...]


@dataclass(frozen=True)
class Rise:
    """The answer whose rise by one level adds most, among those to targets that are not met: past
    a target it would only make up for what was last done long ago.

    `low` and `high` are what is added to the two ends of readiness, as parts of the whole; the
    middle of the two decides.
    """

    skill: str
    answered: int
    low: Fraction
    high: Fraction

    @property
    def gain(self) -> Fraction:
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Stability:
    """`shifts` are those that change which requirements come first, or their order."""

    first: tuple[str, ...]
    tried: int
    shifts: tuple[Shift, ...]
    most: Rise | None

    @property
    def is_stable(self) -> bool:
        return not self.shifts

    @property
    def replacing(self) -> tuple[Shift, ...]:
        """Those after which other requirements come first; the rest only swap places."""
        return tuple(shift for shift in self.shifts if set(shift.first) != set(self.first))

    @property
    def reordering(self) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if set(shift.first) == set(self.first))

    @property
    def decisive(self) -> tuple[str, ...]:
        """The skills whose answers the first priorities hang on."""
        return tuple(dict.fromkeys(shift.skill for shift in self.shifts))


def stability(definition: Definition, answers: Answers, outcome: Result | None = None) -> Stability:
    """`outcome` is what the answers come to, where it is known already."""
    gaps = (outcome or result(definition, answers)).gaps
    places = sorted((sort_key(one), number) for number, one in enumerate(gaps) if one.short)
    first = _named(gaps, places[:FIRST])
    total = sum(weight(one.requirement) for one in gaps)
    uses = _uses(definition)
    tried, shifts, most = 0, [], None
    for skill, answered, level in _tries(definition, answers, uses):
        changed = {**answers, skill: replace(answers[skill], level=level)}
        moved = {
            number: gap(definition, definition.requirements[number], changed)
            for number in uses[skill]
        }
        tried += 1
        now = _named(gaps, _first(places, moved))
        if now != first:
            shifts.append(Shift(skill, answered, level, now))
        if level > answered and any(gaps[number].standing is not MET for number in moved):
            rise = _rise(skill, answered, gaps, moved, total)
            if rise.gain > (most.gain if most else 0):
                most = rise
    return Stability(first, tried, tuple(shifts), most)


def _uses(definition: Definition) -> dict[str, list[int]]:
    """By skill, the places of the requirements that name it."""
    found: dict[str, list[int]] = {}
    for number, requirement in enumerate(definition.requirements):
        for skill in requirement.skills:
            found.setdefault(skill, []).append(number)
    return found


def _tries(
    definition: Definition, answers: Mapping[str, Answer], uses: Mapping[str, list[int]]
) -> Iterator[tuple[str, int, int]]:
    for skill in uses:
        answer = answers.get(skill)
        if answer is None or answer.level is None:
            continue
        for step in STEPS:
            level = answer.level + step
            if 0 <= level <= definition.scale_of(skill).top:
                yield skill, answer.level, level


def _first(places: list[Place], moved: Mapping[int, Gap]) -> list[Place]:
    """The first of `places` once the moved requirements stand where they belong now."""
    staying: list[Place] = []
    for place in places:
        if place[1] not in moved:
            staying.append(place)
            if len(staying) == FIRST:
                break
    coming = [(sort_key(one), number) for number, one in moved.items() if one.short]
    return sorted(staying + coming)[:FIRST]


def _named(gaps: tuple[Gap, ...], places: list[Place]) -> tuple[str, ...]:
    return tuple(gaps[number].requirement.slug for _key, number in places)


def _rise(
    skill: str, answered: int, gaps: tuple[Gap, ...], moved: Mapping[int, Gap], total: int
) -> Rise:
    low = high = Fraction(0)
    for number, after in moved.items():
        before, factor = gaps[number], Fraction(weight(after.requirement), total)
        low += factor * (low_part(after) - low_part(before))
        high += factor * (high_part(after) - high_part(before))
    return Rise(skill, answered, low, high)
