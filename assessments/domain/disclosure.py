"""Counts of people that can be shown without telling on anybody."""

from collections.abc import Mapping

SMALLEST_GROUP = 5


def safe_count(people: int) -> int | None:
    """Rounded down to a multiple of five; None below five, as well as for nobody.

    Nobody and a few look alike, or a blank would tell that there is somebody. Rounded, because
    two exact counts before and after a change would tell who was between them.
    """
    if people < SMALLEST_GROUP:
        return None
    return people - people % SMALLEST_GROUP


def safe_counts(groups: Mapping[str, int]) -> dict[str, int | None]:
    """Counts that split a whole. If the whole is below five, nothing is shown at all.

    A single hidden group could be worked out from the rest; rounding every group keeps the
    remainder unknown by up to four for each.
    """
    if sum(groups.values()) < SMALLEST_GROUP:
        return dict.fromkeys(groups)
    return {name: safe_count(people) for name, people in groups.items()}
