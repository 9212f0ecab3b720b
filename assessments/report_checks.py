"""Whether reports still say what they said on the day they were made."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments import reports
from assessments.models import Assessment

AT_A_TIME = 200


@dataclass(frozen=True)
class Checked:
    key: str
    is_equal: bool


def check_reports(limit: int | None = None) -> Iterator[Checked]:
    """Computes each report anew, the latest first, and compares it with its stored hash."""
    submitted = (
        Assessment.objects.submitted()
        .with_version()
        .order_by("-submitted_at", "-pk")
        .prefetch_related("answers")
    )
    for assessment in submitted[:limit].iterator(chunk_size=AT_A_TIME):
        figures = reports.compute(assessment)
        same = (
            figures.content_hash() == assessment.result_sha256
            and figures.readiness.met == assessment.met
            and figures.readiness.targets == assessment.targets
        )
        yield Checked(assessment.key, same)
