"""Finished pages of reports, kept by each process: a report never changes once it is sent.

A page is found by whose it is, so that a mistake elsewhere shows nobody another's. It is given
out only for the state that the database has just told, together with the row of the report.

The press that sends a report makes its page too, and leaves it in the cache that all processes
share: whichever is asked for it next need not make it.
"""

import zlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from threading import Lock, Timer
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

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
_sweeps: list[Timer] = []  # one at most, while a page is kept


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
    _keep(place, state, zlib.compress(page, FAST))


def _keep(place: Place, state: State, packed: bytes) -> None:
    """Over time, or when there is no more room, the oldest go."""
    kept = _Kept(state, monotonic() + SECONDS, packed)
    with _lock:
        _pages.pop(place, None)
        _pages[place] = kept
        while len(_pages) > MOST:
            _pages.popitem(last=False)
        if not _sweeps:
            _sweep_after(SECONDS)


def _sweep_after(seconds: float) -> None:
    timer = Timer(seconds, _sweep)
    timer.daemon = True  # the process need not wait for it
    _sweeps.append(timer)
    timer.start()


def _sweep() -> None:
    """What has had its time goes, also where nobody looks at a report any more."""
    with _lock:
        _sweeps.clear()
        now = monotonic()
        while _pages and next(iter(_pages.values())).until <= now:
            _pages.popitem(last=False)
        if _pages:
            _sweep_after(next(iter(_pages.values())).until - now)


def hand_over(place: Place, state: State, page: bytes) -> None:
    """Plain values: what reads them may run another version of this code."""
    packed = zlib.compress(page, FAST)
    cache.set(_slot(place.key, place.language), (astuple(place), astuple(state), packed), SECONDS)


def may_be_waiting(sent: datetime | None) -> bool:
    """Whether it is worth asking the cache; `sent` is when the report was."""
    return sent is not None and timezone.now() - sent < timedelta(seconds=SECONDS)


def take_over(place: Place, state: State) -> bytes | None:
    """From the cache into memory. It stays there for the other processes, until its time is up."""
    waiting = cache.get(_slot(place.key, place.language))
    if not waiting or waiting[:2] != (astuple(place), astuple(state)):
        return None
    try:
        page = zlib.decompress(waiting[2])
    except zlib.error:  # damaged: it is made anew
        return None
    _keep(place, state, waiting[2])
    return page


def forget(keys: Sequence[str]) -> None:
    """Of reports that are deleted. In other processes it stays for its time, found by nobody."""
    with _lock:
        for place in [one for one in _pages if one.key in keys]:
            del _pages[place]
    cache.delete_many([_slot(key, code) for key in keys for code, _name in settings.LANGUAGES])


def _slot(key: str, language: str) -> str:
    return f"report-page-{key}-{language}"


def forget_all() -> None:
    with _lock:
        _pages.clear()
        while _sweeps:
            _sweeps.pop().cancel()
