"""The page of a role that is an occupation of O*NET."""

from datetime import UTC, datetime

import pytest

from assessments.actions.assessment import start, submit
from assessments.domain.definition import Passage
from assessments.models import Assessment
from assessments.occupation_pages import LISTED, SHOWN, closed
from tests.definitions import definition, requirement
from tests.factories import (
    AlternateTitleFactory,
    RelatedOccupationFactory,
    ReleaseFactory,
    TechnologyFactory,
    WageFactory,
)
from tests.occupations import occupation
from tests.pages import main, part, rows, title, words
from tests.planned import plan
from tests.published import answer, publish

pytestmark = pytest.mark.django_db


def shown(client, path="/roles/bakers/"):
    return main(client.get(path))


def relate(one, *others):
    for other in others:
        RelatedOccupationFactory(occupation=one, to=other)


# --- the work ---


def test_it_works(client):
    occupation("Bakers", code="51-3011.00")
    response = client.get("/roles/bakers/")
    assert title(response) == "Bakers – CareerPath"
    assert "Occupation 51-3011.00 in O*NET Bakers What Bakers do." in words(main(response))


def test_tasks_are_listed_and_the_later_ones_folded(client):
    tasks = [Passage("task", "", f"Bake cake {number}.") for number in range(SHOWN + 2)]
    occupation("Bakers", passages=[Passage("overview", "", "They bake."), *tasks])
    page = shown(client)
    assert "The work They bake." in words(page)
    folded = words(part(page, "<details>", "</details>"))
    assert folded == "And 2 more : Typical tasks Bake cake 10. Bake cake 11."


def test_preparation_is_in_words(client):
    occupation("Bakers", job_zone=3, passages=[Passage("pathway", "Experience", "Two years.")])
    text = words(shown(client))
    assert "Job zone 3: O*NET sorts occupations by how much preparation" in text
    assert "Experience Two years." in text


# --- education ---


def test_education_is_a_table_with_bars(client):
    shares = [
        {"category": 1, "name": "High School", "percent": "66.6", "suppressed": False},
        {"category": 2, "name": "Master", "percent": "12.0", "suppressed": True},
        {"category": 3, "name": "Doctor", "percent": "0.00", "suppressed": False},
    ]
    occupation("Bakers", education_shares=shares)
    page = shown(client)
    table = rows(page, "working-table occupation-table")
    assert table == [["High School", "66.6 %"], ["Master", "not shown: too few answers"]]
    assert '<rect class="part" width="67"' in page
    assert "the source advises against relying on the figure" in words(page)


# --- technologies, titles ---


def test_technologies_say_whether_they_are_asked_for(client):
    made = occupation("Bakers")
    TechnologyFactory(occupation=made, name="Oven OS", in_demand=True, hot=True)
    TechnologyFactory(occupation=made, name="Sheets", hot=True)
    TechnologyFactory(occupation=made, name="Till")
    text = words(part(shown(client), 'id="tools"', "</section>"))
    assert "Oven OS Development environment software · in demand" in text
    assert "Sheets Development environment software · hot" in text
    assert text.endswith("Till Development environment software")


def test_a_technology_of_two_kinds_is_named_once(client):
    made = occupation("Bakers")
    for kind in ("Data base software", "Spreadsheet software"):
        TechnologyFactory(occupation=made, name="Sheets", kind=kind)
    assert words(shown(client)).count("Sheets") == 1


def test_long_lists_are_bounded(client):
    made = occupation("Bakers")
    for number in range(SHOWN + LISTED + 5):
        AlternateTitleFactory(occupation=made, title=f"Cook {number:03}")
        TechnologyFactory(occupation=made, name=f"Tool {number:03}")
    text = words(shown(client))
    assert text.count("And 105 more") == 2
    assert text.count("and 5 others") == 2
    assert "Cook 109" in text
    assert "Cook 110" not in text
    assert "Tool 110" not in text


