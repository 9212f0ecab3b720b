"""What somebody answered before: shown again with its date, and copied only when they ask."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from assessments import versions
from assessments.domain import answers
from assessments.domain.answers import Degree, Education
from assessments.domain.carrying import education_means_the_same, means_the_same
from assessments.domain.crosswalk import estimate
from assessments.domain.definition import Definition
from assessments.domain.gaps import Standing, qualification_gaps
from assessments.domain.questions import progress
from assessments.domain.recent import settled
from assessments.models import (
    Answer,
    Assessment,
    Correspondence,
    LastDone,
    Person,
    QualificationAnswer,
    RoleVersion,
    Skill,
)
from assessments.versions import Said

A_YEAR = timedelta(days=365)
MOST_SIMILAR = 20  # answers looked at
# Two whole rows read along with an answer would take as long as the answer itself.
VERSION = {"version": F("assessment__version"), "sha256": F("assessment__version__sha256")}
# As SQL: to put the same together from parts took a sixth of the time of a question's page. The
# open assessment comes first. Joined, SQLite would begin by the skill, at everybody's answers.
# Each column by its name: what PostgreSQL has prepared would fail once there is another.
HERE_AND_SENT = """
SELECT answer.id, answer.assessment_id, answer.skill, answer.level, answer.last_done,
    answer.example, answer.revision, answer.saved_at, answer.seconds,
    assessment.version_id AS version, version.sha256 AS sha256
FROM assessments_answer AS answer
JOIN assessments_assessment AS assessment ON assessment.id = answer.assessment_id
JOIN assessments_roleversion AS version ON version.id = assessment.version_id
WHERE answer.skill = %(skill)s AND answer.assessment_id IN (
    SELECT id FROM assessments_assessment
    WHERE {owner}_id = %(owner)s AND (id = %(here)s OR submitted_at IS NOT NULL)
)
ORDER BY assessment.submitted_at DESC NULLS FIRST, answer.id DESC
LIMIT 2
"""


@dataclass(frozen=True)
class Earlier:
    """The latest answer to a skill; `role` names where it was given, if that is another role."""

    said: Said
    role: str


@dataclass(frozen=True)
class Similar:
    """The latest answer to another skill that answers to the same element of O*NET.

    `low` and `high` are the words for what it leaves possible on the scale of the skill asked.
    """

    earlier: Earlier
    loose: bool
    low: str
    high: str


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


def stored_and_earlier(assessment: Assessment, skill: str) -> tuple[Answer | None, Earlier | None]:
    """What is stored in an open assessment, and `earlier`: in one query."""
    ((owner, key),) = assessment.owner.items()
    found = list(
        Answer.objects.raw(
            HERE_AND_SENT.format(owner=owner),
            {"owner": key, "here": assessment.pk, "skill": skill},
        )
    )
    stored = found.pop(0) if found and found[0].assessment_id == assessment.pk else None
    return stored, _if_it_means_the_same(assessment, found[0] if found else None)


def earlier(assessment: Assessment, skill: str) -> Earlier | None:
    """None as well where the sentences or the levels have changed since."""
    row = _sent_by_owner_of(assessment).filter(skill=skill).first()
    return _if_it_means_the_same(assessment, row)


def _if_it_means_the_same(assessment: Assessment, row: Any) -> Earlier | None:
    if row is None:
        return None
    skill = row.skill
    old, new = _definition_of(row), assessment.version.definition
    if not means_the_same(old, new, new.skill(skill)):
        return None
    return _earlier(old, new, row)


def similar(assessment: Assessment, skill: str) -> Similar | None:
    """The skill that means the same before one that only overlaps, then the latest answer."""
    loose_of = _answering_to_the_same(skill)
    if not loose_of:
        return None
    sent = _sent_by_owner_of(assessment)
    rows = sent.filter(skill__in=list(loose_of), level__isnull=False)
    found = sorted(rows[:MOST_SIMILAR], key=lambda one: loose_of[one.skill])
    if not found:
        return None
    row, new = found[0], assessment.version.definition
    old, scale = _definition_of(row), new.scale_of(skill)
    loose = loose_of[row.skill]
    low, high = estimate(row.level or 0, old.scale_of(row.skill).top, scale.top, loose=loose)
    return Similar(_earlier(old, new, row), loose, scale.word(low), scale.word(high))


def _sent_by_owner_of(assessment: Assessment) -> QuerySet[Answer]:
    """Every answer of theirs that was sent, the latest first."""
    theirs = Assessment.objects.submitted().filter(**assessment.owner)
    rows = Answer.objects.filter(assessment__in=theirs)  # joined, SQLite would begin by the skill
    rows = rows.annotate(**VERSION)
    return rows.order_by("-assessment__submitted_at", "-pk")


def _definition_of(row: Any) -> Definition:
    fields = ("id", "sha256")  # the text is read only where this process does not know it yet
    return RoleVersion.from_db(None, fields, (row.version, row.sha256)).definition


def _answering_to_the_same(skill: str) -> dict[str, bool]:
    """Slugs of the skills beyond a correspondence, from either side, and whether it is loose."""
    elements = Skill.objects.filter(slug=skill, element__isnull=False).values("element")
    rows = Correspondence.objects.filter(kind=Correspondence.Kind.ELEMENT).filter(
        Q(skill__slug=skill) | Q(code__in=elements)
    )
    pairs = rows.values_list("skill__slug", "code", "loose")
    found = {slug: loose for slug, _code, loose in pairs if slug != skill}
    codes = {code: loose for slug, code, loose in pairs if slug == skill}
    if codes:
        imported = Skill.objects.filter(element__in=list(codes)).values_list("slug", "element")
        found |= {slug: codes[code] for slug, code in imported if code}
    return found


def _earlier(old: Definition, new: Definition, row: Answer) -> Earlier:
    return Earlier(versions.said(old, row), "" if old.slug == new.slug else old.title)


def last_report(person: Person, version: RoleVersion) -> Assessment | None:
    mine = Assessment.objects.of(person).submitted().filter(role=version.role_id)
    return mine.with_version().order_by("-submitted_at", "-pk").first()


def coming_back(report: Assessment, version: RoleVersion, *, but: str = "") -> Return:
    """What is met and was touched within a year, by the targets of this version.

    `but` is a skill to be asked again in any case.
    """
    old, new = report.version.definition, version.definition
    since = timezone.now() - A_YEAR
    rows = {
        row.skill: row
        for row in report.answers.all()
        if row.skill != but
        and row.saved_at > since
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
