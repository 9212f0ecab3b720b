from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from assessments.actions.assessment import submit
from assessments.models import Answer, Assessment, Plan, PlanItem, ResourceLink
from tests.definitions import definition, requirement, wide_definition
from tests.pages import html, main, title, words
from tests.planned import ROLE, item, link, named, plan, report, resources
from tests.published import opened, publish

pytestmark = pytest.mark.django_db
HOME = reverse("plan")
ADDRESS = reverse("plan_item", args=["python"])
RATE = reverse("plan_rate", args=["python"])


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 3, 2)):
        yield


@pytest.fixture
def planned(member):
    return plan(member, report(member))


def post(client, revision=0, pk=None, **data):
    stored = item()
    shown = {"status": "to-do", "press": "save", "revision": str(revision)}
    return client.post(ADDRESS, shown | {"item": str(pk or stored.pk)} | data)


def page_of(client):
    return words(main(client.get(ADDRESS)))


def test_it_works(planned, member_client):
    response = member_client.get(ADDRESS)
    page = words(main(response))
    assert title(response) == "Skill python – My plan – CareerPath"
    assert "In your plan for the target “Target python” of Tester" in page
    assert "From Aware to Independent." in page
    assert "You are there when you can say: I do python as Independent." in page
    assert "Weeks 1 to 22 Independent by 2 August 2026" in page
    assert "110 hours Aware to Guided: 30, by rule of thumb" in page
    assert "Guided to Independent: 80, by rule of thumb" in page


def test_everything_can_be_set(planned, member_client):
    resources(good="free", other="free")
    response = post(
        member_client,
        status="doing",
        notes="Chapter <3>.",
        due_on="2026-06-01",
        hours="12",
        link=str(link("other").pk),
    )
    assert response.url == HOME
    found = item()
    assert (found.status, found.notes, found.hours) == ("doing", "Chapter <3>.", 12)
    assert (found.due_on, found.link) == (date(2026, 6, 1), link("other"))
    page = html(member_client.get(ADDRESS))
    assert "Chapter &lt;3&gt;.</textarea>" in page
    assert 'value="2026-06-01"' in page
    assert "12 hours as you wrote" in words(page)


def test_hours_of_the_resource_count(planned, member_client):
    resources(good="free")
    ResourceLink.objects.filter(pk=link("good").pk).update(hours=25)
    PlanItem.objects.filter(skill="python").update(link=link("good"))
    page = page_of(member_client)
    assert "25 hours Aware to Independent: 25, as the resource says" in page
    assert "Weeks 1 to 5" in page


def test_emptying_the_hours_brings_the_estimate_back(planned, member_client):
    PlanItem.objects.filter(skill="python").update(hours=12)
    post(member_client, hours="")
    assert item().hours is None


# --- done, and rating again ---


def test_done_offers_to_rate_again(planned, member_client):
    response = post(member_client, status="done")
    assert response.url == ADDRESS
    assert f'action="{RATE}"' in html(member_client.get(ADDRESS))
    assert "Done Skill python" in words(main(member_client.get(HOME)))


def test_rating_again_opens_the_question_once(planned, member_client):
    for _press in range(2):
        response = member_client.post(RATE)
        mine = Assessment.objects.open().get()
        assert response.url == reverse("question", args=[mine.key, "python"])


def test_rating_again_copies_what_still_holds_but_not_that_skill(planned, member_client, member):
    last = opened(member, ROLE, python=3, sql=3, bash=1)
    Answer.objects.filter(assessment=last).update(last_done="this-year")
    submit(assessment=last)
    said = words(html(member_client.post(RATE, follow=True)))
    assert "1 answer was copied from your last report. The rest is asked." in said
    assert [one.skill for one in Assessment.objects.open().get().answers.all()] == ["sql"]
    assert "was copied" not in words(html(member_client.post(RATE, follow=True)))


def test_rating_again_is_on_the_newest_version(planned, member_client):
    publish(replace(ROLE, summary="New."))
    member_client.post(RATE)
    assert Assessment.objects.open().get().version.number == 2


def test_a_skill_no_longer_asked_leads_to_the_list(planned, member_client):
    publish(definition(requirement("sql")))
    response = member_client.post(RATE, follow=True)
    assert "This role no longer asks about that skill." in words(main(response))


def test_rating_again_is_a_press(planned, member_client):
    assert member_client.get(RATE).status_code == 405


# --- resources that are gone ---


@pytest.fixture
def chosen(planned):
    resources(good="free", other="free", dear="paid")
    PlanItem.objects.filter(skill="python").update(link=link("good"))


def test_the_one_chosen_is_shown(chosen, member_client):
    page = html(member_client.get(HOME))
    assert "https://good.example/python" in page
    assert "tands in" not in page.split("bash")[0]


def test_a_broken_one_is_replaced_and_it_says_so(chosen, member_client):
    ResourceLink.objects.filter(pk=link("good").pk).update(health="broken")
    page = html(member_client.get(HOME))
    assert "https://good.example/python" not in page
    assert "https://other.example/python" in page
    assert "Stands in for good, which you chose: its page no longer answers." in words(page)


def test_one_that_left_the_catalogue_is_replaced_and_it_says_so(chosen, member_client):
    link("good").resource.delete()
    page = page_of(member_client)
    assert (
        "other : Skill python Course, free Stands in: what you chose has left the catalogue" in page
    )


