"""From one occupation to another through related ones, each step smaller than the whole jump.

A gap is counted in millionths, so that sums and comparisons are exact: 0 where people in the one
can do all that the other asks for, a million where they can do nothing of it.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

from .profiles import Asked, Profile

WHOLE = 1_000_000
MOST_STEPS = 4
# A jump up to this size is one step already.
SMALL = 100_000
GAINS = 3


@dataclass(frozen=True)
class Gain:
    """A target of the next occupation that people in the one before do not reach yet."""

    asked: Asked
    have: int

    @property
    def missing(self) -> Fraction:
        return self.asked.weight * Fraction(self.asked.level - self.have, self.asked.level)


@dataclass(frozen=True)
class Step:
    start: str
    end: str
    gap: int


@dataclass(frozen=True)
class Route:
    """`steps` is empty where the jump is small, or no way round has smaller steps throughout."""

    direct: int
    steps: tuple[Step, ...]

    @property
    def is_small(self) -> bool:
        return self.direct <= SMALL


class Landscape:
    """Rated occupations and which of them are related; being related holds both ways."""

    def __init__(
        self, profiles: Iterable[Profile], related: Iterable[tuple[str, str]], top: int
    ) -> None:
        self.profiles = {one.code: one for one in profiles if one.asked}
        self._unit = lcm(*range(1, top + 1))
        self._targets = {
            code: [
                (target.element, target.level, target.weight, self._unit // target.level)
                for target in one.asked
                if not target.imprecise
            ]
            for code, one in self.profiles.items()
        }
        self._gaps: dict[tuple[str, str], int | None] = {}
        neighbours: dict[str, set[str]] = {code: set() for code in self.profiles}
        for one, other in related:
            if one in neighbours and other in neighbours and one != other:
                neighbours[one].add(other)
                neighbours[other].add(one)
        self.neighbours: Mapping[str, tuple[str, ...]] = {
            code: tuple(sorted(others)) for code, others in neighbours.items()
        }

    def gap(self, start: str, end: str) -> int | None:
        """Over the targets of which both sides are known; None where there are none."""
        if (start, end) not in self._gaps:
            self._gaps[start, end] = self._gap(start, end)
        return self._gaps[start, end]

    def _gap(self, start: str, end: str) -> int | None:
        levels = self.profiles[start].levels
        missing = weights = 0
        for element, need, weight, units in self._targets[end]:
            have = levels.get(element)
            if have is not None:
                weights += weight
                if have < need:
                    missing += weight * (need - have) * units
        if not weights:
            return None
        whole = self._unit * weights
        return (2 * missing * WHOLE + whole) // (2 * whole)

    def gains(self, start: str, end: str, most: int = GAINS) -> tuple[Gain, ...]:
        """What has to be learnt, the most first; in the role's own order where it is as much."""
        levels = self.profiles[start].levels
        found = [
            Gain(one, levels[one.element])
            for one in self.profiles[end].asked
            if not one.imprecise and levels.get(one.element, one.level) < one.level
        ]
        return tuple(sorted(found, key=lambda one: -one.missing)[:most])

    def route(self, start: str, end: str) -> Route | None:
        """None where the two cannot be compared.

        Of all ways in at most `MOST_STEPS`, the one whose largest step is smallest, then that
        with the smallest sum, then the shortest, then the first by its codes.
        """
        direct = self.gap(start, end)
        if direct is None or start == end:
            return None
        if direct <= SMALL:
            return Route(direct, ())
        distances = self._distances(end)
        largest = self._smallest_largest(start, end, direct, distances)
        if largest is None:
            return Route(direct, ())
        return Route(direct, self._smallest_sum(start, end, largest, distances))

    def _distances(self, end: str) -> Mapping[str, int]:
        """How many steps from each occupation to the end, as far as there may be steps."""
        found = {end: 0}
        waiting = deque([end])
        while waiting:
            here = waiting.popleft()
            if found[here] == MOST_STEPS:
                break
            for there in self.neighbours[here]:
                if there not in found:
                    found[there] = found[here] + 1
                    waiting.append(there)
        return found

    def _smallest_largest(
        self, start: str, end: str, direct: int, distances: Mapping[str, int]
    ) -> int | None:
        layer, best = {start: 0}, direct
        for left in reversed(range(MOST_STEPS)):
            reached: dict[str, int] = {}
            for here, largest in layer.items():
                for there in self.neighbours[here]:
                    if distances.get(there, MOST_STEPS) > left:
                        continue
                    gap = self.gap(here, there)
                    if gap is None or max(gap, largest) >= min(best, reached.get(there, best)):
                        continue
                    reached[there] = max(gap, largest)
            best = min(best, reached.pop(end, best))
            layer = reached
        return best if best < direct else None

    def _smallest_sum(
        self, start: str, end: str, largest: int, distances: Mapping[str, int]
    ) -> tuple[Step, ...]:
        layer: dict[str, tuple[int, tuple[str, ...]]] = {start: (0, (start,))}
        ways: list[tuple[int, int, tuple[str, ...]]] = []
        for left in reversed(range(MOST_STEPS)):
            reached: dict[str, tuple[int, tuple[str, ...]]] = {}
            for here, (total, way) in layer.items():
                for there in self.neighbours[here]:
                    gap = self.gap(here, there)
                    if gap is None or gap > largest or distances.get(there, MOST_STEPS) > left:
                        continue
                    longer = (total + gap, (*way, there))
                    if there not in reached or longer < reached[there]:
                        reached[there] = longer
            if end in reached:
                total, way = reached.pop(end)
                ways.append((total, len(way), way))
            layer = reached
        _total, _length, way = min(ways)
        return tuple(Step(one, other, self.gap(one, other) or 0) for one, other in pairwise(way))
