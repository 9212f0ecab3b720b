"""What somebody answered before: shown again with its date, and copied only when they ask."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from assessments import versions
from assessments.domain import answers
from assessments.domain.answers import Degree, Education
from assessments.domain.carrying import education_means_the_same, means_the_same
from assessments.domain.gaps import Standing, qualification_gaps
from assessments.domain.questions import progress
from assessments.domain.recent import settled
from assessments.models import Answer, Assessment, LastDone, QualificationAnswer, RoleVersion, User
from assessments.versions import Said

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Earlier:
    """The latest answer to a skill; `role` names where it was given, if that is another role."""

    said: Said
    role: str


@dataclass(frozen=True)
class Return:
    """`copied` answers, and the `degree`, need not be given again; `left` of `targets` are asked.

    `degree` is None as well when it is to be asked again.
    """

    report: Assessment
    copied: tuple[Said, ...]
    degree: QualificationAnswer | None
    left: int
    targets: int


def earlier(assessment: Assessment, skill: str) -> Earlier | None:
    """None as well where the sentences or the levels have changed since."""
    rows = Answer.objects.filter(
        skill=skill,
        assessment__member=assessment.member_id,
        assessment__submitted_at__isnull=False,
    )
    rows = rows.select_related("assessment__version").defer("assessment__version__content")
    row = rows.order_by("-assessment__submitted_at", "-pk").first()
    if row is None:
        return None
    old, new = row.assessment.version.definition, assessment.version.definition
    if not means_the_same(old, new, new.skill(skill)):
        return None
    return Earlier(versions.said(old, row), "" if old.slug == new.slug else old.title)


def last_report(member: User, version: RoleVersion) -> Assessment | None:
    mine = Assessment.objects.submitted().filter(member=member, role=version.role_id)
    return mine.with_version().order_by("-submitted_at", "-pk").first()


def coming_back(report: Assessment, version: RoleVersion) -> Return:
    """What is met and was touched within a year, by the targets of this version."""
    old, new = report.version.definition, version.definition
    since = timezone.now() - A_YEAR
    rows = {
        row.skill: row
        for row in report.answers.all()
        if row.saved_at > since
        and row.last_done == LastDone.THIS_YEAR
        and row.skill in new.skills_by_slug
        and means_the_same(old, new, new.skill(row.skill))
    }
    copied = settled(new, {slug: _plain(row) for slug, row in rows.items()})
    groups = progress(new, {slug: rows[slug] for slug in copied})
    needed = sum(group.needed for group in groups)
    return Return(
        report=report,
        copied=tuple(versions.said(new, rows[slug]) for slug in copied),
        degree=_degree(report, version),
        left=needed - sum(group.answered for group in groups),
        targets=needed,
    )


def _degree(report: Assessment, version: RoleVersion) -> QualificationAnswer | None:
    """It is asked again where it does not yet meet what this version asks for."""
    old, new = report.version.definition, version.definition
    row = QualificationAnswer.objects.filter(assessment=report).first()
    if row is None or not education_means_the_same(old, new, row.field):
        return None
    gaps = qualification_gaps(new, Education(Degree(row.degree), row.field))
    return row if all(one.standing is Standing.MET for one in gaps) else None


def _plain(row: Answer) -> answers.Answer:
    return answers.Answer(row.level, answers.LastDone(row.last_done))
