"""Which gaps to close first, and by what reckoning."""

from dataclasses import dataclass
from fractions import Fraction

from .gaps import Gap, Result

FIRST = 3
SortKey = tuple[bool, Fraction]


@dataclass(frozen=True)
class Priority:
    """`urgency` is importance x levels short / levels on the scale, from 0 to 5."""

    gap: Gap
    urgency: Fraction


def priorities(result: Result) -> tuple[Priority, ...]:
    """Essential before desirable, then urgency, then the role's own order."""
    return tuple(Priority(gap, urgency(gap)) for gap in sorted(result.short, key=sort_key))


def sort_key(gap: Gap) -> SortKey:
    """Smallest first; what is equal stays in the role's own order."""
    return not gap.requirement.essential, -urgency(gap)


def urgency(gap: Gap) -> Fraction:
    return gap.requirement.importance * Fraction(gap.short, gap.scale_top)


def largest(result: Result) -> Gap | None:
    """The gap with most levels to go; of equals, the one to close first."""
    ranked = priorities(result)
    if not ranked:
        return None
    return max(ranked, key=lambda priority: priority.gap.short).gap
