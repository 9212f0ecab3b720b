"""What the templates of the plan need, so that they look up nothing themselves."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.domain.definition import Requirement, Skill
from assessments.domain.planning import Effort, Step
from assessments.domain.suggestions import Suggestion
from assessments.models import Assessment, Plan, PlanItem


class StandIn(StrEnum):
    """Why another resource than the one chosen is shown."""

    BROKEN = "broken"
    PAID = "paid"
    NONE = "none"


@dataclass(frozen=True)
class Offer:
    """A resource one may choose; `id` is its link's. A broken link is never among them."""

    id: int
    suggestion: Suggestion


@dataclass(frozen=True)
class Learning:
    """What to learn with. `chosen` is the resource chosen where another stands in for it."""

    offer: Offer | None
    stand_in: StandIn | None = None
    chosen: str = ""


@dataclass(frozen=True)
class LevelStep:
    """One part of the hours, in the words of the scale."""

    from_word: str
    to_word: str
    hours: int
    source: str


@dataclass(frozen=True)
class Line:
    """One skill of the plan. `step` is None once it is done."""

    item: PlanItem
    skill: Skill
    requirement: Requirement
    from_word: str
    to_word: str
    to_anchor: str
    effort: Effort
    parts: tuple[LevelStep, ...]
    learning: Learning
    offers: tuple[Offer, ...]
    step: Step | None
    today: date
    bar: "Bar | None" = None

    @property
    def target_name(self) -> str:
        """What the report calls it, "" where that is the skill's own name."""
        return _other_name(self.requirement, self.skill)

    @property
    def computed_on(self) -> date | None:
        return self.step.ends if self.step else None

    @property
    def due_on(self) -> date | None:
        """The date the person set, or the one computed."""
        return self.item.due_on or self.computed_on

    @property
    def days_late(self) -> int:
        if self.step is None or self.due_on is None:
            return 0
        return max(0, (self.today - self.due_on).days)

    @property
    def ends_after_its_date(self) -> bool:
        """At this pace the date the person set is missed."""
        if self.step is None or self.item.due_on is None or self.days_late:
            return False
        return self.step.ends is None or self.step.ends > self.item.due_on


@dataclass(frozen=True)
class Bar:
    """Where a line lies in the whole plan, in hundredths."""

    start: float
    end: float

    @property
    def width(self) -> float:
        return round(max(1.5, self.end - self.start), 2)


@dataclass(frozen=True)
class PlanPage:
    plan: Plan
    lines: tuple[Line, ...]
    done: tuple[Line, ...]
    reports: tuple[Assessment, ...]

    @property
    def hours(self) -> int:
        return sum(line.effort.hours for line in self.lines)

    @property
    def last(self) -> Step | None:
        return self.lines[-1].step if self.lines else None

    @property
    def late(self) -> int:
        return sum(1 for line in self.lines if line.days_late)

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.done


@dataclass(frozen=True)
class GapToPlan:
    """A gap of a report that may go into the plan, with the resources that fit it."""

    requirement: Requirement
    skill: Skill
    from_level: int
    to_level: int
    from_word: str
    to_word: str
    hours: int
    offers: tuple[Offer, ...]
    planned: PlanItem | None
    raises: bool

    @property
    def is_offered(self) -> bool:
        return self.planned is None or self.raises

    @property
    def target_name(self) -> str:
        return _other_name(self.requirement, self.skill)


def _other_name(requirement: Requirement, skill: Skill) -> str:
    return "" if requirement.title == skill.name else requirement.title
