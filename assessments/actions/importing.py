"""One import of public data at a time, and all of it or nothing."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.utils.translation import gettext as _

LOCK = 0x0CAB_EE12
"""Any number that nothing else in the same PostgreSQL database locks."""


class Busy(Exception):
    """Another import is under way; the text says so."""


@contextmanager
def one_import() -> Iterator[None]:
    """A transaction that no other import runs beside. Raises Busy at once, without waiting.

    The lock goes with the process that holds it, however that process ends.
    """
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            stack.enter_context(_locked_file())
        stack.enter_context(transaction.atomic())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    raise _busy()
        yield


@contextmanager
def _locked_file() -> Iterator[IO[str] | None]:
    """Beside the database: closing the database's own file a second time would drop its locks.

    It stays when the import is over. Removing it could take it from under the next one.
    """
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield None
        return
    with Path(f"{connection.settings_dict['NAME']}-importing").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy() from None
        yield file


def _busy() -> Busy:
    return Busy(_("Another import is running. Nothing was written; start again once it is done."))
