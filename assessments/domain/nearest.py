"""How near somebody's answers come to each of a thousand roles, in one go.

Every sum is over whole numbers: a part of a target is counted in `unit`s, of which every level's
share of every target is a whole number. Fractions are made only of what is shown.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from heapq import nlargest
from math import lcm
from operator import itemgetter
from typing import Any

from .evidence import Known
from .profiles import Asked, Profile

# Of a role's weight, the share that the answers must bear on before it is ranked at all.
RANKED_FROM = Fraction(1, 2)
BETWEEN = 3

Row = Callable[[list[int]], tuple[int, ...]]


@dataclass(frozen=True)
class Fit:
    """Sums for one role; `low` and `high` in units, over what the answers cover and no more.

    `used` of `had` is how much of what the person can do is called for there: levels of either
    end of what is known, added up over every element whose level there is known.
    """

    profile: Profile
    unit: int
    covered_weight: int
    low: int
    high: int
    used: int
    had: int

    @property
    def covered(self) -> Fraction:
        return Fraction(self.covered_weight, self.profile.weight)

    @property
    def fit_low(self) -> Fraction:
        """Over the covered part, which must not be empty."""
        return Fraction(self.low, self.unit * self.covered_weight)

    @property
    def fit_high(self) -> Fraction:
        return Fraction(self.high, self.unit * self.covered_weight)

    @property
    def use(self) -> Fraction:
        return Fraction(self.used, self.had) if self.had else Fraction(0)

    @property
    def readiness_low(self) -> Fraction:
        """Over the whole role: what is unknown counts nothing here, and all of it above."""
        return Fraction(self.low, self.unit * self.profile.weight)

    @property
    def readiness_high(self) -> Fraction:
        unknown = self.unit * (self.profile.weight - self.covered_weight)
        return Fraction(self.high + unknown, self.unit * self.profile.weight)

    @property
    def sort_key(self) -> tuple[float, float, str]:
        """The nearest first: the middle of the fit times the share of use, then what is covered.

        Fit alone would put the least demanding of all roles first, whoever asks. Each number is
        one division of whole ones so far below 2**53 that unequal quotients stay unequal.
        """
        near = (self.low + self.high) * self.used / ((self.covered_weight * self.had) or 1)
        return -near, -self.covered_weight / self.profile.weight, self.profile.code


@dataclass(frozen=True)
class Nearest:
    """`ranked`, the nearest first; `left_out` counts those of which too little is covered."""

    ranked: tuple[Fit, ...]
    left_out: int


class Roles:
    """Profiles made ready for `nearest`: each role is a row of numbers of cells.

    A cell is what any role may ask of an element, or what people there can do. Roles share most
    of theirs, so that a person's part in each is worked out once, and a role only adds up.
    """

    def __init__(self, profiles: Iterable[Profile], top: int) -> None:
        """`top` is the highest level of the scale that all elements are rated on."""
        self.top = top
        self.profiles = tuple(one for one in profiles if one.asked)
        self.unit = lcm(*range(1, top + 1))
        asked: dict[tuple[str, int, int, int], int] = {}
        able: dict[tuple[str, int], int] = {}
        self._asked_rows: list[Row] = []
        self._able_rows: list[Row] = []
        for one in self.profiles:
            targets = [
                (target.element, target.need_at_least(), target.need_at_most(top), target.weight)
                for target in one.asked
            ]
            self._asked_rows.append(_row(asked, targets))
            self._able_rows.append(_row(able, one.levels.items()))
        self._asked, self._able = tuple(asked), tuple(able)
        # Several sums in one number, side by side and this far apart: none reaches the next.
        largest = max((self.unit * one.weight for one in self.profiles), default=0)
        self._bits = max(largest, 2 * top * max(len(able), 1)).bit_length()

    @cached_property
    def by_code(self) -> Mapping[str, Profile]:
        return {one.code: one for one in self.profiles}

    def fits(self, known: Mapping[str, Known]) -> tuple[Fit, ...]:
        """One for each profile that asks for anything, in the given order."""
        bits = self._bits
        mask = (1 << bits) - 1
        parts, uses = [0], [0]
        for element, least, most, weight in self._asked:
            part = 0
            if have := known.get(element):
                low = weight * min(have.low, most) * (self.unit // most)
                high = weight * min(have.high, least) * (self.unit // least)
                part = weight << 2 * bits | low << bits | high
            parts.append(part)
        for element, level in self._able:
            use = 0
            if have := known.get(element):
                used = min(have.low, level) + min(have.high, level)
                use = used << bits | have.low + have.high
            uses.append(use)
        fits = []
        for profile, asked, able in zip(
            self.profiles, self._asked_rows, self._able_rows, strict=True
        ):
            part, use = sum(asked(parts)), sum(able(uses))
            low, high = part >> bits & mask, part & mask
            fits.append(
                Fit(profile, self.unit, part >> 2 * bits, low, high, use >> bits, use & mask)
            )
        return tuple(fits)


def _row(numbers: dict[Any, int], cells: Iterable[Any]) -> Row:
    """Takes from a list what belongs to these cells, each numbered from 1 when first met.

    And twice the empty cell 0: with fewer than two numbers an itemgetter gives no tuple.
    """
    return itemgetter(0, 0, *[numbers.setdefault(cell, len(numbers) + 1) for cell in cells])


def nearest(roles: Roles, known: Mapping[str, Known]) -> Nearest:
    fits = roles.fits(known)
    enough, of = RANKED_FROM.as_integer_ratio()
    ranked = [one for one in fits if one.covered_weight * of >= one.profile.weight * enough]
    ranked.sort(key=lambda one: one.sort_key)
    return Nearest(tuple(ranked), len(fits) - len(ranked))


@dataclass(frozen=True)
class Between:
    """A target that may not be met yet. `missing` is weight x the part missing, in the middle."""

    asked: Asked
    known: Known
    missing: Fraction


@dataclass(frozen=True)
class Standings:
    """How many targets are surely met, surely short, perhaps met, and not known at all."""

    met: int
    short: int
    unsure: int
    unknown: int


def between(profile: Profile, known: Mapping[str, Known], most: int = BETWEEN) -> list[Between]:
    """Those that cost most, in the role's own order where they cost the same.

    Targets whose level is not known are left out: nobody can say how far off they are.
    """
    found = [
        Between(one, have, one.weight * (1 - (_part(have.low, one) + _part(have.high, one)) / 2))
        for one in profile.asked
        if not one.imprecise and (have := known.get(one.element)) and have.low < one.level
    ]
    return nlargest(most, found, key=lambda one: one.missing)


def standings(profile: Profile, known: Mapping[str, Known], top: int) -> Standings:
    met = short = unsure = unknown = 0
    for one in profile.asked:
        have = known.get(one.element)
        if have is None:
            unknown += 1
        elif have.low >= one.need_at_most(top):
            met += 1
        elif have.high < one.need_at_least():
            short += 1
        else:
            unsure += 1
    return Standings(met, short, unsure, unknown)


def _part(have: int, one: Asked) -> Fraction:
    return min(Fraction(1), Fraction(have, one.level))
