"""What changed between two reports, and what changed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .answers import Answer, Education
from .carrying import education_means_the_same, means_the_same
from .definition import Definition, Qualification, Requirement
from .gaps import Answers, Gap, QualificationGap, Result, Standing, qualification_gaps, result
from .readiness import readiness


@dataclass(frozen=True)
class Figures:
    """`met` of `targets`, and the two ends of the readiness, 0 to 1."""

    met: int
    targets: int
    low: Fraction
    high: Fraction

    @property
    def low_tenths(self) -> int:
        return tenths(self.low)

    @property
    def high_tenths(self) -> int:
        return tenths(self.high)


@dataclass(frozen=True)
class Change:
    """Differences of figures; `targets` too, since a definition may add or drop some.

    Those of points are taken between the rounded figures: so what is shown adds up exactly.
    """

    met: int
    targets: int
    low_tenths: int
    high_tenths: int


@dataclass(frozen=True)
class Line:
    """One requirement, by its slug, in the earlier and the later report: None where it is not.

    `between` is the earlier requirement under the later answers.
    """

    requirement: Requirement
    before: Gap | None
    between: Gap | None
    after: Gap | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def met_by_you(self) -> int:
        """1 where your answers met it, -1 where they no longer do."""
        return _met(self.between) - _met(self.before)

    @property
    def met_by_definition(self) -> int:
        return _met(self.after) - _met(self.between)


@dataclass(frozen=True)
class QualificationLine:
    """As Line; no figure counts it. `between` is the earlier one with the later degree."""

    qualification: Qualification
    before: QualificationGap | None
    between: QualificationGap | None
    after: QualificationGap | None


@dataclass(frozen=True)
class Comparison:
    """`you` + `definition` = `total`, for every figure.

    `you`: from `before` to `between`, the later answers under the earlier definition.
    `definition`: the rest, from there to `after`. `reworded` are the skills both ask about in
    other words.
    """

    before: Figures
    between: Figures
    after: Figures
    lines: tuple[Line, ...]
    reworded: tuple[str, ...]

    @property
    def you(self) -> Change:
        return _change(self.before, self.between)

    @property
    def definition(self) -> Change:
        return _change(self.between, self.after)

    @property
    def total(self) -> Change:
        return _change(self.before, self.after)


def compare(
    old: Definition, old_answers: Answers, new: Definition, new_answers: Answers
) -> Comparison:
    """Where the later report did not ask in the same words, the earlier answer stands in: not
    being asked is no change of what you can do, and an answer to other sentences says nothing
    about the old ones."""
    reworded = tuple(
        skill.slug
        for skill in new.skills
        if skill.slug in old.skills_by_slug and not means_the_same(old, new, skill)
    )
    middle: dict[str, Answer] = {}
    for skill in old.skills:
        asked_alike = skill.slug in new.skills_by_slug and skill.slug not in reworded
        answers = new_answers if asked_alike else old_answers
        if skill.slug in answers:
            middle[skill.slug] = answers[skill.slug]
    before, after = result(old, old_answers), result(new, new_answers)
    between = result(old, middle)
    return Comparison(
        before=_figures(before),
        between=_figures(between),
        after=_figures(after),
        lines=_lines(before, between, after),
        reworded=reworded,
    )


def compare_qualifications(
    old: Definition,
    old_degree: Education | None,
    new: Definition,
    new_degree: Education | None,
) -> tuple[QualificationLine, ...]:
    """In the order of the later report, then what is gone. A field that only the later report
    knows, or calls otherwise, says nothing about the old ones: then the earlier degree stands in.
    """
    is_alike = new_degree is None or education_means_the_same(new, old, new_degree.field)
    middle = new_degree if is_alike and new.qualifications else old_degree
    before, between, after = (
        {one.qualification.slug: one for one in qualification_gaps(role, degree)}
        for role, degree in ((old, old_degree), (old, middle), (new, new_degree))
    )
    return tuple(
        QualificationLine(
            (after.get(slug) or before[slug]).qualification,
            before.get(slug),
            between.get(slug),
            after.get(slug),
        )
        for slug in {**after, **before}
    )


def tenths(share: Fraction) -> int:
    """Tenths of a point out of 100; never none for something, never all for less than all."""
    if share <= 0:
        return 0
    if share >= 1:
        return 1000
    return min(999, max(1, int(share * 1000 + Fraction(1, 2))))


def _figures(found: Result) -> Figures:
    score = readiness(found)
    return Figures(met=score.met, targets=score.targets, low=score.low, high=score.high)


def _change(before: Figures, after: Figures) -> Change:
    return Change(
        met=after.met - before.met,
        targets=after.targets - before.targets,
        low_tenths=after.low_tenths - before.low_tenths,
        high_tenths=after.high_tenths - before.high_tenths,
    )


def _lines(before: Result, between: Result, after: Result) -> tuple[Line, ...]:
    """In the order of the later report, then what is gone."""
    earlier, middle, later = _by_slug(before), _by_slug(between), _by_slug(after)
    lines = [
        Line(gap.requirement, earlier.get(slug), middle.get(slug), gap)
        for slug, gap in later.items()
    ]
    lines += [
        Line(gap.requirement, gap, middle[slug], None)
        for slug, gap in earlier.items()
        if slug not in later
    ]
    return tuple(lines)


def _by_slug(found: Result) -> Mapping[str, Gap]:
    return {gap.requirement.slug: gap for gap in found.gaps}


def _met(gap: Gap | None) -> int:
    return int(gap is not None and gap.standing is Standing.MET)
