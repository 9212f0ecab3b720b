"""Which gaps to close first, and by what reckoning."""

from dataclasses import dataclass
from fractions import Fraction

from .gaps import Gap, Result

FIRST = 3


@dataclass(frozen=True)
class Priority:
    """`urgency` is importance x levels short / levels on the scale, from 0 to 5."""

    gap: Gap
    urgency: Fraction


def priorities(result: Result) -> tuple[Priority, ...]:
    """Essential before desirable, then urgency, then the role's own order."""
    ranked = [Priority(gap, urgency(gap)) for gap in result.short]
    ranked.sort(key=lambda priority: (not priority.gap.requirement.essential, -priority.urgency))
    return tuple(ranked)


def urgency(gap: Gap) -> Fraction:
    return gap.requirement.importance * Fraction(gap.short, gap.scale_top)


def largest(result: Result) -> Gap | None:
    """The gap with most levels to go; of equals, the one to close first."""
    ranked = priorities(result)
    if not ranked:
        return None
    return max(ranked, key=lambda priority: priority.gap.short).gap
