"""Reads that combine things: the only place where rows and rules meet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.compiled import CompiledQuery, Parameter
from assessments.domain import charts, stability, suggestions
from assessments.domain.answers import Answer, Degree, Education, LastDone
from assessments.domain.definition import Definition, Resource
from assessments.domain.gaps import Gap, Reason, result
from assessments.domain.onet_scale import examples, gives_examples
from assessments.domain.priorities import Priority
from assessments.domain.questions import Question, is_needed, progress
from assessments.domain.readiness import Share, points
from assessments.domain.report import Report, report
from assessments.models import Answer as AnswerRow
from assessments.models import Assessment, DegreeLevel, QualificationAnswer
from assessments.report_pages import (
    Certainty,
    ReportPage,
    Review,
    ReviewGroup,
    ReviewLine,
    Rise,
    Row,
)
from assessments.todays_resources import resources_of

SAID = CompiledQuery(
    lambda: (
        AnswerRow.objects.filter(assessment=Parameter("id", Assessment._meta.pk))
        .order_by()
        .values_list("skill", "level", "last_done")
    )
)
SUGGESTIONS_PER_GAP = 3
MOST_WORDS = 5  # along the axis of a drawing


def compute(assessment: Assessment) -> Report:
    """The figures alone: the same for ever, for a submitted assessment."""
    return _report(assessment, list(assessment.answers.all()), education_of(assessment))


def build(assessment: Assessment, *, with_resources: bool = True) -> ReportPage:
    rows = list(assessment.answers.all())
    figures = _report(assessment, rows, education_of(assessment))
    wanted = with_resources and figures.result.short
    return _page(
        figures,
        answers=_answers(rows),
        examples={row.skill: row.example for row in rows},
        resources=resources_of(assessment) if wanted else (),
    )


def review(assessment: Assessment) -> Review:
    definition = assessment.version.definition
    rows = {row.skill: row for row in assessment.answers.all()}
    figures = result(definition, _answers(rows.values()))
    qualification = QualificationAnswer.objects.filter(assessment=assessment).first()
    names = {one.slug: one.name for one in definition.fields}
    return Review(
        groups=tuple(
            ReviewGroup(
                one.group,
                tuple(_review_line(definition, question, rows) for question in one.questions),
            )
            for one in progress(definition, rows)
        ),
        qualification=qualification,
        field_name=names.get(qualification.field, "") if qualification else "",
        asks_qualification=bool(definition.qualifications),
        unanswered=sum(1 for gap in figures.unknown if gap.unknown_because is Reason.UNANSWERED),
        cannot_judge=sum(
            1 for gap in figures.unknown if gap.unknown_because is Reason.CANNOT_JUDGE
        ),
    )


def _review_line(
    definition: Definition, question: Question, rows: dict[str, AnswerRow]
) -> ReviewLine:
    row = rows.get(question.skill)
    skill = definition.skill(question.skill)
    level = row.level if row else None
    return ReviewLine(
        question=question,
        skill=skill,
        answer=row,
        word="" if level is None else definition.scale_of(skill.slug).word(level),
        anchor="" if level is None else skill.anchor(level),
        needed=is_needed(question, rows),
        by_example=gives_examples(definition.scale_of(skill.slug)),
    )


def example_row(definition: Definition) -> ReportPage:
    """The report of somebody who is one level below the first target, for editors to look at."""
    first = definition.requirements[0]
    answers = {first.skills[0]: Answer(first.level - 1)}
    return _page(report(definition, answers, None), answers=answers, examples={}, resources=())


def answers_of(assessment: Assessment) -> dict[str, Answer]:
    return _answers(assessment.answers.all())


def answers_now(assessment: Assessment) -> dict[str, Answer]:
    """Always read anew, and without the examples: every save asks for it."""
    rows = SAID.tuples(id=assessment.pk)
    return {skill: Answer(level, LastDone(last_done)) for skill, level, last_done in rows}


def education_of(assessment: Assessment) -> Education | None:
    """Of a sent assessment it cannot change: then it may have been read along with it."""
    row: QualificationAnswer | None
    if assessment.is_submitted:
        row = getattr(assessment, "qualification_answer", None)
    else:
        row = QualificationAnswer.objects.filter(assessment=assessment).first()
    return Education(Degree(row.degree), row.field) if row else None


def _report(
    assessment: Assessment, rows: Iterable[AnswerRow], education: Education | None
) -> Report:
    return report(assessment.version.definition, _answers(rows), education)


def _answers(rows: Iterable[AnswerRow]) -> dict[str, Answer]:
    return {row.skill: Answer(row.level, LastDone(row.last_done)) for row in rows}


def _page(
    figures: Report,
    *,
    answers: dict[str, Answer],
    examples: dict[str, str],
    resources: tuple[Resource, ...],
) -> ReportPage:
    shares = {share.gap.requirement.slug: share for share in figures.readiness.shares}
    definition = figures.definition
    steady = stability.stability(definition, answers, figures.result)

    def row(gap: Gap, *, rank: int = 0, priority: Priority | None = None) -> Row:
        return _row(
            definition,
            gap,
            share=shares[gap.requirement.slug],
            example=examples.get(gap.skill, ""),
            rank=rank,
            priority=priority,
            resources=resources,
        )

    short = tuple(
        row(one.gap, rank=rank, priority=one)
        for rank, one in enumerate(figures.priorities, start=1)
    )
    unknown = tuple(map(row, figures.result.unknown))
    return ReportPage(
        report=figures,
        short=short,
        met=tuple(map(row, figures.result.met)),
        unknown=unknown,
        strengths=tuple(map(row, figures.strengths)),
        qualifications=figures.qualifications,
        education=_education_in_words(figures),
        shares=tuple(map(row, figures.result.gaps)),
        certainty=Certainty(
            unknown=tuple(one for one in unknown if not one.is_uncertain),
            uncertain=tuple(one for one in unknown if one.is_uncertain),
            aged=tuple(map(row, figures.widened_by_age)),
            stability=steady,
            hangs_on=tuple(map(definition.skill, steady.decisive)),
            rise=_rise(figures, steady.most),
        ),
        largest=next((one for one in short if one.gap == figures.largest), None),
        axis=_axis(definition),
    )


def _rise(figures: Report, most: stability.Rise | None) -> Rise | None:
    if most is None:
        return None
    scale = figures.definition.scale_of(most.skill)
    return Rise(
        skill=figures.definition.skill(most.skill),
        have_word=scale.word(most.answered),
        next_word=scale.word(most.answered + 1),
        low_points=points(figures.readiness.low + most.low),
        high_points=points(figures.readiness.high + most.high),
    )


def _education_in_words(figures: Report) -> str:
    """The degree and its field as the person gave them; "" if they did not, or nobody asked."""
    education = figures.qualifications[0].education if figures.qualifications else None
    if education is None:
        return ""
    names = {one.slug: one.name for one in figures.definition.fields}
    degree = str(DegreeLevel(education.degree).label)
    if not education.field:
        return degree
    return f"{degree}, {names.get(education.field, _('another field'))}"


def _row(
    definition: Definition,
    gap: Gap,
    *,
    share: Share,
    example: str,
    rank: int,
    priority: Priority | None,
    resources: tuple[Resource, ...],
) -> Row:
    scale = definition.scale_of(gap.skill)
    skill = definition.skill(gap.skill)
    return Row(
        gap=gap,
        skill=skill,
        share=share,
        chart=charts.dumbbell(gap.have, None if gap.is_imprecise else gap.need, scale.top),
        have_word="" if gap.have is None else scale.word(gap.have),
        need_word="" if gap.is_imprecise else scale.word(gap.need),
        have_anchor="" if gap.have is None else skill.anchor(gap.have),
        need_anchor="" if gap.is_imprecise else skill.anchor(gap.need),
        example=example,
        rank=rank,
        priority=priority,
        suggestions=suggestions.suggestions(
            resources, gap.skill, gap.have, gap.need, SUGGESTIONS_PER_GAP
        )
        if priority
        else (),
        need_examples=examples(skill, gap.need)
        if gives_examples(scale) and not gap.is_imprecise
        else None,
    )


def _axis(definition: Definition) -> tuple[tuple[float, str], ...]:
    """Level words and where they stand, if the whole role is rated on one scale.

    More words than there is room for: then those at the ends.
    """
    if len(definition.scales) != 1:
        return ()
    scale = definition.scales[0]
    few = scale.levels if len(scale.levels) <= MOST_WORDS else (scale.levels[0], scale.levels[-1])
    return tuple((charts.position(level.value, scale.top), level.word) for level in few)
