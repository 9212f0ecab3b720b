"""The readable half of an export: one HTML file that needs nothing else and runs nothing.

It is put together from pieces, because a template holds everything in memory that it loops over.
"""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime

from assessments.domain.answers import Answer, Degree, Education, LastDone
from assessments.domain.report import Report, report
from assessments.models import Assessment, DegreeLevel, PlanItem
from assessments.models import LastDone as LastDoneWords

# No text that was typed can hold it: the template's own words stand around it.
HERE = "\0"


@dataclass(frozen=True)
class Said:
    skill: str
    word: str
    last_done: str
    example: str


@dataclass(frozen=True)
class Target:
    title: str
    have: str
    need: str
    standing: str


class Page:
    def __init__(self, head: dict[str, Any]) -> None:
        times = {"exported_at": parse_datetime(head["exported_at"])}
        account = head["account"]
        for name in ("joined_at", "last_signed_in_at"):
            times[name] = parse_datetime(account[name] or "")
        sessions = [
            one | {"signed_in_at": parse_datetime(one["signed_in_at"])} for one in head["sessions"]
        ]
        context = {"data": head, "times": times, "sessions": sessions, "here": HERE}
        whole = render_to_string("assessments/my_data_file.html", context)
        self.before, _here, self.after = whole.partition(HERE)

    def section(self, assessment: Assessment) -> str:
        definition = assessment.version.definition
        rows = list(assessment.answers.all())
        degree = assessment.degree  # type: ignore[attr-defined]
        figures: Report | None = None
        if assessment.is_submitted:
            answers = {row.skill: Answer(row.level, LastDone(row.last_done)) for row in rows}
            education = Education(Degree(degree.degree), degree.field) if degree else None
            figures = report(definition, answers, education)
        fields = {one.slug: one.name for one in definition.fields}
        context = {
            "assessment": assessment,
            "figures": figures,
            "said": [
                Said(
                    definition.skill(row.skill).name,
                    "" if row.level is None else definition.scale_of(row.skill).word(row.level),
                    str(LastDoneWords(row.last_done).label) if row.last_done else "",
                    row.example,
                )
                for row in rows
                if row.skill in definition.skills_by_slug
            ],
            "targets": _targets(figures) if figures else [],
            "degree": DegreeLevel(degree.degree).label if degree else "",
            "field": fields.get(degree.field, degree.field) if degree else "",
        }
        return render_to_string("assessments/_my_data_assessment.html", context)

    def plan(self, plan: dict[str, Any] | None) -> str:
        # Apart from the plan: of a dictionary a template would call the method `items`.
        items = [
            one | {"status": PlanItem.Status(one["status"]).label}
            for one in (plan["items"] if plan else [])
        ]
        context = {"plan": plan, "items": items}
        return render_to_string("assessments/_my_data_plan.html", context)


def _targets(figures: Report) -> list[Target]:
    word = figures.definition.scale_of
    return [
        Target(
            gap.requirement.title,
            "" if gap.have is None else word(gap.skill).word(gap.have),
            word(gap.skill).word(gap.need),
            gap.standing,
        )
        for gap in figures.result.gaps
    ]