def test_related_occupations_are_linked_the_nearest_first(client):
    bakers, cooks, millers = (occupation(name) for name in ("Bakers", "Cooks", "Millers"))
    relate(bakers, cooks)
    relate(millers, bakers)
    page = shown(client)
    related = part(page, 'id="related"', "</section>")
    assert related.index('href="/roles/cooks/"') < related.index('href="/roles/millers/"')


# --- what it asks for ---


def test_requirements_are_on_the_scale_of_the_release(client):
    occupation("Bakers", skills=["reading"])
    table = rows(shown(client), "working-table occupation-table")
    assert table == [
        ["Target reading Because reading matters.", "Level 4 4 of 7", "Desirable important, 3 of 5"]
    ]


def test_later_requirements_are_folded(client):
    occupation("Bakers", skills=[f"s{number}" for number in range(SHOWN + 1)])
    page = shown(client)
    assert "Target s10" in page.split("And 1 more", 1)[1]
    assert "Target s9" in page.split("And 1 more", 1)[0]


def test_it_leads_to_the_assessment_from_top_and_bottom(client):
    occupation("Bakers")
    assert shown(client).count('href="/roles/bakers/start/"') == 2


# --- what cannot be assessed ---


@pytest.mark.parametrize(
    ("unrated", "reason"),
    [
        ("no-data", "has not surveyed which skills"),
        ("all-other", "a collection of different occupations"),
        ("military", "a military occupation"),
    ],
)
def test_an_unrated_one_says_why_and_has_no_way_to_start(client, unrated, reason):
    occupation("Bakers", skills=(), unrated=unrated)
    page = shown(client)
    assert reason in words(page)
    assert "/start/" not in page


def test_an_unrated_one_leads_to_rated_ones(client):
    bakers = occupation("Bakers", skills=())
    relate(bakers, occupation("Cooks", skills=()), occupation("Millers"))
    notice = part(shown(client), 'class="notice"', "</div>")
    assert 'href="/roles/millers/"' in notice
    assert "Cooks" not in notice


def test_a_withdrawn_one_says_so(client):
    occupation("Bakers", withdrawn=True)
    assert "The newest release of O*NET no longer has this occupation." in words(shown(client))


def test_withdrawn_ones_are_not_recommended(client):
    bakers = occupation("Bakers", skills=())
    relate(bakers, occupation("Millers", withdrawn=True))
    assert "Millers" not in shown(client)


@pytest.mark.parametrize("who", ["client", "member_client"])
def test_starting_what_cannot_be_assessed_is_answered_kindly(request, who):
    client = request.getfixturevalue(who)
    bakers = occupation("Bakers", skills=())
    relate(bakers, occupation("Millers"))
    asked, pressed = client.get("/roles/bakers/start/"), client.post("/roles/bakers/start/")
    assert (asked.status_code, pressed.status_code) == (200, 409)
    for response in (asked, pressed):
        assert "There is nothing to assess for Bakers" in words(main(response))
        assert 'href="/roles/millers/"' in main(response)
    assert not Assessment.objects.exists()


def test_its_own_figures_stand_there_once(client):
    bakers = occupation("Bakers", code="51-3011.00", occupations=("51-3011.00",))
    wage = WageFactory(code="51-3011", title="Bakers", annual_median=46_000)
    ReleaseFactory(source="oews")
    bakers.wage = wage
    bakers.save()
    text = words(shown(client))
    assert text.count("$46,000") == 2  # large, and in the table
    assert "Today’s figures" not in text


def test_reading_it_asks_the_same_however_much_there_is(client, django_assert_num_queries):
    bakers = occupation("Bakers", titles=["Cook"], technologies=["Till"])
    client.get("/roles/bakers/")
    for number in range(3):
        relate(bakers, occupation(f"Cooks {number}", titles=["Chef"], technologies=["Pan"]))
        AlternateTitleFactory(occupation=bakers)
        with django_assert_num_queries(6):
            client.get("/roles/bakers/")


