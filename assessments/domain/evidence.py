"""What a person's answers say about the elements by which occupations are rated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .answers import Answer
from .crosswalk import estimate


@dataclass(frozen=True)
class Bearing:
    """An answer that bears on an element. `own`: it was given to this very element.

    `top` is that of the scale the answer was given on, `to_top` that of the element's.
    """

    element: str
    answer: Answer
    top: int
    to_top: int
    own: bool = False
    loose: bool = False

    @property
    def interval(self) -> tuple[int, int] | None:
        """The levels it leaves possible; None for "I can't judge this".

        Age takes one level off the lower end, on the scale the answer was given on.
        """
        level = self.answer.level
        if level is None or not 0 <= level <= self.top:
            return None
        least = max(0, level - 1) if self.answer.is_over_a_year_old else level
        if self.own:
            return least, level
        low, _ = estimate(least, self.top, self.to_top, loose=self.loose)
        _, high = estimate(level, self.top, self.to_top, loose=self.loose)
        return low, high


@dataclass(frozen=True)
class Known:
    """From `low` to `high`, both on the element's own scale."""

    low: int
    high: int
    own: bool
    loose: bool


def evidence(bearings: Iterable[Bearing]) -> Mapping[str, Known]:
    """One interval for each element that anything is known about.

    The element's own answer stands alone. Else answers to skills that mean the same go before
    those that only overlap. Of several such, the best counts, as in any requirement that names
    several skills: one more answer never makes less of those already given.
    """
    found: dict[str, Known] = {}
    for bearing in bearings:
        if (interval := bearing.interval) is None:
            continue
        known = Known(*interval, own=bearing.own, loose=bearing.loose and not bearing.own)
        before = found.get(bearing.element)
        if before is None or _rank(known) > _rank(before):
            found[bearing.element] = known
        elif _rank(known) == _rank(before):
            found[bearing.element] = Known(
                max(before.low, known.low), max(before.high, known.high), known.own, known.loose
            )
    return found


def _rank(known: Known) -> tuple[bool, bool]:
    return known.own, not known.loose
