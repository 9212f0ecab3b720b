"""Many presses at the same moment."""

import pytest

from assessments.actions import plan as actions
from assessments.actions.plan import Seen
from assessments.models import Plan, PlanItem
from tests import at_once as pressing
from tests.at_once import PRESSES
from tests.planned import item, plan, report

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(do):
    return pressing.at_once(do, refusals=(actions.Conflict, actions.Removed))


def save(stored, notes):
    actions.save_item(
        item=stored,
        seen=Seen(stored.revision, stored.pk),
        status="doing",
        notes=notes,
        due_on=None,
        hours=None,
        link=None,
    )


def refused(results):
    return sum(isinstance(one, actions.Conflict) for one in results)


def test_many_presses_of_add_put_each_skill_in_once(member):
    mine = report(member)
    chosen = {"python": None, "sql": None}
    done = at_once(lambda _n: actions.add(by=member, assessment=mine, chosen=chosen))
    assert Plan.objects.count() == 1
    assert sorted(one.skill for one in PlanItem.objects.all()) == ["python", "sql"]
    assert sum(one.added for one in done) == 2
    assert sum(one.raised for one in done) == 0


def test_of_many_tabs_on_an_item_one_is_saved_and_the_others_are_told(member):
    plan(member, report(member))
    stored = item()
    results = at_once(lambda number: save(stored, f"Tab {number}"))
    assert refused(results) == PRESSES - 1
    assert item().notes == f"Tab {results.index(None)}"


def test_of_many_tabs_on_the_settings_one_is_saved(member):
    def press(number):
        plan = Plan(member=member)
        actions.save_settings(
            by=member,
            seen=Seen(0),
            hours_a_week=6 + number % 70,
            budget="free" if number < 70 else "any",
            starts_on=plan.starts_on,
        )

    results = at_once(press)
    assert refused(results) == PRESSES - 1
    assert Plan.objects.get().hours_a_week == 6 + results.index(None) % 70


def test_removing_beside_saving_loses_nothing_in_silence(member):
    plan(member, report(member))
    stored = item()

    def press(number):
        if number % 2:
            return actions.remove_item(item=stored, seen=Seen(0, stored.pk))
        return save(stored, f"Tab {number}")

    saves = at_once(press)[::2]
    is_there = PlanItem.objects.filter(skill="python").exists()
    assert is_there == any(one is None for one in saves)
