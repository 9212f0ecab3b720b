"""What is forgotten on its day. Each line: what to call it, and what deletes it."""

from collections.abc import Callable, Iterator

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

from . import guest, mail, newsletter, sessions


def expired_in_the_cache() -> int:
    """Django leaves them until the table is full; an uploaded export may be among them."""
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return 0
    table = cache._table  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {connection.ops.quote_name(table)} WHERE expires < %s",  # noqa: S608  names of our own
            [connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))],
        )
        return cursor.rowcount


def empty_log() -> bool:
    """What was deleted is still in SQLite's log beside the file, until that is written anew."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone()
    return not busy


PURGES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("Mail, 30 days after it was sent", mail.purge),
    ("Newsletter addresses never confirmed", newsletter.purge),
    ("What had its time in the cache", expired_in_the_cache),
    ("People without an account, 7 days after they began", guest.purge),
    ("Sessions that have ended, and their devices", sessions.purge),
)


def purge() -> Iterator[tuple[str, int]]:
    for name, delete in PURGES:
        yield name, delete()
