"""Reads over many people, for editors. Nothing here leaves without passing domain/disclosure."""

from collections import Counter
from collections.abc import Iterator

from assessments.domain.answers import Answer
from assessments.domain.definition import Definition
from assessments.domain.disclosure import safe_count
from assessments.domain.gaps import Answers
from assessments.domain.health import CANNOT_JUDGE, SKIPPED, ItemHealth, item_health
from assessments.domain.impact import Impact, impact
from assessments.domain.questions import is_needed, questions
from assessments.models import Assessment, Role, RoleVersion
from assessments.models.assessment import AssessmentQuerySet

CHUNK = 500


def impact_of(role: Role, draft: Definition) -> Impact:
    """Every finished report of the role, each under its own version and under the draft."""
    return impact(_finished(Assessment.objects.filter(role=role)), draft)


def open_assessments(role: Role) -> int | None:
    """How many are open, and would stay on the version they are pinned to: safe to show."""
    return safe_count(Assessment.objects.open().filter(role=role).count())


def health_of(version: RoleVersion) -> tuple[ItemHealth, ...]:
    """One for each question of the version, in its order, over its finished assessments."""
    definition = version.definition
    asked = questions(definition)
    counts: dict[str, Counter[str | int]] = {one.skill: Counter() for one in asked}
    seconds: dict[str, list[int]] = {one.skill: [] for one in asked}
    for assessment in _submitted(Assessment.objects.filter(version=version)):
        rows = {row.skill: row for row in assessment.answers.all()}
        for question in asked:
            row = rows.get(question.skill)
            if row is None:
                if is_needed(question, rows):
                    counts[question.skill][SKIPPED] += 1
                continue
            counts[question.skill][CANNOT_JUDGE if row.level is None else row.level] += 1
            if row.seconds is not None:
                seconds[question.skill].append(row.seconds)
    return tuple(
        item_health(
            skill,
            counts[skill],
            [level.value for level in definition.scale_of(skill).levels],
            seconds[skill],
        )
        for skill in counts
    )


def _finished(assessments: AssessmentQuerySet) -> Iterator[tuple[Definition, Answers]]:
    for assessment in _submitted(assessments):
        answers = {row.skill: Answer(row.level) for row in assessment.answers.all()}
        yield assessment.version.definition, answers


def _submitted(assessments: AssessmentQuerySet) -> Iterator[Assessment]:
    """In chunks, so that memory stays bounded however many there are."""
    rows = assessments.filter(submitted_at__isnull=False).with_version()
    yield from rows.order_by("pk").prefetch_related("answers").iterator(chunk_size=CHUNK)
