"""The word that somebody meant: the nearest known one, by letters added, lost, swapped or wrong."""

from collections.abc import Iterable

SHORTEST = 4  # of shorter words, too many are one letter apart


def tolerance(word: str) -> int:
    """How many slips a word may hold."""
    if len(word) < SHORTEST:
        return 0
    return 1 if len(word) < 7 else 2


def distance(one: str, other: str, limit: int) -> int:
    """Slips between two words, each letter touched once; `limit + 1` for any more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        current = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (char != opposite),
            )
            swapped = row > 1 and column > 1 and char == other[column - 2]
            if swapped and one[row - 2] == opposite:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        # A swap reaches back two rows, so one row beyond the limit decides nothing.
        if min(current) > limit and min(last) > limit:
            return limit + 1
        before, last = last, current
    return min(last[-1], limit + 1)


def nearest(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words, the first among equals; "" when none is near enough."""
    limit = tolerance(word)
    best, found = limit + 1, ""
    letters = frozenset(word)
    for candidate in known:
        # One slip changes at most two of the letters that occur: most words end here.
        if abs(len(candidate) - len(word)) >= best or len(letters ^ set(candidate)) > 2 * limit:
            continue
        apart = distance(word, candidate, best - 1)
        if apart < best:
            best, found = apart, candidate
            if best == 1:
                break
    return found
