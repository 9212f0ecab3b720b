"""Trying it without an account, and taking what was begun into one.

Whoever takes locks the account, then the guest, then the assessments: of a hundred at once, one
finds something to take. On SQLite a transaction holds the whole database from its start.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from assessments import rendered
from assessments.models import Assessment, Guest, RoleVersion, User
from assessments.models.guest import new_token

from . import assessment as assessing

PURGED_AT_A_TIME = 200


class Outdated(Exception):
    """Since the page was opened, one of the two was changed: nothing was deleted."""


@dataclass(frozen=True)
class Begun:
    """`token` is for the cookie; nobody can work it out again."""

    guest: Guest
    token: str
    assessment: Assessment


@dataclass(frozen=True)
class Taken:
    """`moved` are in the account; `left` wait, because one on the same role is open there."""

    moved: int
    left: int


@dataclass(frozen=True)
class Choice:
    """Which of two open assessments to keep, by their keys and the revisions that were shown."""

    keep_guests: bool
    guests: str
    guests_revision: int
    accounts: str
    accounts_revision: int


@transaction.atomic
def begin(*, version: RoleVersion) -> Begun:
    token = new_token()
    guest = Guest.objects.create(token_sha256=Guest.fingerprint(token))
    return Begun(guest, token, assessing.start(by=guest, version=version))


@transaction.atomic
def take(*, guest: Guest, by: User) -> Taken:
    """Everything that can go, once. The guest is forgotten when nothing is left."""
    locked = _lock(guest, by)
    if locked is None:
        return Taken(0, 0)
    return _take_all(locked, by)


@transaction.atomic
def choose(*, guest: Guest, by: User, choice: Choice) -> Taken:
    """Deletes the one that was not kept. Nothing where an earlier press has decided."""
    locked = _lock(guest, by)
    if locked is None:
        return Taken(0, 0)
    theirs = locked.assessments.open().select_for_update().filter(key=choice.guests).first()
    if theirs is None:
        return _take_all(locked, by)
    both = Assessment.objects.select_for_update().open()
    mine = both.filter(member=by, role_id=theirs.role_id).first()
    shown = (choice.guests_revision, choice.accounts, choice.accounts_revision)
    if mine is None or (theirs.revision, mine.key, mine.revision) != shown:
        raise Outdated
    (mine if choice.keep_guests else theirs).delete()
    return _take_all(locked, by)


@transaction.atomic
def forget(*, guest: Guest) -> bool:
    """At once, with all that is theirs. False where it is in an account, or was over already."""
    locked = Guest.objects.select_for_update().filter(pk=guest.pk).first()
    if locked is None:
        return False
    # Whoever saves an answer meanwhile waits, and then finds nothing to add it to.
    mine = Assessment.objects.select_for_update().filter(guest=locked)
    reports = list(mine.order_by("pk").values_list("key", flat=True))
    locked.delete()
    transaction.on_commit(lambda: rendered.forget(reports))
    return True


def purge() -> int:
    """Those whose seven days are over, with all that is theirs."""
    gone = 0
    while part := _purge_some():
        gone += part
    return gone


@transaction.atomic
def _purge_some() -> int:
    expired = Guest.objects.expired().select_for_update().order_by("pk")
    keys = list(expired.values_list("pk", flat=True)[:PURGED_AT_A_TIME])
    # An answer that is being saved goes as well, instead of pointing at nothing.
    list(Assessment.objects.select_for_update().filter(guest__in=keys).values_list("pk"))
    _rows, kinds = Guest.objects.filter(pk__in=keys).delete()
    return kinds.get(Guest._meta.label, 0)


def _lock(guest: Guest, by: User) -> Guest | None:
    if not User.objects.select_for_update(no_key=True).filter(pk=by.pk).exists():
        return None
    return Guest.objects.living().select_for_update().filter(pk=guest.pk).first()


def _take_all(locked: Guest, by: User) -> Taken:
    keys = list(locked.assessments.order_by("pk").values_list("pk", flat=True))
    moved = sum(_move(key, by) for key in keys)
    if moved == len(keys):
        locked.delete()
    return Taken(moved, len(keys) - moved)


def _move(key: int, by: User) -> bool:
    try:
        with transaction.atomic():
            return bool(Assessment.objects.filter(pk=key).update(member=by, guest=None))
    except IntegrityError:
        # One on the same role is open in the account.
        return False
