"""The skills of an assessment as the skills section of a JSON Resume (schema v1.0.0)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.domain.answers import Answer
from assessments.domain.definition import Definition
from assessments.models import Assessment

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def report_resume(assessment: Assessment, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Only what was rated above 0: a résumé says what somebody can do."""
    definition, submitted = assessment.version.definition, assessment.submitted_at
    return {
        "$schema": SCHEMA,
        "skills": [
            {
                "name": skill.name,
                "level": _("%(word)s (self-assessed, %(level)s of %(top)s)")
                % _level(definition, skill.slug, level),
                "keywords": [skill.category] if skill.category else [],
            }
            for skill in definition.skills
            if (level := _rated(answers.get(skill.slug)))
        ],
        "meta": {
            "version": "v1.0.0",
            "lastModified": submitted.isoformat(timespec="seconds") if submitted else "",
            "selfAssessed": True,
            "note": _("Levels are the person’s own ratings. Nobody has verified them."),
            "role": definition.title,
            "roleVersion": assessment.version.number,
        },
    }


def _rated(answer: Answer | None) -> int:
    return (answer.level or 0) if answer else 0


def _level(definition: Definition, skill: str, level: int) -> dict[str, Any]:
    scale = definition.scale_of(skill)
    return {"word": scale.word(level), "level": level, "top": scale.top}
