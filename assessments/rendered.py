"""Finished pages of reports, kept by each process: a report never changes once it is sent.

A page is found by whose it is, so that a mistake elsewhere shows nobody another's. It is given
out only for the state that the database has just told, together with the row of the report.
"""

import zlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic

MOST = 300  # some 10 KB each
SECONDS = 600  # for a change that left no record: see `assessments.today`
FAST = 1  # of zlib's levels


@dataclass(frozen=True)
class Place:
    """`owner` is a kind of person, and which."""

    owner: tuple[str, int]
    key: str
    language: str


@dataclass(frozen=True)
class State:
    result_sha256: str
    today: str


@dataclass(frozen=True)
class _Kept:
    state: State
    until: float
    packed: bytes


_pages: OrderedDict[Place, _Kept] = OrderedDict()
_lock = Lock()


def has(place: Place) -> bool:
    """Whether it is worth asking for the state."""
    return place in _pages


def find(place: Place, state: State) -> bytes | None:
    with _lock:
        kept = _pages.get(place)
    if kept is None or kept.state != state or kept.until < monotonic():
        return None
    return zlib.decompress(kept.packed)


def keep(place: Place, state: State, page: bytes) -> None:
    """Over time, or when there is no more room, the oldest go."""
    now = monotonic()
    kept = _Kept(state, now + SECONDS, zlib.compress(page, FAST))
    with _lock:
        _pages.pop(place, None)
        _pages[place] = kept
        while len(_pages) > MOST or next(iter(_pages.values())).until < now:
            _pages.popitem(last=False)


def forget_all() -> None:
    with _lock:
        _pages.clear()
