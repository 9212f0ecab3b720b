"""Two reports of one role side by side, and the line of all of them."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import reports, versions
from assessments.domain.answers import Education
from assessments.domain.comparison import (
    Change,
    Comparison,
    Figures,
    Line,
    QualificationLine,
    compare,
    compare_qualifications,
)
from assessments.domain.definition import Definition, Qualification, Requirement, Skill
from assessments.domain.gaps import Gap, QualificationGap
from assessments.domain.trend import Point, Trend, trend
from assessments.models import Assessment
from assessments.models.assessment import DAY, WITH_TIME
from assessments.versions import Side

MOST_IN_TREND = 24


@dataclass(frozen=True)
class ComparedLine:
    """`you` and `definition` say what each of them changed; "" for nothing."""

    line: Line
    before: Side | None
    after: Side | None
    you: str
    definition: str


@dataclass(frozen=True)
class ComparedQualification:
    line: QualificationLine
    you: str
    definition: str


@dataclass(frozen=True)
class TrendLine:
    """`changed` where the report before it was made on another version."""

    assessment: Assessment
    point: Point
    changed: bool


@dataclass(frozen=True)
class Figure:
    """One figure: in both reports, between them, and its two changes with their sum."""

    name: str
    before: str
    between: str
    after: str
    you: str
    definition: str
    total: str


@dataclass(frozen=True)
class ComparisonPage:
    before: Assessment
    after: Assessment
    comparison: Comparison
    figures: tuple[Figure, ...]
    lines: tuple[ComparedLine, ...]
    qualifications: tuple[ComparedQualification, ...]
    reworded: tuple[Skill, ...]
    trend: Trend
    history: tuple[TrendLine, ...]
    is_cut: bool

    @property
    def has_other_versions(self) -> bool:
        """In the history, which may have them where the two compared are of one."""
        return any(one.changed for one in self.history)

    @property
    def is_one_version(self) -> bool:
        return self.before.version_id == self.after.version_id

    @property
    def dates(self) -> str:
        """The format in which the two can be told apart."""
        days = {timezone.localdate(one.submitted_at) for one in (self.before, self.after)}
        return DAY if len(days) == 2 else WITH_TIME


def page(before: Assessment, after: Assessment) -> ComparisonPage:
    old, new = before.version.definition, after.version.definition
    found = compare(old, reports.answers_of(before), new, reports.answers_of(after))
    degrees = compare_qualifications(
        old, reports.education_of(before), new, reports.education_of(after)
    )
    history, is_cut = _history(after)
    drawn = trend([(one.submitted_at, _share(one)) for one in history if one.submitted_at])
    return ComparisonPage(
        before=before,
        after=after,
        comparison=found,
        figures=_figures(found),
        lines=tuple(_line(old, new, found, line) for line in found.lines),
        qualifications=tuple(
            ComparedQualification(one, _say_degree(one), " ".join(_say_qualification(one)))
            for one in degrees
        ),
        reworded=tuple(map(new.skill, found.reworded)),
        trend=drawn,
        history=tuple(
            TrendLine(one, point, place > 0 and history[place - 1].version_id != one.version_id)
            for place, (one, point) in enumerate(zip(history, drawn.points, strict=True))
        ),
        is_cut=is_cut,
    )


def _history(assessment: Assessment) -> tuple[list[Assessment], bool]:
    """The latest reports on the role, from the earliest on; and whether there are more."""
    mine = Assessment.objects.submitted().filter(role=assessment.role_id, **assessment.owner)
    latest = list(mine.with_version().order_by("-submitted_at", "-pk")[: MOST_IN_TREND + 1])
    return latest[:MOST_IN_TREND][::-1], len(latest) > MOST_IN_TREND


def _share(assessment: Assessment) -> Fraction:
    """Of no targets, all are met, as on the report."""
    if not assessment.targets:
        return Fraction(1)
    return Fraction(assessment.met or 0, assessment.targets)


def _figures(found: Comparison) -> tuple[Figure, ...]:
    columns = (found.before, found.between, found.after)
    changes = (found.you, found.definition, found.total)
    return (
        _row(_("Targets met"), [str(one.met) for one in columns], [one.met for one in changes]),
        _row(_("Targets"), [str(one.targets) for one in columns], [one.targets for one in changes]),
        *_points(columns, changes),
    )


def _points(columns: tuple[Figures, ...], changes: tuple[Change, ...]) -> tuple[Figure, ...]:
    low = [one.low_tenths for one in columns], [one.low_tenths for one in changes]
    high = [one.high_tenths for one in columns], [one.high_tenths for one in changes]
    if low == high:
        return (_point_row(_("Readiness, of 100"), *low),)
    return (
        _point_row(_("Readiness, of 100: low end"), *low),
        _point_row(_("Readiness, of 100: high end"), *high),
    )


def _point_row(name: str, columns: list[int], changes: list[int]) -> Figure:
    values = [one_decimal(one) for one in columns]
    return Figure(name, *values, *(_signed(one, one_decimal(abs(one))) for one in changes))


def _row(name: str, columns: list[str], changes: list[int]) -> Figure:
    return Figure(name, *columns, *(_signed(one, str(abs(one))) for one in changes))


def one_decimal(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


def _signed(change: int, size: str) -> str:
    """With a plus, or a minus that is as wide as it."""
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{size}"


def _line(old: Definition, new: Definition, found: Comparison, line: Line) -> ComparedLine:
    return ComparedLine(
        line=line,
        before=versions.side(old, line.before),
        after=versions.side(new, line.after),
        you=" ".join(_say_you(line.before, line.between)),
        definition=" ".join(_say_definition(old, new, found, line)),
    )


def _say_you(before: Gap | None, between: Gap | None) -> list[str]:
    """Also what moves the low end alone."""
    if before is None or between is None:
        return []
    said = [words] if (words := _say_levels(before.have, between.have)) else []
    if between.have is not None and before.is_over_a_year_old != between.is_over_a_year_old:
        is_aged = between.is_over_a_year_old
        said.append(
            _("Last done over a year ago now.") if is_aged else _("No longer over a year ago.")
        )
    return said


def _say_levels(before: int | None, between: int | None) -> str:
    if before == between:
        return ""
    if before is None:
        return _("Answered now.")
    if between is None:
        return _("Unknown now.")
    levels = between - before
    if levels > 0:
        return ngettext("%(n)s level up.", "%(n)s levels up.", levels) % {"n": levels}
    return ngettext("%(n)s level down.", "%(n)s levels down.", -levels) % {"n": -levels}


def _say_definition(old: Definition, new: Definition, found: Comparison, line: Line) -> list[str]:
    if line.before is None:
        return [_("New target.")]
    if line.after is None:
        return [_("No longer a target.")]
    then, now = line.before.requirement, line.after.requirement
    said = []
    if then.imprecise != now.imprecise:
        said.append(_("Target uncertain now.") if now.imprecise else _("Target certain now."))
    elif then.level != now.level and not now.imprecise:
        words = {
            "before": old.scale_of(then.skills[0]).word(then.level),
            "after": new.scale_of(now.skills[0]).word(now.level),
        }
        said.append(_("Target %(before)s → %(after)s.") % words)
    said += _say_weight(then, now)
    if set(then.skills) != set(now.skills):
        said.append(_("Other skills count."))
    if set(now.skills) & set(found.reworded):
        said.append(_("Question reworded."))
    return said


def _say_weight(then: Requirement | Qualification, now: Requirement | Qualification) -> list[str]:
    said = []
    if then.importance != now.importance:
        words = {"before": str(then.importance), "after": str(now.importance)}
        said.append(_("Importance %(before)s → %(after)s.") % words)
    if then.essential != now.essential:
        said.append(_("Essential now.") if now.essential else _("Desirable now."))
    return said


def _say_degree(line: QualificationLine) -> str:
    if line.before is None or line.between is None:
        return ""
    before, between = line.before.education, line.between.education
    if before == between:
        return ""
    if before is None:
        return _("Answered now.")
    return _("Another degree.") if between else _("No answer now.")


def _say_qualification(line: QualificationLine) -> list[str]:
    if line.before is None:
        return [_("Asked for now.")]
    if line.after is None:
        return [_("No longer asked for.")]
    then, now = line.before.qualification, line.after.qualification
    said = []
    if (set(then.degrees), set(then.fields)) != (set(now.degrees), set(now.fields)):
        said.append(_("Other degrees count."))
    elif _degree_of(line.between) != _degree_of(line.after):
        said.append(_("Question reworded."))
    return said + _say_weight(then, now)


def _degree_of(gap: QualificationGap | None) -> Education | None:
    return gap.education if gap else None
