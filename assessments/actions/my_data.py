"""Bringing back one's own data from an export: all that was shown beforehand, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from assessments import my_data
from assessments.importers.my_data import MyData
from assessments.importers.my_data_plan import Kind, Line, Mark, Outlook, outlook
from assessments.models import (
    Answer,
    Assessment,
    Plan,
    PlanItem,
    QualificationAnswer,
    User,
)
from assessments.models.assessment import Person, owned_by
from assessments.models.guest import Guest, new_token

AT_A_TIME = 500


class Stale(Exception):
    """Something changed since the outlook was shown. Nothing was written."""


class Refused(Exception):
    """Something in the file cannot be. Nothing was written."""


@dataclass(frozen=True)
class Done:
    reports: int
    opened: int
    planned: int


def foresee(*, by: User, data: MyData) -> Outlook:
    """Writes nothing."""
    return outlook(data, my_data.here(by, data))


def bring_back(*, by: User, data: MyData, digest: str) -> Done:
    """`digest` is that of the outlook which was confirmed. A second time adds nothing."""
    try:
        return _bring_back(by, data, digest)
    except IntegrityError:
        # Another tab opened an assessment of the same role, or planned the same skill.
        raise Stale from None


@transaction.atomic
def _bring_back(by: User, data: MyData, digest: str) -> Done:
    # One import of a person at a time; whatever else they do goes on.
    if not User.objects.select_for_update(no_key=True).filter(pk=by.pk).exists():
        raise Stale
    present = my_data.here(by, data)
    found = outlook(data, present)
    if found.problems:
        raise Refused
    if not found.writes:
        return Done(0, 0, 0)
    if found.digest != digest:
        raise Stale
    reports = {**present.reports} | _add_reports(by, found.of(Kind.REPORT))
    opened = found.of(Kind.OPEN)
    _add([by] * len(opened), opened)
    return Done(
        reports=len(found.of(Kind.REPORT)),
        opened=len(found.of(Kind.OPEN)),
        planned=_add_to_plan(by, data, found, reports),
    )


def _add_reports(by: User, lines: list[Line]) -> dict[Mark, int]:
    """Each is opened, answered and submitted, as the triggers want it.

    Until it is submitted it belongs to a guest made for the moment: a member has one open
    assessment of a role at most, and may be in the middle of it.
    """
    guests = Guest.objects.bulk_create(
        Guest(token_sha256=Guest.fingerprint(new_token())) for _line in lines
    )
    added: dict[Mark, int] = {}
    for line, row in zip(lines, _add(guests, lines), strict=True):
        if line.figures is None or line.mark is None:
            raise Refused
        Assessment.objects.filter(pk=row.pk).update(
            member=by,
            guest=None,
            submitted_at=line.assessment.submitted_at,
            met=line.figures.readiness.met,
            targets=line.figures.readiness.targets,
            result_sha256=line.figures.content_hash(),
        )
        added[line.mark] = row.pk
    Guest.objects.filter(pk__in=[one.pk for one in guests]).delete()
    return added


def _add(owners: Sequence[Person], lines: list[Line]) -> list[Assessment]:
    rows = Assessment.objects.bulk_create(
        Assessment(
            role_id=line.version.role,
            version_id=line.version.id,
            opened_at=line.assessment.opened_at,
            saved_at=line.assessment.saved_at,
            revision=1,
            **owned_by(owner),
        )
        for owner, line in zip(owners, lines, strict=True)
        if line.version
    )
    both = list(zip(rows, lines, strict=True))
    # Without the seconds each took: nobody's clock but ours goes into the statistics.
    Answer.objects.bulk_create(
        (
            Answer(
                assessment=row,
                skill=one.skill,
                level=one.level,
                last_done=one.last_done,
                example=one.example,
                revision=1,
                saved_at=one.saved_at,
            )
            for row, line in both
            for one in line.assessment.answers
        ),
        batch_size=AT_A_TIME,
    )
    QualificationAnswer.objects.bulk_create(
        QualificationAnswer(
            assessment=row, degree=one.degree, field=one.field, revision=1, saved_at=one.saved_at
        )
        for row, line in both
        if (one := line.assessment.qualification)
    )
    return rows


def _add_to_plan(by: User, data: MyData, found: Outlook, reports: dict[Mark, int]) -> int:
    """The pace comes along only where there is no plan yet."""
    lines = found.items_of(Kind.PLANNED)
    if data.plan is None or not (lines or found.sets_pace):
        return 0
    pace = {
        "hours_a_week": data.plan.hours_a_week,
        "budget": data.plan.budget,
        "starts_on": data.plan.starts_on,
    }
    plan, _created = Plan.objects.get_or_create(member=by, defaults=pace)
    marks = {one.assessment.number: one.mark for one in found.lines if one.mark}
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            assessment_id=reports[marks[line.item.assessment]],
            requirement=line.item.requirement,
            skill=line.item.skill,
            from_level=line.item.from_level,
            to_level=line.item.to_level,
            hours=line.item.hours,
            status=line.item.status,
            notes=line.item.notes,
            due_on=line.item.due_on,
            added_at=line.item.added_at,
            link_id=line.link,
        )
        for line in lines
    )
    return len(lines)