def test_the_page_sets_no_cookie_and_has_no_inline_style(client):
    shares = [{"category": 1, "name": "School", "percent": "50", "suppressed": False}]
    occupation("Bakers", education_shares=shares)
    response = client.get("/roles/bakers/")
    assert not response.cookies
    assert "style=" not in response.content.decode()
    assert "csrf" not in response.content.decode()


# --- what was withdrawn ---


@pytest.fixture
def bakers():
    """Withdrawn, and near to one that was not."""
    made = occupation("Bakers", withdrawn=True)
    relate(made, occupation("Millers"))
    return made


def test_a_withdrawn_one_cannot_be_started_and_says_where_to_go(client, bakers):
    page = shown(client)
    assert "/roles/bakers/start/" not in page
    notice = part(page, 'class="notice"', "</div>")
    assert "No new assessment can be started here." in words(notice)
    assert 'href="/roles/millers/"' in notice
    assert 'href="/roles/?rated=on"' in notice


@pytest.mark.parametrize("who", ["client", "member_client"])
def test_starting_a_withdrawn_one_is_answered_kindly(request, who, bakers):
    client = request.getfixturevalue(who)
    asked, pressed = client.get("/roles/bakers/start/"), client.post("/roles/bakers/start/")
    assert (asked.status_code, pressed.status_code) == (200, 409)
    for response in (asked, pressed):
        assert title(response) == "Withdrawn – Bakers – CareerPath"
        assert "nothing to assess" not in main(response)
        assert "The newest release of O*NET no longer has this" in words(main(response))
        assert 'href="/roles/millers/"' in main(response)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("page", ["", "start/"])
def test_it_says_by_which_release_it_was_withdrawn(client, bakers, page):
    ReleaseFactory(
        source="onet",
        name="O*NET 30.0",
        period="August 2025",
        imported_at=datetime(2025, 9, 2, 12, tzinfo=UTC),
    )
    text = words(main(client.get(f"/roles/bakers/{page}")))
    assert "O*NET 30.0 (August 2025), the newest release, no longer has this occupation." in text
    assert "It was read here on 2 September 2025." in text


def test_what_was_begun_before_is_finished(member, member_client, bakers):
    begun = start(by=member, version=bakers.role.versions.get())
    assert "Go on where I left off" in words(main(member_client.get("/roles/bakers/start/")))
    response = member_client.post("/roles/bakers/start/")
    assert response.url == f"/assessments/{begun.key}/skills/reading/#question"
    member_client.post(response.url, {"level": "4", "last_done": "this-year", "revision": "0"})
    member_client.post(f"/assessments/{begun.key}/review/")
    begun.refresh_from_db()
    assert begun.is_submitted


@pytest.mark.parametrize(("withdrawn", "links"), [(False, 1), (True, 0)])
def test_its_reports_stay_and_do_not_offer_another(member, member_client, bakers, withdrawn, links):
    bakers.withdrawn = withdrawn
    bakers.save()
    report = submit(assessment=start(by=member, version=bakers.role.versions.get()))
    response = member_client.get(f"/reports/{report.key}/")
    assert response.status_code == 200
    assert main(response).count("Take the assessment again") == links


def test_rating_a_skill_again_for_a_withdrawn_one_leads_to_the_reason(
    member, member_client, bakers
):
    begun = start(by=member, version=bakers.role.versions.get())
    answer(begun, reading=1)
    report = submit(assessment=begun)
    plan(member, report, "reading").items.update(status="done")
    assert "no longer has that occupation" in words(main(member_client.get("/plan/reading/")))
    assert member_client.post("/plan/reading/rate/").url == "/roles/bakers/start/"
    assert Assessment.objects.count() == 1


def test_a_role_that_editors_keep_costs_no_look_at_the_occupations(db, django_assert_num_queries):
    version = publish(definition(requirement("sql")))
    with django_assert_num_queries(0):
        assert closed(version) is None
