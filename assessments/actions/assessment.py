"""Opening, answering and submitting an assessment.

Every write first locks the assessment's row, so that no answer slips in beside a submission.
On SQLite, where rows have no locks, a transaction holds the whole database from its start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments import reports
from assessments.compiled import CompiledQuery, Parameter
from assessments.models import (
    Answer,
    Assessment,
    Person,
    QualificationAnswer,
    RoleVersion,
    owned_by,
)

LONGEST_ANSWER = 3600  # seconds
# The same answer again after this long is a new statement, not a second press of the button.
CONFIRMED_AFTER = timedelta(days=1)

Row = TypeVar("Row", Answer, QualificationAnswer)

ID = Parameter("id", Assessment._meta.pk)
SKILL = Parameter("skill", Answer._meta.get_field("skill"))
LOCKED = CompiledQuery(lambda: Assessment.objects.select_for_update().filter(pk=ID).order_by())
STORED = CompiledQuery(lambda: Answer.objects.filter(assessment=ID, skill=SKILL))


class AlreadySubmitted(Exception):
    """The report exists; its answers no longer change."""


class Unchecked(Exception):
    """An answer was changed after the person looked over all of them."""


class MovedMeanwhile(Exception):
    """The assessment is on a newer version than the one at hand: its questions may differ."""


class Conflict(Exception):
    """The answer was saved from elsewhere since the page at hand was opened.

    `current` is what is stored now, or None where it was cleared.
    """

    def __init__(self, current: Answer | QualificationAnswer | None) -> None:
        super().__init__("saved from elsewhere in the meantime")
        self.current = current
        self.revision = current.revision if current else 0


@dataclass(frozen=True)
class Seen:
    """The revision a page showed: 0 where there was no answer yet.

    `sent` is what the page has sent since without hearing back. If that is what is stored, it is
    the page's own, however old its revision.
    """

    revision: int
    sent: Mapping[str, Any] | None = None

    def covers(self, stored: Row | None) -> bool:
        if stored and self.sent and _is(stored, self.sent):
            return True
        return (stored.revision if stored else 0) == self.revision


def start(*, by: Person, version: RoleVersion) -> Assessment:
    """Their open assessment for the role, or a new one on this version."""
    mine = Assessment.objects.of(by).open().filter(role_id=version.role_id)
    if existing := mine.first():
        return existing
    try:
        with transaction.atomic():
            return Assessment.objects.create(
                role_id=version.role_id, version=version, **owned_by(by)
            )
    except IntegrityError:
        # A second press of the button came first.
        return mine.get()


@transaction.atomic
def save_answer(
    *,
    assessment: Assessment,
    skill: str,
    seen: Seen,
    level: int | None,
    last_done: str,
    example: str,
) -> Answer:
    locked = _lock_open(assessment)
    return _save(
        locked,
        Answer(assessment=assessment, skill=skill),
        STORED.get_or_none(id=assessment.pk, skill=skill),
        seen,
        {"level": level, "last_done": last_done, "example": example},
    )


@transaction.atomic
def clear_answer(*, assessment: Assessment, skill: str, seen: Seen) -> None:
    locked = _lock_open(assessment)
    stored = STORED.get_or_none(id=assessment.pk, skill=skill)
    if stored is None:
        return
    if not seen.covers(stored):
        raise Conflict(stored)
    stored.delete()
    locked.revision += 1
    locked.save(update_fields=["revision"])


@transaction.atomic
def save_qualification(*, assessment: Assessment, seen: Seen, degree: str, field: str) -> None:
    locked = _lock_open(assessment)
    _save(
        locked,
        QualificationAnswer(assessment=assessment),
        QualificationAnswer.objects.filter(assessment=assessment).first(),
        seen,
        {"degree": degree, "field": field},
    )


@transaction.atomic
def submit(*, assessment: Assessment, seen: Seen | None = None) -> Assessment:
    """Submits once; every further call changes nothing.

    `seen` is the assessment's revision on the page where the answers were checked: Unchecked is
    raised if one was changed since.
    """
    try:
        locked = _lock_open(assessment)
    except AlreadySubmitted:
        return assessment
    if seen and seen.revision != locked.revision:
        raise Unchecked
    report = reports.compute(assessment)
    locked.submitted_at = timezone.now()
    locked.met = report.readiness.met
    locked.targets = report.readiness.targets
    locked.result_sha256 = report.content_hash()
    locked.save(update_fields=["submitted_at", "met", "targets", "result_sha256"])
    return locked


def _lock_open(assessment: Assessment) -> Assessment:
    locked = LOCKED.get_or_none(id=assessment.pk)
    if locked is None:
        raise Assessment.DoesNotExist("It was deleted meanwhile.")
    if locked.is_submitted:
        raise AlreadySubmitted
    if locked.version_id != assessment.version_id:
        raise MovedMeanwhile
    return locked


def _save(
    locked: Assessment, new: Row, stored: Row | None, seen: Seen, values: dict[str, Any]
) -> Row:
    row = stored or new
    now = timezone.now()
    if stored and _is(stored, values):
        if now - stored.saved_at > CONFIRMED_AFTER:
            stored.saved_at = now
            stored.save(update_fields=["saved_at"])
        return stored
    if not seen.covers(stored):
        raise Conflict(stored)
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Answer) and stored is None:
        row.seconds = _seconds_between(locked.saved_at, now)
    locked.revision += 1
    locked.saved_at = now
    locked.save(update_fields=["revision", "saved_at"])
    row.revision = locked.revision
    row.saved_at = now
    row.save()
    return row


def _is(stored: Row, values: Mapping[str, Any]) -> bool:
    return all(getattr(stored, name) == value for name, value in values.items())


def _seconds_between(last: datetime, now: datetime) -> int | None:
    """None after a break: the time then says nothing about the question."""
    seconds = int((now - last).total_seconds())
    return seconds if 0 <= seconds <= LONGEST_ANSWER else None
