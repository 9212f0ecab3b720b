"""How well each question of a version works, as far as can be said without telling on anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from .disclosure import SMALLEST_GROUP, safe_count

SKIPPED = "skipped"
CANNOT_JUDGE = "cannot-judge"
SECONDS_STEP = 5
OFTEN = 0.2  # of those asked: skipping, or not being able to judge, more often than this is a sign
LOPSIDED = 0.7  # so many at the lowest or the highest level tell people apart no more


@dataclass(frozen=True)
class ItemHealth:
    """Counts are safe to show: rounded down to fives, None for fewer than five and for nobody.

    `levels` has a count for every level of the scale. `seconds` is the median time, to the
    nearest five. `people` is everybody who was asked.
    """

    skill: str
    people: int | None
    skipped: int | None
    cannot_judge: int | None
    levels: Mapping[int, int | None]
    seconds: int | None

    def share(self, count: int | None) -> float:
        """A part of the people asked, 0 where it cannot be shown."""
        return count / self.people if self.people and count else 0.0

    @property
    def floor(self) -> float:
        return self.share(self.levels[min(self.levels)])

    @property
    def ceiling(self) -> float:
        return self.share(self.levels[max(self.levels)])

    @property
    def is_often_skipped(self) -> bool:
        return self.share(self.skipped) > OFTEN

    @property
    def is_hard_to_judge(self) -> bool:
        return self.share(self.cannot_judge) > OFTEN

    @property
    def is_lopsided(self) -> bool:
        return max(self.floor, self.ceiling) > LOPSIDED

    @property
    def trouble(self) -> float:
        """For ranking only: the shares that make a question worth rewriting, added up."""
        lopsided = max(self.floor, self.ceiling) if self.is_lopsided else 0.0
        return self.share(self.skipped) + self.share(self.cannot_judge) + lopsided


def item_health(
    skill: str, answers: Mapping[str | int, int], levels: Sequence[int], seconds: Sequence[int]
) -> ItemHealth:
    """`answers` counts people by level, or by SKIPPED or CANNOT_JUDGE."""
    people = sum(answers.values())
    hidden = people < SMALLEST_GROUP

    def count(of: str | int) -> int | None:
        return None if hidden else safe_count(answers.get(of, 0))

    return ItemHealth(
        skill=skill,
        people=safe_count(people),
        skipped=count(SKIPPED),
        cannot_judge=count(CANNOT_JUDGE),
        levels={level: count(level) for level in levels},
        seconds=_median(seconds),
    )


def rewrite_first(items: Sequence[ItemHealth]) -> tuple[ItemHealth, ...]:
    """Those with a sign of trouble, worst first, else in the order given."""
    troubled = [
        item for item in items if item.is_often_skipped or item.is_hard_to_judge or item.is_lopsided
    ]
    return tuple(sorted(troubled, key=lambda item: -item.trouble))


def _median(seconds: Sequence[int]) -> int | None:
    if len(seconds) < SMALLEST_GROUP:
        return None
    return max(SECONDS_STEP, round(median(seconds) / SECONDS_STEP) * SECONDS_STEP)
