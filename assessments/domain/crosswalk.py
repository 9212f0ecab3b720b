"""What an answer on one scale says about a level on another.

Only skills that correspond to one and the same rated element are ever compared. A technology
has no level in O*NET: knowing it says that it is known, and nothing about how well.
"""

import re

# The id of an element: 2.B.3.e. Ids of newer releases may be longer.
ELEMENT = re.compile(r"[0-9](?:\.[A-Za-z0-9]{1,3}){1,6}")

# How far the estimate may be off, on each side, in levels of the scale it leads to. Unlike
# scales ask with unlike sentences; skills that only overlap may differ besides.
MARGIN_BETWEEN_SCALES = 1
MARGIN_WHEN_LOOSE = 1


def estimate(level: int, from_top: int, to_top: int, *, loose: bool) -> tuple[int, int]:
    """The lowest and the highest level that this answer leaves possible, both from 0 to `to_top`.

    The level in proportion, to the nearest whole (halves up), widened by the margins above. On
    one scale, and with the same meaning, it is the level itself. Nothing at all always leaves
    nothing possible, and the top always the top. A higher answer never gives a lower end.
    """
    if not 0 <= level <= from_top:
        raise ValueError(f"{level} is no level from 0 to {from_top}")
    nearest = (2 * level * to_top + from_top) // (2 * from_top)
    margin = MARGIN_BETWEEN_SCALES * (from_top != to_top) + MARGIN_WHEN_LOOSE * loose
    return max(0, nearest - margin), min(to_top, nearest + margin)
