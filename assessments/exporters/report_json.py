"""A report for programs: every figure, exactly. docs/report.schema.json describes the format.

Fractions are strings such as "13/20", because most readers of JSON would round them. Suggested
resources are left out: they follow today's catalogue, and this file never changes.
"""

from typing import Any

from assessments.domain.answers import Education
from assessments.models import Assessment
from assessments.report_pages import ReportPage, Row

FORMAT = "careerpath-report/1"


def report_json(
    assessment: Assessment, page: ReportPage, education: Education | None
) -> dict[str, Any]:
    report, version = page.report, assessment.version
    definition, figures = report.definition, report.result
    return {
        "format": FORMAT,
        "self_assessed": True,
        "role": {"slug": definition.slug, "title": definition.title},
        "version": {
            "number": version.number,
            "definition_sha256": version.sha256,
            "published_at": version.published_at.isoformat(),
        },
        "opened_at": assessment.opened_at.isoformat(),
        "submitted_at": assessment.submitted_at.isoformat() if assessment.submitted_at else None,
        "statement": {
            "met": report.readiness.met,
            "targets": report.readiness.targets,
            "one_below": figures.one_below,
            "two_or_more_below": figures.two_or_more_below,
            "unknown": len(figures.unknown),
            "largest_gap": report.largest.requirement.slug if report.largest else None,
        },
        "readiness": {
            "low": str(report.readiness.low),
            "high": str(report.readiness.high),
            "low_points": report.readiness.low_points,
            "high_points": report.readiness.high_points,
            "low_sum": str(report.readiness.low_sum),
            "high_sum": str(report.readiness.high_sum),
            "total_weight": report.readiness.total_weight,
        },
        "groups": [{"slug": one.slug, "title": one.title} for one in definition.groups],
        "requirements": [_requirement(page, row) for row in page.shares],
        "priorities": [
            {"requirement": one.gap.requirement.slug, "urgency": str(one.urgency)}
            for one in report.priorities
        ],
        "first": [one.gap.requirement.slug for one in report.first],
        "strengths": [gap.requirement.slug for gap in report.strengths],
        "stability": _stability(page),
        "education": {"degree": education.degree, "field": education.field} if education else None,
        "qualifications": [
            {
                "slug": one.qualification.slug,
                "title": one.qualification.title,
                "essential": one.qualification.essential,
                "importance": one.qualification.importance,
                "standing": one.standing,
            }
            for one in page.qualifications
        ],
        "result_sha256": assessment.result_sha256,
    }


def _requirement(page: ReportPage, row: Row) -> dict[str, Any]:
    gap, wanted = row.gap, row.gap.requirement
    return {
        "slug": wanted.slug,
        "title": wanted.title,
        "group": wanted.group,
        "essential": wanted.essential,
        "importance": wanted.importance,
        "skills": [
            {"slug": slug, "name": page.report.definition.skill(slug).name}
            for slug in wanted.skills
        ],
        "counted": gap.skill,
        "level": None if gap.have is None else {"value": gap.have, "word": row.have_word},
        "target": None if gap.is_imprecise else {"value": gap.need, "word": row.need_word},
        "highest_level": gap.scale_top,
        "standing": gap.standing,
        "unknown_because": gap.unknown_because,
        "levels_to_go": gap.short,
        "levels_above": gap.above,
        "last_done": gap.answer.last_done if gap.answer else "",
        "example": row.example,
        "weight": row.share.weight,
        "part": {"low": str(row.share.low), "high": str(row.share.high)},
    }


def _stability(page: ReportPage) -> dict[str, Any]:
    found = page.certainty.stability
    return {
        "tried": found.tried,
        "replacing": len(found.replacing),
        "reordering": len(found.reordering),
        "hangs_on": list(found.decisive),
        "most": {
            "skill": found.most.skill,
            "level": found.most.answered,
            "adds_low": str(found.most.low),
            "adds_high": str(found.most.high),
        }
        if found.most
        else None,
    }
