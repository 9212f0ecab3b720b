"""What a newer version would mean: for an assessment still open, and for a finished report."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments import reports
from assessments.domain.carrying import carrying, education_means_the_same
from assessments.domain.comparison import Line
from assessments.domain.definition import Definition, Skill
from assessments.domain.differences import differences
from assessments.domain.discretion import discreet
from assessments.domain.gaps import Gap
from assessments.domain.projection import Projection, project
from assessments.domain.report import Report
from assessments.models import Answer, Assessment, QualificationAnswer, RoleVersion
from assessments.version_words import Section, say_carrying, sections


@dataclass(frozen=True)
class Said:
    """An answer in the words it was given to; `word` is "" for "can't judge"."""

    skill: Skill
    answer: Answer
    word: str
    anchor: str


@dataclass(frozen=True)
class Offer:
    """Everything that moving would do. `again` and `gone` are what it would delete."""

    newest: RoleVersion
    sections: list[Section]
    targets: int
    others: int
    kept: tuple[Said, ...]
    again: tuple[Said, ...]
    gone: tuple[Said, ...]
    new: tuple[Skill, ...]
    degree: QualificationAnswer | None
    degree_field: str
    keeps_degree: bool

    @property
    def is_the_same(self) -> bool:
        return not (self.sections or self.targets or self.others)


@dataclass(frozen=True)
class Side:
    """How a requirement stands under one version; `need_word` is "" where that is imprecise."""

    gap: Gap
    have_word: str
    need_word: str


@dataclass(frozen=True)
class ProjectedLine:
    title: str
    before: Side | None
    after: Side | None


@dataclass(frozen=True)
class Outlook:
    newest: RoleVersion
    sections: list[Section]
    projection: Projection
    lines: tuple[ProjectedLine, ...]
    reworded: tuple[Skill, ...]

    @property
    def both(self) -> tuple[Report, Report]:
        return self.projection.before, self.projection.after


def newer(assessment: Assessment) -> RoleVersion | None:
    """The role's newest version, if it came after the one at hand."""
    newest = RoleVersion.objects.light().filter(role=assessment.role_id).order_by("-number").first()
    return newest if newest and newest.number > assessment.version.number else None


def what_changed(assessment: Assessment, answered: Iterable[str]) -> str:
    """In one line; "" when nothing newer says anything else."""
    newest = newer(assessment)
    if newest is None or newest.sha256 == assessment.version.sha256:
        return ""
    old = assessment.version.definition
    return say_carrying(carrying(old, newest.definition, set(answered)))


def offer(assessment: Assessment, newest: RoleVersion) -> Offer:
    old, new = assessment.version.definition, newest.definition
    rows = {row.skill: row for row in assessment.answers.all()}
    degree = QualificationAnswer.objects.filter(assessment=assessment).first()
    carried = carrying(old, new, rows)
    changes = discreet(differences(old, new))
    return Offer(
        newest=newest,
        sections=sections(changes.said),
        targets=changes.targets,
        others=changes.others,
        kept=_said(old, rows, carried.kept),
        again=_said(old, rows, carried.reworded),
        gone=_said(old, rows, carried.gone),
        new=tuple(map(new.skill, carried.new)),
        degree=degree,
        degree_field=next(
            (one.name for one in old.fields if degree and one.slug == degree.field), ""
        ),
        keeps_degree=degree is not None and education_means_the_same(old, new, degree.field),
    )


def outlook(assessment: Assessment, newest: RoleVersion) -> Outlook:
    """Computed and shown, never stored: the report stays as it is."""
    old, new = assessment.version.definition, newest.definition
    found = project(old, new, reports.answers_of(assessment), reports.education_of(assessment))
    return Outlook(
        newest=newest,
        sections=sections(differences(old, new)),
        projection=found,
        lines=tuple(_line(old, new, line) for line in found.lines),
        reworded=tuple(map(new.skill, found.carrying.reworded)),
    )


def _said(
    definition: Definition, rows: dict[str, Answer], slugs: Iterable[str]
) -> tuple[Said, ...]:
    return tuple(said(definition, rows[slug]) for slug in slugs if slug in rows)


def said(definition: Definition, row: Answer) -> Said:
    skill = definition.skill(row.skill)
    if row.level is None:
        return Said(skill, row, "", "")
    word = definition.scale_of(row.skill).word(row.level)
    return Said(skill, row, word, skill.anchor(row.level))


def _line(old: Definition, new: Definition, line: Line) -> ProjectedLine:
    return ProjectedLine(line.requirement.title, side(old, line.before), side(new, line.after))


def side(definition: Definition, gap: Gap | None) -> Side | None:
    if gap is None:
        return None
    scale = definition.scale_of(gap.skill)
    need_word = "" if gap.is_imprecise else scale.word(gap.need)
    return Side(gap, "" if gap.have is None else scale.word(gap.have), need_word)
