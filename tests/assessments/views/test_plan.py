import re
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from assessments.models import Plan, PlanItem, publication
from tests.calendar_files import events
from tests.conftest import signed_in
from tests.definitions import definition, requirement, wide_definition
from tests.pages import html, main, title, words
from tests.planned import ROLE, item, link, named, plan, report, resources
from tests.published import opened

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
HOME = reverse("plan")
SETTINGS = {"hours_a_week": "5", "starts_on": "2026-03-02", "budget": "any", "revision": "0"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def mine(member):
    return report(member)


@pytest.fixture
def planned(member, mine):
    return plan(member, mine)


def page_of(client):
    return words(main(client.get(HOME)))


def add_address(assessment):
    return reverse("plan_add", args=[assessment.key])


def test_it_works(planned, member_client):
    response = member_client.get(HOME)
    page = words(main(response))
    assert title(response) == "My plan – CareerPath"
    assert "All of it by 19 December 2027 3 skills, 470 hours of practice; at 5 a week" in page
    assert "Weeks 1 to 22 Independent by 2 August 2026 Skill python" in page
    assert "From Aware to Independent, for the target “Target python” of Tester" in page


def test_a_target_called_like_its_skill_is_not_named_twice(member, member_client):
    alike = replace(requirement("python", 3), title="Skill python")
    plan(member, report(member, definition(alike), python=1), "python")
    assert "From Aware to Independent, for Tester" in page_of(member_client)


def test_items_come_by_priority(planned, member_client):
    names = re.findall(r'href="/plan/(\w+)/">Skill', html(member_client.get(HOME)))
    assert names == ["python", "bash", "sql"]


def test_more_hours_a_week_move_the_dates(planned, member_client):
    response = member_client.post(HOME, SETTINGS | {"hours_a_week": "10"}, follow=True)
    page = words(main(response))
    assert "Saved. The dates follow." in page
    assert "Weeks 1 to 11 Independent by 17 May 2026" in page


def test_without_a_plan_it_says_how_to_begin(mine, member_client):
    page = page_of(member_client)
    assert "Nothing is planned yet" in page
    assert add_address(mine) in html(member_client.get(HOME))
    assert not Plan.objects.exists()


def test_without_a_report_it_leads_to_the_roles(member_client):
    assert "You have no report yet" in page_of(member_client)


def test_the_first_date_missed_is_called_late(planned, member):
    with time_machine.travel(date(2026, 8, 4)):
        page = page_of(signed_in(member))
    assert "Late by 2 days: it was due on 2 August 2026" in page
    assert "1 is late." in page


def test_a_date_of_one_s_own_stands_beside_the_computed_one(planned, member_client):
    PlanItem.objects.filter(skill="python").update(due_on=date(2026, 4, 1))
    page = page_of(member_client)
    assert "Independent by 2 August 2026 Your own date: 1 April 2026" in page
    assert "At this pace your own date is missed" in page


def test_beyond_twenty_years_no_date_is_named(planned, member_client):
    PlanItem.objects.filter(skill="python").update(hours=5000)
    Plan.objects.update(hours_a_week=1)
    assert "More than twenty years at this pace" in page_of(member_client)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("hours_a_week", "", "Write how many hours a week you have"),
        ("hours_a_week", "0", "Write the hours a week as a whole number from 1 to 80"),
        ("hours_a_week", "81", "Write the hours a week as a whole number from 1 to 80"),
        ("hours_a_week", "a few", "Write the hours a week as a whole number from 1 to 80"),
        ("starts_on", "", "Choose the day you start"),
        ("starts_on", "31/02/2026", "Write the start as year-month-day, such as 2026-03-27"),
        ("starts_on", "1999-12-31", "Choose a day from the year 2000 on"),
        ("starts_on", "2100-01-01", "Choose a day before the year 2100"),
        ("budget", "", "Select which resources to use"),
        ("budget", "gold", "Select which resources to use"),
    ],
)
def test_a_mistake_in_the_settings_is_said_and_kept(planned, member_client, field, typed, said):
    response = member_client.post(HOME, SETTINGS | {field: typed})
    page = html(response)
    assert title(response).startswith("Error:")
    assert page.count(said) == 2
    assert f'<a href="#id_{field}">{said}' in page
    assert field == "budget" or f'value="{typed}"' in page
    assert Plan.objects.get().revision == 0


def test_two_tabs_on_the_settings_show_both(planned, member_client):
    member_client.post(HOME, SETTINGS | {"hours_a_week": "7"})
    response = member_client.post(HOME, SETTINGS | {"hours_a_week": "9"})
    page = html(response)
    assert response.status_code == 409
    assert "7 hours a week from 2 March 2026. Free or paid." in words(page)
    assert 'value="9"' in page
    assert 'name="revision" value="1"' in page
    assert Plan.objects.get().hours_a_week == 7


# --- from a report ---


def test_the_report_leads_to_it_whatever_is_planned(mine, member, member_client):
    address = reverse("report_detail", args=[mine.key])
    before = html(member_client.get(address))
    assert add_address(mine) in before
    plan(member, mine)
    assert html(member_client.get(address)) == before


def test_the_first_three_are_ticked(mine, member_client):
    page = html(member_client.get(add_address(mine)))
    boxes = re.findall(r'name="gaps".*?value="(\w+)"(.*?)>', page, re.DOTALL)
    ticked = {slug: "checked" in rest for slug, rest in boxes}
    assert ticked == {"python": True, "bash": True, "sql": True, "talking": False}


