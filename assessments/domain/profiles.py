"""What a rated occupation asks for, and what people in it can do: short enough to hold them all.

The same rules that make an occupation's published requirements, without the words around them.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from .onet import ESSENTIAL, IMPORTANCE, Rating, natural, whole
from .readiness import ESSENTIAL_FACTOR


@dataclass(frozen=True)
class Asked:
    """One element at one level, at least 1. An `imprecise` level is not to be relied on."""

    element: str
    level: int
    importance: int
    essential: bool
    imprecise: bool = False

    @property
    def weight(self) -> int:
        return self.importance * (ESSENTIAL_FACTOR if self.essential else 1)

    def need_at_least(self) -> int:
        return 1 if self.imprecise else self.level

    def need_at_most(self, top: int) -> int:
        return top if self.imprecise else self.level


@dataclass(frozen=True)
class Profile:
    """`levels` are those of people in the occupation, wherever the source vouches for them."""

    code: str
    asked: tuple[Asked, ...]
    levels: Mapping[str, int]

    @cached_property
    def weight(self) -> int:
        return sum(one.weight for one in self.asked)


def profile(code: str, ratings: str, threshold: Decimal = IMPORTANCE, top: int = 7) -> Profile:
    """From the JSON that `Occupation.ratings` describes; in the order of the requirements."""
    asked: list[Rating] = []
    levels: dict[str, int] = {}
    for one in map(_rating, json.loads(ratings)):
        if not one.relevant:
            levels[one.element] = 0
        elif one.level is not None:
            if not one.imprecise:
                levels[one.element] = min(top, whole(one.level))
            if one.importance >= threshold:
                asked.append(one)
    asked.sort(key=lambda one: (-one.importance, -(one.level or 0), natural(one.element)))
    return Profile(code, tuple(_asked(one, top) for one in asked), levels)


def _rating(row: list[Any]) -> Rating:
    element, importance, level, imprecise, relevant = row
    return Rating(
        element=sys.intern(element),
        importance=Decimal(importance),
        level=None if level is None else Decimal(level),
        imprecise=imprecise,
        relevant=relevant,
    )


def _asked(one: Rating, top: int) -> Asked:
    """As `onet.requirements` has it."""
    return _one_for_all(
        one.element,
        min(top, max(1, whole(one.level or Decimal(0)))),
        min(5, max(1, whole(one.importance))),
        one.importance >= ESSENTIAL,
        one.imprecise,
    )


@lru_cache(maxsize=20_000)
def _one_for_all(
    element: str, level: int, importance: int, essential: bool, imprecise: bool
) -> Asked:
    """A thousand roles ask for much the same: tens of thousands of targets, few of them unlike."""
    return Asked(element, level, importance, essential, imprecise)
