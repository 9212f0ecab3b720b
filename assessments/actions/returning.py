"""Taking an assessment again the short way: what still holds is copied, the rest is asked."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from assessments import earlier
from assessments.models import (
    Answer,
    Assessment,
    Person,
    QualificationAnswer,
    RoleVersion,
    owned_by,
)


@dataclass(frozen=True)
class Returned:
    """`copied` is None where an assessment was open already: then nothing was copied into it."""

    assessment: Assessment
    copied: int | None


@transaction.atomic
def start_again(*, by: Person, version: RoleVersion, but: str = "") -> Returned:
    """A copy keeps the date on which the answer was given, so that it grows old as it should.

    `but` is a skill whose answer is not copied.
    """
    mine = Assessment.objects.of(by).open().filter(role_id=version.role_id)
    if existing := mine.first():
        return Returned(existing, None)
    try:
        with transaction.atomic():
            opened = Assessment.objects.create(
                role_id=version.role_id, version=version, revision=1, **owned_by(by)
            )
    except IntegrityError:
        # A second press of the button came first.
        return Returned(mine.get(), None)
    report = earlier.last_report(by, version)
    if report is None:
        return Returned(opened, 0)
    found = earlier.coming_back(report, version, but=but)
    Answer.objects.bulk_create(_copy(opened, one.answer) for one in found.copied)
    if found.degree:
        QualificationAnswer.objects.create(
            assessment=opened,
            degree=found.degree.degree,
            field=found.degree.field,
            revision=opened.revision,
            saved_at=found.degree.saved_at,
        )
    return Returned(opened, len(found.copied))


def _copy(opened: Assessment, answer: Answer) -> Answer:
    return Answer(
        assessment=opened,
        skill=answer.skill,
        level=answer.level,
        last_done=answer.last_done,
        example=answer.example,
        revision=opened.revision,
        saved_at=answer.saved_at,
    )
