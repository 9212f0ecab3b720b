"""Who was deleted, kept outside the database, so that a restored backup brings nobody back.

A line is a date and a hash of the account's number and the moment it was made: it names nobody,
and fits an account only while that account is there.
"""

import hashlib
import os
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from assessments.models import User

from . import forgetting


class CannotBeNoted(Exception):
    """The file is out of reach: the disk is full, or the site may not write there."""


def mark_of(user: User) -> str:
    said = f"{user.pk} {user.date_joined.astimezone(UTC).isoformat()}"
    return hashlib.sha256(said.encode()).hexdigest()


def note(user: User) -> None:
    """To be called before the deletion commits: better one line too many than one too few."""
    line = f"{timezone.now():%Y-%m-%d} {mark_of(user)}\n"
    try:
        file = os.open(_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise CannotBeNoted from error


def erase_again() -> int:
    """How many accounts were there although they had been deleted."""
    try:
        lines = _file().read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return 0
    marks = {line.split()[-1] for line in lines if line.strip()}
    gone = [user.pk for user in User.objects.iterator() if mark_of(user) in marks]
    for user in User.objects.filter(pk__in=gone):
        pk = user.pk
        if addresses := forgetting.forget(user=user, and_newsletter=True):
            forgetting.forget_sessions(pk=pk, addresses=addresses)
    return len(gone)


def _file() -> Path:
    return Path(settings.ERASURES_FILE)
