"""Moving an open assessment to the newest version of its role."""

from dataclasses import dataclass

from django.db import transaction

from assessments import reports
from assessments.domain.carrying import Carrying, carrying, education_means_the_same
from assessments.models import Assessment, QualificationAnswer, RoleVersion

from .assessment import AlreadySubmitted, Seen


class Outdated(Exception):
    """Since the page was opened an answer was saved, or a still newer version was published."""


@dataclass(frozen=True)
class Moved:
    carrying: Carrying
    number: int


@transaction.atomic
def move(*, assessment: Assessment, number: int, seen: Seen) -> Moved | None:
    """Keeps the answers that still mean the same and deletes the others, which the page showed.

    `number` is the version the page offered, `seen` the assessment's revision when it listed what
    would be deleted: nothing typed since then is lost. None when an earlier press has moved it.
    """
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.is_submitted:
        raise AlreadySubmitted
    old, newest = locked.version, RoleVersion.objects.latest_of(locked.role)
    if number <= old.number:
        return None
    if newest is None or newest.number != number or locked.revision != seen.revision:
        raise Outdated
    carried = carrying(old.definition, newest.definition, reports.answers_of(locked))
    locked.answers.exclude(skill__in=carried.kept).delete()
    degree = QualificationAnswer.objects.filter(assessment=locked).first()
    if degree and not education_means_the_same(old.definition, newest.definition, degree.field):
        degree.delete()
    locked.version = newest
    locked.revision += 1
    locked.save(update_fields=["version", "revision"])
    return Moved(carried, newest.number)
