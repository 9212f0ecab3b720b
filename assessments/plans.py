"""Reads for the plan: its rows, the definitions its reports were made on, today's catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from django.db.models import F
from django.utils import timezone

from assessments import reports
from assessments.domain import planning
from assessments.domain.definition import Definition, Link, Resource
from assessments.domain.gaps import Gap
from assessments.domain.planning import Effort, Step, Target, Task
from assessments.domain.suggestions import Suggestion, suggestions
from assessments.models import Assessment, Plan, PlanItem, ResourceLink, RoleVersion
from assessments.plan_pages import (
    Bar,
    GapToPlan,
    Learning,
    LevelStep,
    Line,
    Offer,
    PlanPage,
    StandIn,
)

OFFERS = 8
REPORTS_OFFERED = 3
PAID = "paid"


def build(plan: Plan) -> PlanPage:
    entries = _entries(plan)
    lines = _lines(plan, entries)
    return PlanPage(
        plan=plan,
        lines=tuple(line for line in lines if line.step),
        done=tuple(line for line in lines if not line.step),
        reports=tuple(
            Assessment.objects.submitted()
            .filter(member=plan.member)
            .with_version()
            .order_by("-submitted_at")[:REPORTS_OFFERED]
        ),
    )


def line_about(plan: Plan, skill: str) -> Line | None:
    """Read once, with all that come before it and move its dates: another tab may remove it."""
    return next((one for one in _lines(plan, _entries(plan)) if one.item.skill == skill), None)


def gaps_to_plan(assessment: Assessment, plan: Plan) -> tuple[GapToPlan, ...]:
    """Every gap of the report, first things first."""
    definition = assessment.version.definition
    gaps = [one.gap for one in reports.compute(assessment).priorities]
    planned = {item.skill: item for item in plan.items.all()} if plan.pk else {}
    catalogue = _catalogue({gap.skill for gap in gaps})
    return tuple(
        _gap_to_plan(definition, gap, planned.get(gap.skill), assessment, catalogue, plan)
        for gap in _once_per_skill(gaps)
    )


def made_at(report: Assessment) -> datetime:
    return report.submitted_at or report.saved_at


def target_of(gap: Gap) -> Target:
    return Target(gap.have or 0, gap.need, gap.scale_top)


def definitions_of(items: list[PlanItem]) -> dict[int, Definition]:
    """What each item's report was made on, by the item's id. One question for all of them."""
    versions = RoleVersion.objects.in_bulk({item.assessment.version_id for item in items})
    return {item.pk: versions[item.assessment.version_id].definition for item in items}


@dataclass(frozen=True)
class _Entry:
    """An item with what its report says of it."""

    item: PlanItem
    definition: Definition
    place: int
    target: Target


@dataclass(frozen=True)
class _Catalogue:
    resources: tuple[Resource, ...]
    rows: Mapping[tuple[str, str, int], ResourceLink]

    def offers(self, skill: str, low: int, high: int, *, budget: str) -> tuple[Offer, ...]:
        affordable = (
            one for one in self.resources if budget != Plan.Budget.FREE or one.cost != PAID
        )
        found = suggestions(affordable, skill, low, high, OFFERS)
        return tuple(Offer(self._row(one).pk, one) for one in found)

    def _row(self, one: Suggestion) -> ResourceLink:
        return self.rows[one.resource.slug, one.link.skill, one.link.from_level]


def _catalogue(skills: Iterable[str]) -> _Catalogue:
    """Only links that are not known to be broken, whatever stands in for them in reports."""
    rows = (
        ResourceLink.objects.filter(skill__slug__in=list(skills))
        .exclude(health=ResourceLink.Health.BROKEN)
        .select_related("resource", "skill")
        .order_by("resource__position", "resource__name", "from_level")
    )
    by_key = {(row.resource.slug, row.skill.slug, row.from_level): row for row in rows}
    return _Catalogue(tuple(map(_resource, by_key.values())), by_key)


def _resource(row: ResourceLink) -> Resource:
    """As the rules see it, with this one link."""
    resource = row.resource
    link = Link(row.skill.slug, row.from_level, row.to_level, row.url, row.reason, row.hours)
    return Resource(
        slug=resource.slug,
        name=resource.name,
        provider=resource.provider,
        kind=resource.get_kind_display(),
        cost=resource.cost,
        url=resource.url,
        purpose=resource.purpose,
        search_url=resource.search_url,
        links=(link,),
    )


def _entries(plan: Plan) -> list[_Entry]:
    """In the order of work: by priority, then in the order they were added."""
    if not plan.pk:
        return []
    items: list[PlanItem] = list(
        plan.items.select_related(
            "assessment__role", "assessment__version", "link__resource", "link__skill"
        )
        .defer("assessment__version__content")
        .annotate(withdrawn=F("assessment__role__occupation__withdrawn"))
        .order_by("pk")
    )
    definitions = definitions_of(items)
    entries = [_entry(item, definitions[item.pk]) for item in items]
    return sorted(
        entries,
        key=lambda one: planning.order_key(
            one.definition.requirements[one.place], one.place, one.target
        ),
    )


def _entry(item: PlanItem, definition: Definition) -> _Entry:
    place = next(
        place for place, one in enumerate(definition.requirements) if one.slug == item.requirement
    )
    top = definition.scale_of(item.skill).top
    return _Entry(item, definition, place, Target(item.from_level, item.to_level, top))


def _lines(plan: Plan, entries: list[_Entry]) -> list[Line]:
    catalogue = _catalogue({one.item.skill for one in entries})
    offers = {
        one.item.pk: catalogue.offers(
            one.item.skill, one.item.from_level, one.item.to_level, budget=plan.budget
        )
        for one in entries
    }
    learning = {one.item.pk: _learning(plan, one.item, offers[one.item.pk]) for one in entries}
    efforts = {one.item.pk: _effort(one, learning[one.item.pk]) for one in entries}
    tasks = [
        Task(one.item.skill, efforts[one.item.pk].hours, one.item.status == PlanItem.Status.DONE)
        for one in entries
    ]
    found = planning.schedule(tasks, start=plan.starts_on, hours_a_week=plan.hours_a_week)
    steps = {step.key: step for step in found}
    bars = _bars(found)
    today = timezone.localdate()
    return [
        _line(
            one,
            effort=efforts[one.item.pk],
            learning=learning[one.item.pk],
            offers=offers[one.item.pk],
            step=steps.get(one.item.skill),
            bar=bars.get(one.item.skill),
            today=today,
        )
        for one in entries
    ]


def _bars(steps: tuple[Step, ...]) -> dict[str, Bar]:
    ends = list(accumulate(step.hours for step in steps))
    return {
        step.key: Bar(round(100 * (end - step.hours) / ends[-1], 2), round(100 * end / ends[-1], 2))
        for step, end in zip(steps, ends, strict=True)
    }


def _learning(plan: Plan, item: PlanItem, offers: tuple[Offer, ...]) -> Learning:
    best = offers[0] if offers else None
    if item.link is None:
        return Learning(best, StandIn.NONE)
    chosen = item.link.resource
    if item.link.health == ResourceLink.Health.BROKEN:
        return Learning(best, StandIn.BROKEN, chosen.name)
    if plan.budget == Plan.Budget.FREE and chosen.cost == PAID:
        return Learning(best, StandIn.PAID, chosen.name)
    resource = _resource(item.link)
    return Learning(Offer(item.link.pk, Suggestion(resource, resource.links[0])))


def _effort(entry: _Entry, learning: Learning) -> Effort:
    return planning.effort(
        entry.target,
        own=entry.item.hours,
        link=learning.offer.suggestion.link if learning.offer else None,
    )


def _line(
    entry: _Entry,
    *,
    effort: Effort,
    learning: Learning,
    offers: tuple[Offer, ...],
    step: Step | None,
    bar: Bar | None,
    today: date,
) -> Line:
    skill = entry.definition.skill(entry.item.skill)
    word = entry.definition.scale_of(skill.slug).word
    return Line(
        item=entry.item,
        skill=skill,
        requirement=entry.definition.requirements[entry.place],
        from_word=word(entry.item.from_level),
        to_word=word(entry.item.to_level),
        to_anchor=skill.anchor(entry.item.to_level),
        effort=effort,
        parts=tuple(
            LevelStep(word(part.from_level), word(part.to_level), part.hours, part.source)
            for part in effort.parts
        ),
        learning=learning,
        offers=offers,
        step=step,
        today=today,
        bar=bar,
    )


def _once_per_skill(gaps: Iterable[Gap]) -> list[Gap]:
    """A skill that closes several gaps is planned once, for the highest of its targets."""
    highest: dict[str, Gap] = {}
    for gap in gaps:
        if gap.skill not in highest or gap.need > highest[gap.skill].need:
            highest[gap.skill] = gap
    return list(highest.values())


def _gap_to_plan(
    definition: Definition,
    gap: Gap,
    planned: PlanItem | None,
    assessment: Assessment,
    catalogue: _Catalogue,
    plan: Plan,
) -> GapToPlan:
    scale = definition.scale_of(gap.skill)
    target = target_of(gap)
    offers = catalogue.offers(gap.skill, target.from_level, target.to_level, budget=plan.budget)
    link = offers[0].suggestion.link if offers else None
    return GapToPlan(
        requirement=gap.requirement,
        skill=definition.skill(gap.skill),
        from_level=target.from_level,
        to_level=target.to_level,
        from_word=scale.word(target.from_level),
        to_word=scale.word(target.to_level),
        hours=planning.effort(target, link=link).hours,
        offers=offers,
        planned=planned,
        raises=planned is not None and brings_news(planned, assessment, gap),
    )


def brings_news(item: PlanItem, assessment: Assessment, gap: Gap) -> bool:
    """Whether a report asks for more than the plan does, or was made after the skill was planned.

    A second press of the same button brings none.
    """
    return gap.need > item.to_level or made_at(assessment) > item.added_at
