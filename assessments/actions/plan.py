"""Putting gaps into the member's one plan, and working it down.

Every write first locks the plan's row, so that two presses come one after the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import plans, reports
from assessments.domain import planning
from assessments.domain.gaps import Gap
from assessments.domain.planning import Target
from assessments.models import Assessment, Plan, PlanItem, ResourceLink, User

MOST_ITEMS = 100


class Conflict(Exception):
    """Saved from elsewhere since the page at hand was opened; `current` is the row now stored."""

    def __init__(self, current: Any) -> None:
        super().__init__("saved from elsewhere in the meantime")
        self.current = current
        self.revision = current.revision


class Removed(Exception):
    """The skill was taken out of the plan in the meantime."""


class PlanIsFull(Exception):
    """A plan holds at most `MOST_ITEMS` skills. Nothing was added."""


@dataclass(frozen=True)
class Seen:
    """The revision a page showed, and of an item also which: it may be removed and added anew."""

    revision: int
    item: int = 0


@dataclass(frozen=True)
class Added:
    added: int
    raised: int


@transaction.atomic
def add(*, by: User, assessment: Assessment, chosen: Mapping[str, int | None]) -> Added:
    """Gaps of a report, by the requirement's slug, each with the id of a resource's link.

    A skill that is in the plan already is raised to the higher target. A second press changes
    nothing.
    """
    plan = _lock(by)
    chosen = dict(zip(chosen, _still_there(chosen.values()), strict=True))
    gaps = {one.gap.requirement.slug: one.gap for one in reports.compute(assessment).priorities}
    items = {item.skill: item for item in plan.items.select_related("assessment")}
    new: dict[str, PlanItem] = {}
    news: dict[str, tuple[PlanItem, Gap, int | None]] = {}
    for slug, link in chosen.items():
        gap = gaps[slug]
        item = items.get(gap.skill)
        if item is None:
            new.setdefault(gap.skill, _item(plan, assessment, gap, link))
        elif plans.brings_news(item, assessment, gap):
            news[gap.skill] = (item, gap, link)
    if new and len(items) + len(new) > MOST_ITEMS:
        raise PlanIsFull
    PlanItem.objects.bulk_create(new.values())
    definitions = plans.definitions_of([item for item, _gap, _link in news.values()])
    for item, gap, link in news.values():
        scale_top = definitions[item.pk].scale_of(item.skill).top
        _raise(item, scale_top, assessment, gap, link)
    return Added(len(new), len(news))


@transaction.atomic
def save_settings(*, by: User, seen: Seen, hours_a_week: int, budget: str, starts_on: date) -> None:
    plan = _lock(by)
    values = {"hours_a_week": hours_a_week, "budget": budget, "starts_on": starts_on}
    _save(plan, seen, values)


@transaction.atomic
def save_item(
    *,
    item: PlanItem,
    seen: Seen,
    status: str,
    notes: str,
    due_on: date | None,
    hours: int | None,
    link: int | None,
) -> None:
    """When something is done, what is left is counted from that day on."""
    plan = _lock(item.plan.member)
    stored = _stored(plan, item, seen)
    (link,) = _still_there([link])
    was_done = stored.status == PlanItem.Status.DONE
    _save(
        stored,
        seen,
        {"status": status, "notes": notes, "due_on": due_on, "hours": hours, "link_id": link},
    )
    today = timezone.localdate()
    if status == PlanItem.Status.DONE and not was_done and plan.starts_on < today:
        plan.starts_on = today
        plan.revision += 1
        plan.save(update_fields=["starts_on", "revision"])


@transaction.atomic
def remove_item(*, item: PlanItem, seen: Seen) -> None:
    plan = _lock(item.plan.member)
    try:
        stored = _stored(plan, item, seen)
    except Removed:
        return
    if stored.revision != seen.revision:
        raise Conflict(stored)
    stored.delete()


def _lock(member: User) -> Plan:
    """Raises User.DoesNotExist where the account was deleted in the meantime."""
    stored = Plan.objects.select_for_update().filter(member=member)
    if plan := stored.first():
        return plan
    # Whoever deletes the account locks it first: no plan is begun for somebody who is gone.
    Plan.objects.get_or_create(member=User.objects.select_for_update(no_key=True).get(pk=member.pk))
    return stored.get()


def _still_there(links: Iterable[int | None]) -> list[int | None]:
    """None for those that an editor deleted since the page was opened: another stands in."""
    wanted = list(links)
    found = ResourceLink.objects.select_for_update(no_key=True).filter(
        pk__in={link for link in wanted if link is not None}
    )
    there = set(found.order_by("pk").values_list("pk", flat=True)) if any(wanted) else set()
    return [link if link in there else None for link in wanted]


def _stored(plan: Plan, item: PlanItem, seen: Seen) -> PlanItem:
    """The item the page was about; one that was removed and added anew is another."""
    stored = plan.items.select_related("link__resource").filter(skill=item.skill).first()
    if stored is None:
        raise Removed
    if stored.pk != seen.item:
        raise Conflict(stored)
    return stored


def _save(row: Plan | PlanItem, seen: Seen, values: dict[str, Any]) -> None:
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    if row.revision != seen.revision:
        raise Conflict(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()


def _item(plan: Plan, assessment: Assessment, gap: Gap, link: int | None) -> PlanItem:
    target = plans.target_of(gap)
    return PlanItem(
        plan=plan,
        assessment=assessment,
        requirement=gap.requirement.slug,
        skill=gap.skill,
        from_level=target.from_level,
        to_level=target.to_level,
        link_id=link,
    )


def _raise(
    item: PlanItem, scale_top: int, assessment: Assessment, gap: Gap, link: int | None
) -> None:
    """What was done is to be done again: a report made since asks for it, or it asks for more."""
    joined = planning.joined(
        Target(item.from_level, item.to_level, scale_top),
        plans.target_of(gap),
        other_is_newer=plans.made_at(assessment) > plans.made_at(item.assessment),
    )
    if (joined.to_level, joined.scale_top) == (gap.need, gap.scale_top):
        item.assessment, item.requirement = assessment, gap.requirement.slug
    item.from_level, item.to_level = joined.from_level, joined.to_level
    item.link_id = link if link is not None else item.link_id
    item.added_at = timezone.now()
    item.revision += 1
    if item.status == PlanItem.Status.DONE:
        item.status = PlanItem.Status.TO_DO
    item.save()