def test_a_paid_one_is_replaced_while_the_budget_is_free(chosen, member_client):
    PlanItem.objects.filter(skill="python").update(link=link("dear"))
    Plan.objects.update(budget="free")
    assert "Stands in for dear, which you chose: it costs money" in page_of(member_client)
    Plan.objects.update(budget="any")
    assert "Stands in" not in page_of(member_client)


def test_with_nothing_to_stand_in_it_says_so(planned, member_client):
    resources(good="free")
    PlanItem.objects.filter(skill="python").update(link=link("good"))
    ResourceLink.objects.update(health="broken")
    page = page_of(member_client)
    assert "You chose good, but its page no longer answers." in page
    assert "No resource in the catalogue fits this yet." in page
    post(member_client, notes="Kept.")
    assert item().link == link("good")


def test_saving_takes_the_stand_in(chosen, member_client):
    ResourceLink.objects.filter(pk=link("good").pk).update(health="broken")
    post(member_client, link=str(link("other").pk))
    assert item().link == link("other")


# --- mistakes ---


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("status", "", "Select how far you are"),
        ("status", "asleep", "Select how far you are"),
        ("hours", "0", "Write the hours as a whole number from 1 to 5000"),
        ("hours", "5001", "Write the hours as a whole number from 1 to 5000"),
        ("hours", "many", "Write the hours as a whole number from 1 to 5000"),
        ("due_on", "tomorrow", "Write the date as year-month-day, such as 2026-03-27"),
        ("due_on", "1999-12-31", "Choose a day from the year 2000 on"),
        ("due_on", "2100-01-01", "Choose a day before the year 2100"),
        ("notes", "x" * 1001, "Shorten your notes to 1000 characters: they have 1001"),
        ("link", "0", "Select one of the resources listed"),
    ],
)
def test_a_mistake_is_said_and_everything_typed_is_kept(planned, member_client, field, typed, said):
    data = {"notes": "Keep me.", "due_on": "2026-06-01", "hours": "12"} | {field: typed}
    response = post(member_client, **data)
    page = html(response)
    assert title(response).startswith("Error:")
    assert page.count(said) == 2
    for name in ("due_on", "hours"):
        assert f'value="{data[name]}"' in page
    assert f"{data['notes']}</textarea>" in page
    assert item().revision == 0


# --- two tabs ---


def test_two_tabs_show_both_and_saving_again_decides(planned, member_client):
    post(member_client, status="doing", notes="First tab.")
    response = post(member_client, notes="Second tab.", hours="9")
    page = html(response)
    assert response.status_code == 409
    assert "Saved there Doing Notes: First tab." in words(page)
    assert "Second tab.</textarea>" in page
    assert 'value="9"' in page
    post(member_client, revision=item().revision, notes="Second tab.")
    assert item().notes == "Second tab."


def test_removed(planned, member_client):
    response = member_client.post(
        ADDRESS, {"press": "remove", "item": str(item().pk), "revision": "0"}, follow=True
    )
    assert "“Skill python” is out of your plan." in words(main(response))
    assert not PlanItem.objects.filter(skill="python").exists()


def test_removing_what_changed_elsewhere_asks_first(planned, member_client):
    post(member_client, notes="First tab.")
    response = post(member_client, press="remove")
    assert response.status_code == 409
    assert item().notes == "First tab."


def test_notes_on_something_removed_are_not_lost(planned, member_client):
    pk = item().pk
    item().delete()
    data = {"status": "to-do", "item": str(pk), "revision": "0", "notes": "Keep <me>."}
    response = member_client.post(ADDRESS, data)
    assert response.status_code == 404
    assert "Keep &lt;me&gt;.</textarea>" in html(response)


@pytest.mark.parametrize("shown", ["", "x", "-1", "9" * 5000], ids=len)
def test_a_broken_page_overwrites_nothing(planned, member_client, shown):
    post(member_client, notes="Mine.")
    data = {"status": "to-do", "notes": "Broken.", "item": shown, "revision": shown}
    assert member_client.post(ADDRESS, data).status_code in (200, 409)
    assert item().notes == "Mine."


# --- whose ---


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["plan_item", "plan_rate"])
def test_a_stranger_s_plan_does_not_hold_it(planned, stranger_client, method, name):
    ask = getattr(stranger_client, method)
    found, missing = (ask(reverse(name, args=[skill])) for skill in ("python", "nothing"))
    assert found.status_code == missing.status_code
    assert found.status_code in (404, 405)
    assert found.content == missing.content
    assert item().revision == 0


def test_without_an_account_one_is_asked_to_sign_in(planned, client):
    assert client.get(ADDRESS).url == f"{reverse('account_login')}?next={ADDRESS}"


def test_the_page_asks_as_often_among_40_skills_as_alone(
    member, member_client, django_assert_num_queries
):
    for size in (1, 40):
        role = named(wide_definition(40), f"wide-{size}")
        mine = report(member, role, **{f"s{n}": 0 for n in range(40)})
        plan(member, mine, *(f"s{n}" for n in range(size)))
        with django_assert_num_queries(6):
            assert member_client.get(reverse("plan_item", args=["s0"])).status_code == 200
        Plan.objects.all().delete()
