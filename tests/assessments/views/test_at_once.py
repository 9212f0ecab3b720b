"""A hundred presses on one page in the same moment. With real transactions, on both databases."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from assessments import reports
from assessments.actions import assessment as assessing
from assessments.models import Assessment, Plan, PlanItem, Reminders, ShareLink, Subscriber
from assessments.models.assessment import new_key
from tests.at_once import PRESSES, Tab, at_once, post_at_once, statuses, tabs
from tests.definitions import definition, requirement
from tests.planned import item, plan, report
from tests.published import opened, publish

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = definition(requirement("python"), requirement("sql"))
PLAN = reverse("plan")
PYTHON = reverse("plan_item", args=["python"])


# --- Submitting ---------------------------------------------------------------------------------


def test_an_assessment_is_submitted_once(member, monkeypatch):
    mine = opened(member, ROLE, python=3, sql=1)
    reported, compute = [], reports.compute
    monkeypatch.setattr(reports, "compute", lambda one: reported.append(one) or compute(one))
    answers = post_at_once(
        tabs(member), reverse("review", args=[mine.key]), {"revision": "0", "version": "1"}
    )
    assert statuses(answers) == {302: PRESSES}
    assert {one.url for one in answers} == {reverse("report_detail", args=[mine.key])}
    sent = Assessment.objects.get()
    assert len(reported) == 1
    assert sent.result_sha256 == compute(sent).content_hash()


def test_of_presses_on_start_comes_one_assessment(member):
    role = publish(ROLE).role
    answers = post_at_once(tabs(member), reverse("assessment_start", args=[role.slug]), {})
    assert statuses(answers) == {302: PRESSES}
    assert {one.url.split("/")[2] for one in answers} == {Assessment.objects.get().key}


# --- Two tabs on the plan -----------------------------------------------------------------------


def settings(hours, revision):
    # More values than there are hours a week, so that no two tabs want the same.
    budget = "free" if hours < PRESSES / 2 else "any"
    return {
        "hours_a_week": str(6 + hours % 70),
        "starts_on": "2026-03-02",
        "budget": budget,
        "revision": str(revision),
    }


def edit(revision, notes):
    shown = {"item": str(item().pk), "revision": str(revision), "press": "save"}
    return shown | {"status": "doing", "notes": notes, "due_on": "", "hours": ""}


def test_of_stale_tabs_on_the_settings_one_is_saved_and_the_others_are_told(member):
    answers = post_at_once(tabs(member), PLAN, lambda number: settings(number, 0))
    assert statuses(answers) == {302: 1, 409: PRESSES - 1}
    saved = [one.status_code for one in answers].index(302)
    assert Plan.objects.get().hours_a_week == 6 + saved % 70
    told = next(one for one in answers if one.status_code == 409)
    assert "Your plan was changed somewhere else" in told.content.decode()
    assert f"{6 + saved % 70} hours a week" in told.content.decode()


def test_of_stale_tabs_on_an_item_one_is_saved_and_the_others_are_told(member):
    plan(member, report(member))
    answers = post_at_once(tabs(member), PYTHON, lambda number: edit(0, f"Tab <{number}>"))
    assert statuses(answers) == {302: 1, 409: PRESSES - 1}
    saved = [one.status_code for one in answers].index(302)
    assert item().notes == f"Tab <{saved}>"
    for number, told in enumerate(answers):
        if number != saved:
            page = told.content.decode()
            assert f"Tab &lt;{saved}&gt;" in page
            assert f"Tab &lt;{number}&gt;" in page


def test_tabs_that_look_before_they_save_never_overwrite_what_they_did_not_see(member):
    """Half of them press with what they saw at first, half look again: each saved one took the
    place of a revision that no other took the place of.
    """
    plan(member, report(member))
    clients = tabs(member)

    def look_and_press(number):
        revision = 0
        if number % 2:
            page = clients[number].get(PYTHON).content.decode()
            revision = int(re.search(r'name="revision" value="(\d+)"', page).group(1))
        answer = clients[number].post(PYTHON, edit(revision, f"Tab {number}"))
        return answer.status_code, revision

    answers = at_once(look_and_press)
    assert {status for status, _revision in answers} <= {302, 409}
    replaced = sorted(revision for status, revision in answers if status == 302)
    assert replaced == list(range(item().revision))


def test_removing_beside_saving_loses_nothing_in_silence(member):
    plan(member, report(member))
    shown, presses = edit(0, "Mine."), [{"press": "save"}, {"press": "remove"}]
    answers = post_at_once(tabs(member), PYTHON, lambda number: shown | presses[number % 2])
    assert set(statuses(answers)) <= {302, 404, 409}
    refused = [one for one in answers[::2] if one.status_code != 302]
    assert all("Mine." in one.content.decode() for one in refused)
    saved = len(refused) < len(answers[::2])
    assert saved == PlanItem.objects.filter(skill="python").exists()


def test_each_gap_is_taken_once(member):
    mine = report(member)
    answers = post_at_once(
        tabs(member), reverse("plan_add", args=[mine.key]), {"gaps": ["python", "sql"]}
    )
    assert statuses(answers) == {302: PRESSES}
    assert sorted(PlanItem.objects.values_list("skill", flat=True)) == ["python", "sql"]


def test_rating_a_skill_again_opens_one_assessment(member):
    plan(member, report(member))
    answers = post_at_once(tabs(member), reverse("plan_rate", args=["python"]), {})
    assert statuses(answers) == {302: PRESSES}
    assert Assessment.objects.open().count() == 1


# --- Sharing, mail ------------------------------------------------------------------------------


def test_one_press_on_share_makes_one_link(member):
    mine = assessing.submit(assessment=opened(member, ROLE, python=3))
    pressed = {"make": "link", "scope": "gaps", "days": "30", "press": new_key()}
    answers = post_at_once(tabs(member), reverse("report_share", args=[mine.key]), pressed)
    assert statuses(answers) == {302: PRESSES}
    assert ShareLink.objects.count() == 1


def test_an_address_from_many_sides_is_asked_once(db):
    visitors = [Tab(REMOTE_ADDR=f"192.0.2.{number}") for number in range(PRESSES)]
    answers = post_at_once(visitors, reverse("newsletter"), {"email": "reader@example.org"})
    assert statuses(answers) == {302: PRESSES}
    assert Subscriber.objects.count() == len(mail.outbox) == 1


def test_reminders_are_switched_on_once(member):
    answers = post_at_once(tabs(member), reverse("reminders"), {"plan_dates": "on"})
    assert statuses(answers) == {302: PRESSES}
    assert Reminders.objects.get().plan_dates
