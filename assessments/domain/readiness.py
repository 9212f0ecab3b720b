"""How much of a role is covered: a score beside the fraction, with a range where it is unsure."""

from dataclasses import dataclass
from fractions import Fraction

from .definition import Requirement
from .gaps import Gap, Result

ESSENTIAL_FACTOR = 2


@dataclass(frozen=True)
class Share:
    """One line of the sum: weight x part, where part = min(1, have / need).

    An imprecise target counts as the scale's top at the low end, and as level 1 at the high end.
    """

    gap: Gap
    weight: int
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Readiness:
    """`low` and `high` are fractions from 0 to 1; they are equal when nothing is unsure."""

    met: int
    targets: int
    low: Fraction
    high: Fraction
    shares: tuple[Share, ...]

    @property
    def is_range(self) -> bool:
        return self.low_points != self.high_points

    @property
    def low_points(self) -> int:
        return points(self.low)

    @property
    def high_points(self) -> int:
        return points(self.high)

    @property
    def total_weight(self) -> int:
        return sum(share.weight for share in self.shares)

    @property
    def low_sum(self) -> Fraction:
        return sum((share.weight * share.low for share in self.shares), Fraction(0))

    @property
    def high_sum(self) -> Fraction:
        return sum((share.weight * share.high for share in self.shares), Fraction(0))


def weight(requirement: Requirement) -> int:
    return requirement.importance * (ESSENTIAL_FACTOR if requirement.essential else 1)


def readiness(result: Result) -> Readiness:
    shares = tuple(
        Share(
            gap=gap,
            weight=weight(gap.requirement),
            low=low_part(gap),
            high=high_part(gap),
        )
        for gap in result.gaps
    )
    total = sum(share.weight for share in shares)
    return Readiness(
        met=len(result.met),
        targets=len(result.gaps),
        low=_mean([(share.weight, share.low) for share in shares], total),
        high=_mean([(share.weight, share.high) for share in shares], total),
        shares=shares,
    )


def low_part(gap: Gap) -> Fraction:
    return part(gap.have_at_least, gap.need_at_most)


def high_part(gap: Gap) -> Fraction:
    return part(gap.have_at_most, gap.need_at_least)


def part(have: int, need: int) -> Fraction:
    return min(Fraction(1), Fraction(have, need))


def points(share: Fraction) -> int:
    """Out of 100, to the nearest whole; never 0 for something, never 100 for less than all."""
    if share <= 0:
        return 0
    if share >= 1:
        return 100
    return min(99, max(1, int(share * 100 + Fraction(1, 2))))


def _mean(terms: list[tuple[int, Fraction]], total: int) -> Fraction:
    if not total:
        return Fraction(1)
    return sum((weight * value for weight, value in terms), Fraction(0)) / total