def test_adding_puts_them_into_the_plan_once(mine, member_client):
    resources(good="free", dear="paid")
    chosen = {"gaps": ["python", "sql"], "link-python": str(link("dear").pk)}
    for said in ("2 skills added to your plan.", "Your plan holds all of these already."):
        response = member_client.post(add_address(mine), chosen, follow=True)
        assert said in words(main(response))
    assert [one.skill for one in PlanItem.objects.all()] == ["python", "sql"]
    assert item().link == link("dear")
    assert item("sql").link == link("good", "sql")


def test_what_is_planned_is_listed_apart(planned, mine, member_client):
    page = words(main(member_client.get(add_address(mine))))
    assert page.endswith("In your plan already Skill python Skill bash Skill sql")


def test_a_gap_is_named_as_in_the_report_too(mine, member_client):
    page = words(main(member_client.get(add_address(mine))))
    assert "about 110 hours. For the target “Target python”. Essential." in page


def test_another_report_offers_to_raise(planned, member, member_client):
    higher = named(definition(requirement("python", 4)), "other")
    other = report(member, higher, python=1)
    page = words(main(member_client.get(add_address(other))))
    assert "In your plan already; this report would change its levels." in page
    response = member_client.post(add_address(other), {"gaps": ["python"]}, follow=True)
    assert "From Aware to Leading, for the target “Target python” of Other" in words(main(response))
    assert PlanItem.objects.count() == 3


def test_with_nothing_ticked_it_says_so(mine, member_client):
    response = member_client.post(add_address(mine), {})
    assert title(response).startswith("Error:")
    assert html(response).count("Select at least one skill to plan") == 2
    assert 'href="#id_gaps_0"' in html(response)
    assert "checked" not in main(response)


@pytest.mark.parametrize("data", [{"gaps": ["juggling"]}, {"gaps": ["python"], "link-python": "0"}])
def test_what_was_not_offered_cannot_be_added(mine, member_client, data):
    resources(good="free")
    assert title(member_client.post(add_address(mine), data)).startswith("Error:")
    assert not PlanItem.objects.exists()


def test_a_free_budget_leaves_out_what_is_only_paid(mine, member_client):
    resources(good="free", some="free-and-paid", dear="paid")
    member_client.post(HOME, SETTINGS | {"budget": "free"})
    page = html(member_client.get(add_address(mine)))
    assert "good: Course, free" in page
    assert "some: Course, free and paid" in page
    assert "dear" not in page


def test_a_report_without_a_gap_has_nothing_to_plan(member, member_client):
    met = report(member, definition(requirement("python")), python=4)
    assert "nothing to plan" in words(main(member_client.get(add_address(met))))
    assert "Plan this" not in html(member_client.get(reverse("report_detail", args=[met.key])))


def test_a_full_plan_says_so(member, member_client):
    said = {f"s{n}": 0 for n in range(101)}
    big = report(member, wide_definition(101), **said)
    response = member_client.post(add_address(big), {"gaps": list(said)})
    assert "A plan holds at most 100 skills." in html(response)
    assert not PlanItem.objects.exists()


# --- whose ---


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_cannot_plan_from_my_report(mine, stranger_client, method):
    ask = getattr(stranger_client, method)
    found, missing = ask(add_address(mine)), ask(reverse("plan_add", args=["x" * 22]))
    assert (found.status_code, missing.status_code) == (404, 404)
    assert found.content == missing.content


def test_an_open_assessment_cannot_be_planned(member, member_client):
    assert member_client.get(add_address(opened(member, ROLE))).status_code == 404


def test_everybody_sees_their_own_plan(planned, stranger_client):
    assert "Nothing is planned yet" in page_of(stranger_client)


@pytest.mark.parametrize("name", ["plan", "plan_ics"])
def test_without_an_account_one_is_asked_to_sign_in(client, name):
    path = reverse(name)
    assert client.get(path).url == f"{reverse('account_login')}?next={path}"


# --- the calendar ---


def test_the_calendar_holds_the_dates_shown(planned, member_client):
    PlanItem.objects.filter(skill="sql").update(due_on=date(2027, 12, 24))
    PlanItem.objects.filter(skill="bash").update(status="done")
    response = member_client.get(reverse("plan_ics"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(response.content.decode())
    assert [(one["SUMMARY"], one["DTSTART;VALUE=DATE"]) for one in found] == [
        ("Skill python: reach Independent", "20260802"),
        ("Skill sql: reach Independent", "20271224"),
    ]
    assert found == events(member_client.get(reverse("plan_ics")).content.decode())


def test_without_dates_there_is_no_calendar(member_client):
    response = member_client.get(reverse("plan_ics"), follow=True)
    assert "There are no dates to take with you" in words(main(response))


# --- queries ---


@pytest.mark.parametrize("name", ["plan", "plan_ics", "plan_add"])
def test_the_pages_ask_as_often_for_40_skills_as_for_1(
    member, member_client, django_assert_num_queries, name
):
    for size in (1, 40):
        role = named(wide_definition(41), f"wide-{size}")
        mine = report(member, role, **{f"s{n}": 0 for n in range(41)})
        plan(member, mine, *(f"s{n}" for n in range(size)))
        path = add_address(mine) if name == "plan_add" else reverse(name)
        publication._definitions.clear()
        with django_assert_num_queries(8):
            assert member_client.get(path).status_code == 200
        Plan.objects.all().delete()


def test_items_of_many_reports_are_read_at_once(member, member_client, django_assert_num_queries):
    for number in range(3):
        role = named(definition(requirement(f"s{number}")), f"role-{number}")
        plan(member, report(member, role, **{f"s{number}": 0}), f"s{number}")
    publication._definitions.clear()
    with django_assert_num_queries(8):
        assert member_client.get(HOME).status_code == 200
