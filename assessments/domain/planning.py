"""A plan in hours and dates: how long each gap takes, in which order, and when it is closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from .definition import Link, Requirement
from .gaps import Gap
from .priorities import sort_key

# Hours of practice from the level below to this one, on the five-level scale. They are rules of
# thumb: the later steps take longer because they need real work behind them.
HOURS_TO_REACH: Mapping[int, int] = {1: 10, 2: 30, 3: 80, 4: 160}
# On any other scale. Seven such steps take as long as the four above.
HOURS_PER_STEP_ELSEWHERE = 40
LONGEST_PLAN = timedelta(weeks=52 * 20)


class Source(StrEnum):
    """Who says how long a part takes."""

    PERSON = "person"
    RESOURCE = "resource"
    DEFAULT = "default"


@dataclass(frozen=True)
class Part:
    """The hours from one level to another."""

    from_level: int
    to_level: int
    hours: int
    source: Source


@dataclass(frozen=True)
class Effort:
    parts: tuple[Part, ...]

    @property
    def hours(self) -> int:
        return sum(part.hours for part in self.parts)


@dataclass(frozen=True)
class Target:
    """A skill to bring from one level to another, for a requirement of some report."""

    from_level: int
    to_level: int
    scale_top: int


@dataclass(frozen=True)
class Task:
    key: str
    hours: int
    is_done: bool = False


@dataclass(frozen=True)
class Step:
    """When one task is worked on: weeks are counted from the plan's start, the first is 1.

    Both dates are None where it would end more than twenty years after the start.
    """

    key: str
    hours: int
    first_week: int
    week: int
    starts: date | None
    ends: date | None


def default_hours(level: int, scale_top: int) -> int:
    """From the level below to this one, if nobody knows better."""
    if scale_top != max(HOURS_TO_REACH):
        return HOURS_PER_STEP_ELSEWHERE
    return HOURS_TO_REACH[level]


def effort(target: Target, *, own: int | None = None, link: Link | None = None) -> Effort:
    """What the person says counts for the whole way. Otherwise what the resource says counts for
    the levels it leads through, and every level it does not reach counts with the default."""
    low, high = target.from_level, target.to_level
    if own is not None:
        return Effort((Part(low, high, own, Source.PERSON),))
    if link is None or link.hours is None or link.to_level <= low or link.from_level >= high:
        return Effort(_by_default(target, low, high))
    begins, ends = max(low, link.from_level), min(high, link.to_level)
    return Effort(
        (
            *_by_default(target, low, begins),
            Part(begins, ends, link.hours, Source.RESOURCE),
            *_by_default(target, ends, high),
        )
    )


def _by_default(target: Target, low: int, high: int) -> tuple[Part, ...]:
    return tuple(
        Part(level - 1, level, default_hours(level, target.scale_top), Source.DEFAULT)
        for level in range(low + 1, high + 1)
    )


def order_key(requirement: Requirement, place: int, target: Target) -> tuple[bool, Fraction, int]:
    """As the reports order gaps; `place` is the requirement's in its role. Smallest first."""
    gap = Gap(requirement, requirement.skills[0], target.from_level, None, target.scale_top)
    return *sort_key(gap), place


def joined(planned: Target, other: Target, *, other_is_newer: bool) -> Target:
    """One way for two reports: up to the higher target, from the level last said.

    Levels of unlike scales do not compare: then the newer report counts alone.
    """
    if planned.scale_top != other.scale_top:
        return other if other_is_newer else planned
    return Target(
        from_level=other.from_level if other_is_newer else planned.from_level,
        to_level=max(planned.to_level, other.to_level),
        scale_top=planned.scale_top,
    )


def schedule(tasks: Iterable[Task], *, start: date, hours_a_week: int) -> tuple[Step, ...]:
    """One after the other, in the order given; what is done takes no time.

    A task ends on the last day of the week in which its last hour falls.
    """
    if hours_a_week < 1:
        raise ValueError("hours_a_week must be at least 1")
    steps = []
    used = 0
    for task in tasks:
        if task.is_done:
            continue
        first_week = used // hours_a_week + 1
        used += task.hours
        week = max(1, ceil(used / hours_a_week))
        is_near = week <= LONGEST_PLAN // timedelta(weeks=1)
        steps.append(
            Step(
                key=task.key,
                hours=task.hours,
                first_week=first_week,
                week=week,
                starts=start + timedelta(weeks=first_week - 1) if is_near else None,
                ends=start + timedelta(weeks=week, days=-1) if is_near else None,
            )
        )
    return tuple(steps)
