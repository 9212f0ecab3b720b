"""What the templates of combined pages need, so that they look up nothing themselves."""

from dataclasses import dataclass, field
from fractions import Fraction

from assessments.domain.charts import Dumbbell
from assessments.domain.definition import Group, Skill
from assessments.domain.gaps import Gap, QualificationGap, Reason
from assessments.domain.onet_scale import Examples
from assessments.domain.priorities import Priority
from assessments.domain.questions import Question
from assessments.domain.readiness import ESSENTIAL_FACTOR, Share
from assessments.domain.report import Report
from assessments.domain.stability import Stability
from assessments.domain.suggestions import Suggestion
from assessments.models import Answer, QualificationAnswer


@dataclass(frozen=True)
class Row:
    """One requirement as the report shows it. `rank` is its place among the gaps, from 1.

    What stands for the target is "" where the target is imprecise. `need_examples` is set where
    the sentences of the scale are examples.
    """

    gap: Gap
    skill: Skill
    share: Share
    chart: Dumbbell
    have_word: str
    need_word: str
    have_anchor: str
    need_anchor: str
    example: str = ""
    rank: int = 0
    priority: Priority | None = None
    suggestions: tuple[Suggestion, ...] = ()
    need_examples: Examples | None = None

    @property
    def is_uncertain(self) -> bool:
        """Answered, and still unknown because the target is."""
        return self.gap.unknown_because is Reason.IMPRECISE

    @property
    def more_suggestions(self) -> tuple[Suggestion, ...]:
        return self.suggestions[1:]

    @property
    def weight_words(self) -> str:
        """The sum as one would write it: "5 × 2 = 10", or "4" where nothing is doubled."""
        importance = self.gap.requirement.importance
        if self.share.weight == importance:
            return str(importance)
        return f"{importance} × {ESSENTIAL_FACTOR} = {self.share.weight}"

    @property
    def part_words(self) -> str:
        return between(
            _ratio(self.share.low, self.gap.need_at_most),
            _ratio(self.share.high, self.gap.need_at_least),
        )

    @property
    def product_words(self) -> str:
        weight = self.share.weight
        return between(decimal(weight * self.share.low), decimal(weight * self.share.high))


@dataclass(frozen=True)
class Rise:
    """The answer whose rise by one level adds most, and the points it would lead to."""

    skill: Skill
    have_word: str
    next_word: str
    low_points: int
    high_points: int

    @property
    def points_words(self) -> str:
        return between(str(self.low_points), str(self.high_points))


@dataclass(frozen=True)
class Certainty:
    """How far the report would follow a small change.

    `unknown` (to be answered), `uncertain` (the target is) and `aged` make the range.
    """

    unknown: tuple[Row, ...]
    uncertain: tuple[Row, ...]
    aged: tuple[Row, ...]
    stability: Stability
    hangs_on: tuple[Skill, ...]
    rise: Rise | None


@dataclass(frozen=True)
class ReviewLine:
    """One question with its answer in words; `word` is "" where nothing was answered."""

    question: Question
    skill: Skill
    answer: Answer | None
    word: str
    anchor: str
    needed: bool
    by_example: bool = False


@dataclass(frozen=True)
class ReviewGroup:
    group: Group
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True)
class Review:
    groups: tuple[ReviewGroup, ...]
    qualification: QualificationAnswer | None
    field_name: str
    asks_qualification: bool
    unanswered: int
    cannot_judge: int


@dataclass(frozen=True)
class ReportPage:
    report: Report
    short: tuple[Row, ...]
    met: tuple[Row, ...]
    unknown: tuple[Row, ...]
    strengths: tuple[Row, ...]
    qualifications: tuple[QualificationGap, ...]
    education: str
    shares: tuple[Row, ...]
    certainty: Certainty
    largest: Row | None = None
    axis: tuple[tuple[float, str], ...] = field(default=())

    @property
    def first(self) -> tuple[Row, ...]:
        return self.short[: len(self.report.first)]

    @property
    def rated(self) -> tuple[Row, ...]:
        return self.short + self.met

    @property
    def has_imprecise(self) -> bool:
        return any(row.gap.is_imprecise for row in self.shares)

    @property
    def examples(self) -> tuple[Row, ...]:
        """One row a skill, where the answer that counts came with an example."""
        return tuple({row.skill.slug: row for row in self.rated if row.example}.values())

    @property
    def points_words(self) -> str:
        readiness = self.report.readiness
        return between(str(readiness.low_points), str(readiness.high_points))

    @property
    def low_sum(self) -> str:
        return decimal(self.report.readiness.low_sum)

    @property
    def high_sum(self) -> str:
        return decimal(self.report.readiness.high_sum)


def decimal(value: Fraction) -> str:
    """At most two decimals, none of them a trailing zero."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def between(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def _ratio(part: Fraction, need: int) -> str:
    """A part in levels of the target: 2/3 rather than 0.67; 0 and 1 as they are."""
    return str(part) if part in (0, 1) else f"{part * need}/{need}"
