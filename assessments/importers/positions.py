"""Places in an order, kept wherever they already say what they should."""

from collections.abc import Sequence
from itertools import pairwise

STEP = 10  # between two places, so that an editor can put something between


def positions(stored: Sequence[int | None]) -> list[int]:
    """Rising places for things in their new order; None stands for a new thing.

    Resources and fields of study are shared by roles: a role that is read in moves them only
    where its order contradicts the stored one, so that the order in other roles stays.
    """
    found: list[int] = []
    for number, place in enumerate(stored):
        if place is None:
            before = found[-1] if found else 0
            after = next((one for one in stored[number:] if one is not None), None)
            place = before + STEP if after is None else (before + after) // 2
        found.append(place)
    if all(one < other for one, other in pairwise(found)):
        return found
    return [number * STEP for number in range(1, len(stored) + 1)]
