"""Everything a report says, computed from a definition and the answers alone."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .answers import Answer, Education
from .definition import Definition, canonical_json
from .gaps import Gap, QualificationGap, Result, qualification_gaps, result
from .priorities import FIRST, Priority, largest, priorities
from .readiness import Readiness, low_part, part, readiness

STRENGTHS = 6


@dataclass(frozen=True)
class Report:
    definition: Definition
    result: Result
    readiness: Readiness
    priorities: tuple[Priority, ...]
    qualifications: tuple[QualificationGap, ...]

    @property
    def first(self) -> tuple[Priority, ...]:
        return self.priorities[:FIRST]

    @cached_property
    def largest(self) -> Gap | None:
        return largest(self.result)

    @cached_property
    def strengths(self) -> tuple[Gap, ...]:
        """What is furthest above its target, then what matters most among the rest that is met."""
        ranked = sorted(
            self.result.met,
            key=lambda gap: (
                -gap.above,
                not gap.requirement.essential,
                -gap.requirement.importance,
            ),
        )
        return tuple(ranked[:STRENGTHS])

    @property
    def has_recency_range(self) -> bool:
        return bool(self.widened_by_age)

    @property
    def widened_by_age(self) -> tuple[Gap, ...]:
        """Those that count for less at the low end, being last done over a year ago.

        At level 0 there is no level to take off, and far enough above the target it costs nothing.
        """
        return tuple(
            gap
            for gap in self.result.gaps
            if gap.is_over_a_year_old
            and gap.have is not None
            and low_part(gap) < part(gap.have, gap.need_at_most)
        )

    @property
    def rated(self) -> tuple[Gap, ...]:
        return self.result.met + self.result.short

    def as_dict(self) -> dict[str, Any]:
        """Every figure of the report, without the words around it."""
        return {
            "definition": self.definition.content_hash(),
            "gaps": [
                {
                    "requirement": gap.requirement.slug,
                    "skill": gap.skill,
                    "have": gap.have,
                    "need": None if gap.is_imprecise else gap.need,
                    "standing": gap.standing,
                    "last_done": gap.answer.last_done if gap.answer else "",
                }
                for gap in self.result.gaps
            ],
            "priorities": [one.gap.requirement.slug for one in self.priorities],
            "qualifications": [
                {"qualification": one.qualification.slug, "standing": one.standing}
                for one in self.qualifications
            ],
            "readiness": {"low": str(self.readiness.low), "high": str(self.readiness.high)},
            "met": self.readiness.met,
            "targets": self.readiness.targets,
        }

    def content_hash(self) -> str:
        """SHA-256 of every figure: equal hashes, equal reports."""
        return hashlib.sha256(canonical_json(self.as_dict()).encode()).hexdigest()


def report(
    definition: Definition, answers: Mapping[str, Answer], education: Education | None
) -> Report:
    outcome = result(definition, answers)
    return Report(
        definition=definition,
        result=outcome,
        readiness=readiness(outcome),
        priorities=priorities(outcome),
        qualifications=qualification_gaps(definition, education),
    )
