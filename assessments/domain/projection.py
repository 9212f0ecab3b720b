"""What a finished report would say under another definition."""

from collections.abc import Mapping
from dataclasses import dataclass

from .answers import Answer, Education
from .carrying import Carrying, carrying, education_means_the_same
from .comparison import Line, compare
from .definition import Definition
from .gaps import Gap, QualificationGap
from .report import Report, report


@dataclass(frozen=True)
class QualificationLine:
    """One qualification, by its slug, under both: None where it is not asked for."""

    before: QualificationGap | None
    after: QualificationGap | None

    @property
    def title(self) -> str:
        one = self.after or self.before
        return one.qualification.title if one else ""


@dataclass(frozen=True)
class Projection:
    """`lines` and `qualifications` are those that would stand differently, and no others."""

    before: Report
    after: Report
    carrying: Carrying
    lines: tuple[Line, ...]
    qualifications: tuple[QualificationLine, ...]


def project(
    old: Definition, new: Definition, answers: Mapping[str, Answer], education: Education | None
) -> Projection:
    """Only answers that still mean the same count: what was reworded would be unknown."""
    carried = carrying(old, new, answers)
    kept = {slug: answers[slug] for slug in carried.kept}
    if education and not education_means_the_same(old, new, education.field):
        education_kept = None
    else:
        education_kept = education
    before, after = report(old, answers, education), report(new, kept, education_kept)
    return Projection(
        before=before,
        after=after,
        carrying=carried,
        lines=tuple(
            line
            for line in compare(old, answers, new, kept).lines
            if _standing(line.before) != _standing(line.after)
        ),
        qualifications=_qualifications(before, after),
    )


def _standing(gap: Gap | None) -> tuple[str, int] | None:
    """One level below is not two: the statement counts them apart."""
    return (gap.standing, gap.short) if gap else None


def _qualifications(before: Report, after: Report) -> tuple[QualificationLine, ...]:
    then = {one.qualification.slug: one for one in before.qualifications}
    now = {one.qualification.slug: one for one in after.qualifications}
    lines = [QualificationLine(then.get(slug), now.get(slug)) for slug in {**now, **then}]
    return tuple(
        line
        for line in lines
        if not line.before or not line.after or line.before.standing != line.after.standing
    )
