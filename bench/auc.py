"""How well one sort of measurement can be told from another, with nothing but its size."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

RESAMPLES = 1_000


def auc(first: Sequence[float], second: Sequence[float]) -> float:
    """The chance that one of `first` is above one of `second`: 0.5 tells nothing, 0 and 1 all."""
    ordered = sorted(second)
    above = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in first)
    return above / (2 * len(first) * len(second))


def interval(first: Sequence[float], second: Sequence[float], seed: int = 1) -> tuple[float, float]:
    """What 95 of 100 resamples of both lie between."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    found = sorted(
        auc(chance.choices(first, k=len(first)), chance.choices(second, k=len(second)))
        for _number in range(RESAMPLES)
    )
    tail = RESAMPLES // 40
    return found[tail], found[-tail - 1]
