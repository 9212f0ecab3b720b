from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from assessments.actions import plan as actions
from assessments.actions.plan import Seen
from assessments.models import Plan, PlanItem, ResourceLink
from tests.definitions import definition, requirement, wide_definition
from tests.planned import item, link, named, plan, report, resources

pytestmark = pytest.mark.django_db
NO_LINK = {"python": None}
OTHER = named(definition(requirement("python", 4), requirement("r", 2)), "other")


@pytest.fixture
def mine(member):
    return report(member)


def save(stored, seen=None, **changes):
    values = {name: getattr(stored, name) for name in ("status", "notes", "due_on", "hours")}
    values |= {"link": stored.link_id} | changes
    seen = seen or Seen(stored.revision, stored.pk)
    actions.save_item(item=stored, seen=seen, **values)


def test_it_works(member, mine):
    resources(good="free")
    done = actions.add(by=member, assessment=mine, chosen={"python": link("good").pk})
    assert done == actions.Added(1, 0)
    found = item()
    assert (found.plan.member, found.assessment) == (member, mine)
    assert (found.requirement, found.from_level, found.to_level) == ("python", 1, 3)
    assert (found.link, found.status) == (link("good"), "to-do")


def test_a_second_press_changes_nothing(member, mine):
    plan(member, mine, "python")
    save(item(), status="done", notes="Mine.")
    before = PlanItem.objects.values().get()
    assert actions.add(by=member, assessment=mine, chosen=NO_LINK) == actions.Added(0, 0)
    assert PlanItem.objects.values().get() == before


def test_another_report_raises_what_is_planned(member, mine):
    plan(member, mine, "python")
    save(item(), notes="Mine.")
    other = report(member, OTHER, python=2, r=0)
    assert actions.add(by=member, assessment=other, chosen=NO_LINK | {"r": None}) == (
        actions.Added(1, 1)
    )
    found = item()
    assert (found.from_level, found.to_level, found.assessment) == (2, 4, other)
    assert found.notes == "Mine."
    assert Plan.objects.count() == 1


def test_many_are_raised_with_one_look_at_the_definitions(
    member, mine, django_assert_max_num_queries
):
    low = wide_definition(2)
    higher = definition(requirement("s0", 4), requirement("s1", 4))
    first = report(member, low, s0=0, s1=0)
    later = report(member, named(higher, "high"), s0=1, s1=1)
    plan(member, first, "s0", "s1")
    with django_assert_max_num_queries(16):
        done = actions.add(by=member, assessment=later, chosen={"s0": None, "s1": None})
    assert done.raised == 2


def test_a_lower_target_of_an_older_report_changes_nothing(member):
    older = report(member, definition(requirement("python", 2)), python=0)
    newer = report(member, OTHER, python=1)
    plan(member, newer, "python")
    assert actions.add(by=member, assessment=older, chosen=NO_LINK) == actions.Added(0, 0)
    assert (item().from_level, item().to_level) == (1, 4)


def test_what_is_done_opens_again_for_a_report_made_since(member, mine):
    plan(member, mine, "python")
    save(item(), status="done")
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        again = report(member, python=2, sql=0)
        assert actions.add(by=member, assessment=again, chosen=NO_LINK).raised == 1
    assert (item().status, item().from_level, item().to_level) == ("to-do", 2, 3)


def test_a_plan_has_room_for_a_hundred(member):
    big = report(member, wide_definition(101), **{f"s{n}": 0 for n in range(101)})
    slugs = [f"s{n}" for n in range(101)]
    with pytest.raises(actions.PlanIsFull):
        plan(member, big, *slugs)
    assert not PlanItem.objects.exists()
    plan(member, big, *slugs[:100])
    assert PlanItem.objects.count() == 100


# --- settings ---


def settings(member, seen=0, hours=8, budget="free", start=date(2026, 3, 2)):
    actions.save_settings(
        by=member, seen=Seen(seen), hours_a_week=hours, budget=budget, starts_on=start
    )


def test_settings_are_kept(member):
    settings(member)
    found = Plan.objects.get()
    assert (found.hours_a_week, found.budget, found.starts_on) == (8, "free", date(2026, 3, 2))
    assert found.revision == 1


def test_two_tabs_do_not_overwrite_the_settings(member):
    settings(member)
    with pytest.raises(actions.Conflict) as conflict:
        settings(member, hours=9)
    assert conflict.value.current.hours_a_week == 8
    settings(member, seen=conflict.value.revision, hours=9)
    assert Plan.objects.get().hours_a_week == 9


def test_the_same_again_is_no_conflict(member):
    settings(member)
    settings(member)
    assert Plan.objects.get().revision == 1


# --- an item ---


def test_an_item_is_saved(member, mine):
    plan(member, mine)
    due = date(2026, 5, 1)
    save(item(), status="doing", notes="Mine.", due_on=due, hours=12)
    found = item()
    assert (found.status, found.notes, found.due_on, found.hours) == ("doing", "Mine.", due, 12)
    assert found.revision == 1


def test_two_tabs_do_not_overwrite_an_item(member, mine):
    plan(member, mine)
    stale = item()
    save(item(), notes="First.")
    with pytest.raises(actions.Conflict) as conflict:
        save(stale, notes="Second.")
    assert conflict.value.current.notes == "First."
    with pytest.raises(actions.Conflict):
        actions.remove_item(item=stale, seen=Seen(0, stale.pk))
    assert item().notes == "First."


def test_an_item_removed_and_added_anew_is_another(member, mine):
    plan(member, mine)
    stale = item()
    actions.remove_item(item=stale, seen=Seen(0, stale.pk))
    plan(member, mine)
    with pytest.raises(actions.Conflict):
        save(stale, seen=Seen(0, stale.pk), notes="Stale.")
    with pytest.raises(actions.Conflict):
        actions.remove_item(item=stale, seen=Seen(0, stale.pk))
    assert item().notes == ""


def test_removing_twice_removes_once(member, mine):
    plan(member, mine)
    stale = item()
    for _press in range(2):
        actions.remove_item(item=stale, seen=Seen(0, stale.pk))
    assert {one.skill for one in PlanItem.objects.all()} == {"sql", "bash"}
    with pytest.raises(actions.Removed):
        save(stale)


def test_when_something_is_done_the_rest_is_counted_from_that_day(member, mine):
    plan(member, mine)
    Plan.objects.update(starts_on=date(2026, 1, 1))
    with time_machine.travel(date(2026, 3, 2)):
        save(item(), status="done")
    assert Plan.objects.get().starts_on == date(2026, 3, 2)
    with time_machine.travel(date(2026, 4, 2)):
        save(item(), notes="Still done.")
    assert Plan.objects.get().starts_on == date(2026, 3, 2)


def test_a_start_in_the_future_stays(member, mine):
    plan(member, mine)
    Plan.objects.update(starts_on=date(2026, 5, 1))
    with time_machine.travel(date(2026, 3, 2)):
        save(item(), status="done")
    assert Plan.objects.get().starts_on == date(2026, 5, 1)


def test_a_resource_that_an_editor_deleted_meanwhile_is_not_chosen(member, mine):
    resources(good="free")
    gone = link("good").pk
    ResourceLink.objects.all().delete()
    assert actions.add(by=member, assessment=mine, chosen={"python": gone}).added == 1
    assert item().link is None
    save(item(), link=gone, notes="Mine.")
    assert (item().link, item().notes) == (None, "Mine.")
