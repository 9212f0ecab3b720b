import re

import pytest

from assessments.models import Occupation, Role, publication
from assessments.search import ON_A_PAGE
from tests.definitions import definition, requirement
from tests.factories import OutlookFactory, ReleaseFactory, WageFactory
from tests.occupations import occupation
from tests.pages import html, main, title, words
from tests.published import publish

pytestmark = pytest.mark.django_db


def listed(client, **asked):
    """What a person reads below the form; below the introduction where there is none."""
    page = main(client.get("/roles/", asked))
    below = page.split("</form>" if "</form>" in page else "</p>", 1)[1]
    return words(below).removeprefix("Which roles am I nearest to?").strip()


# --- all of them ---


def test_the_list_links_each_published_role(client):
    publish(definition(requirement("sql")))
    page = main(client.get("/roles/"))
    assert 'href="/roles/tester/"' in page
    assert "1 role. Tester Tests." in words(page)


def test_the_nearest_roles_are_offered_where_there_are_occupations(client):
    publish(definition(requirement("sql")))
    assert "/roles/nearest/" not in main(client.get("/roles/"))
    ReleaseFactory(source="onet")
    assert "/roles/nearest/" in main(client.get("/roles/"))


def test_the_list_shows_what_was_published_not_the_draft(client):
    publish(definition(requirement("sql"), title="Published", summary="As published."))
    Role.objects.update(title="Draft", summary="Half written.")
    text = listed(client)
    assert "Published As published." in text
    assert "Draft" not in text


def test_the_list_shows_each_role_once(client):
    publish(definition(requirement("sql"), title="First"))
    publish(definition(requirement("sql"), title="Second"))
    text = listed(client)
    assert "Second" in text
    assert "First" not in text


def test_the_list_leaves_out_drafts(client):
    Role.objects.create(slug="tester", title="Tester", summary="Tests.")
    assert listed(client) == "No role has been published yet."


def test_kept_roles_come_before_imported_ones(client):
    occupation("Bakers")
    publish(definition(requirement("sql")))
    text = listed(client)
    assert text.index("Tester") < text.index("Bakers")


def test_the_list_is_paged(client):
    for number in range(ON_A_PAGE + 1):
        publish(definition(requirement("sql"), slug=f"r{number}", title=f"Role {number:02}"))
    assert main(client.get("/roles/")).count("<h2>") == ON_A_PAGE
    second = client.get("/roles/?page=2")
    assert "Role 24" in words(main(second))
    assert title(second) == "Roles (page 2 of 2) – CareerPath"


def test_the_next_page_asks_the_same(client):
    for number in range(ON_A_PAGE + 1):
        occupation(f"Bakers {number}")
    page = main(client.get("/roles/?q=bakers&zone=4&pay="))
    assert 'href="?q=bakers&amp;zone=4&amp;page=2"' in page


def test_the_list_parses_no_definition(client, monkeypatch):
    publish(definition(requirement("sql")))
    monkeypatch.setattr(publication.Definition, "from_json", None)
    publication._definitions.clear()
    assert client.get("/roles/").status_code == 200


def test_it_rejects_post(client):
    assert client.post("/roles/").status_code == 405


@pytest.mark.parametrize(
    ("query", "number"), [("", 5), ("?q=bakers", 5), ("?q=bakrs", 7), ("?q=bakers&zone=4", 5)]
)
def test_reading_it_asks_the_same_however_many_roles_there_are(
    client, query, number, django_assert_num_queries
):
    for count in range(3):
        occupation(f"Bakers {count}", titles=["Cook"], wage=WageFactory())
        with django_assert_num_queries(number):
            client.get(f"/roles/{query}")


# --- one line ---


def test_a_line_says_pay_and_growth_with_their_periods(client):
    ReleaseFactory(source="oews", period="May 2024")
    wage, outlook = WageFactory(annual_median=91_290), OutlookFactory(growth="23.2")
    occupation("Bakers", wage=wage, outlook=outlook, job_zone=3)
    text = listed(client)
    assert "Median pay $91,290 a year (May 2024)" in text
    assert "Growth +23.2 % (2021–2031)" in text
    assert "Job zone 3" in text


def test_a_line_says_where_one_cannot_assess_oneself(client):
    occupation("Bakers", skills=())
    assert "to read, not to assess" in listed(client)


def test_a_withdrawn_occupation_comes_last_and_says_so(client):
    occupation("Bakers", withdrawn=True)
    occupation("Cooks")
    text = listed(client)
    assert text.index("Cooks") < text.index("Bakers")
    assert text.endswith("withdrawn")


def test_a_withdrawn_occupation_is_none_that_can_be_assessed(client):
    occupation("Bakers", withdrawn=True)
    occupation("Cooks")
    text = listed(client, rated="on")
    assert "Cooks" in text
    assert "Bakers" not in text


def test_a_kept_role_says_whose_figures_it_shows(client):
    occupation("Analysts", code="15-2031.00", wage=WageFactory())
    publish(definition(requirement("sql"), occupations=("15-2031.00",)))
    assert "Job zone 4 counted as Analysts" in listed(client)


# --- looking for words ---


def test_a_title_is_found(client):
    occupation("Bakers")
    occupation("Cooks")
    assert listed(client, q="baker").startswith("1 role found. Bakers")


def test_what_matched_is_said_where_the_title_does_not(client):
    occupation("Bakers", titles=["Pastry Chef"])
    occupation("Cooks", technologies=["PyTorch"])
    assert "Bakers also called Pastry Chef" in listed(client, q="pastry chef")
    assert "Cooks uses PyTorch" in listed(client, q="pytorch")
    assert "asks for Skill reading" in listed(client, q="reading")


def test_a_slip_is_put_right_and_said(client):
    occupation("Data Analysts")
    text = listed(client, q="data analist")
    assert "Showing results for data analysts ; nothing was found for “data analist”." in text
    assert "1 role found. Data Analysts" in text


def test_a_search_is_named_in_the_title(client):
    occupation("Bakers")
    assert title(client.get("/roles/?q=baker")) == "Roles for “baker” – CareerPath"


def test_nothing_found_helps(client):
    occupation("Bakers")
    text = listed(client, q="zzzz")
    assert "No role was found Try fewer or other words" in text


@pytest.mark.parametrize(
    "asked", ["?!", "%", '"', "'", "a OR b*", "NEAR(a b)", "\\", "title:x", "💥"]
)
def test_marks_that_mean_something_to_a_database_do_not(client, asked):
    occupation("Bakers")
    assert client.get("/roles/", {"q": asked}).status_code == 200


def test_what_was_looked_for_is_escaped(client):
    assert "<b>" not in html(client.get("/roles/?q=<b>x</b>"))


# --- narrowing down ---


@pytest.mark.parametrize(
    ("count", "query", "offered"),
    [(0, "", 0), (1, "", 0), (1, "?q=bakers", 1), (1, "?zone=4", 1), (1, "?pay=x", 1), (2, "", 1)],
)
def test_the_form_is_offered_where_there_is_a_choice(client, count, query, offered):
    for number in range(count):
        occupation(f"Bakers {number}")
    assert main(client.get(f"/roles/{query}")).count("<form") == offered


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"zone": "4"}, True),
        ({"zone": "3"}, False),
        ({"education": "bachelor"}, True),
        ({"education": "doctorate"}, True),
        ({"education": "associate"}, False),
        ({"pay": "$91,290"}, True),
        ({"pay": "91291"}, False),
        ({"growth": "23.2 %"}, True),
        ({"growth": "24"}, False),
        ({"growth": "-5"}, True),
        ({"rated": "on"}, True),
    ],
)
def test_a_filter(client, asked, fits):
    occupation("Bakers", wage=WageFactory(), outlook=OutlookFactory())
    assert ("Bakers" in listed(client, **asked)) == fits


def test_roles_that_cannot_be_assessed_can_be_left_out(client):
    occupation("Bakers", skills=())
    occupation("Cooks")
    assert listed(client, rated="on").startswith("1 role found. Cooks")


def test_a_role_of_unknown_education_fits_no_education(client):
    occupation("Bakers", education="")
    assert "No role was found" in listed(client, education="doctorate")


def test_an_empty_list_says_which_filter_to_leave_out(client):
    occupation("Bakers", wage=WageFactory())
    page = main(client.get("/roles/?q=baker&zone=4&pay=100000"))
    text = words(page)
    assert "Leave one of these out: without “Median pay at least” : 1 role" in text
    assert 'href="?q=baker&amp;zone=4"' in page
    assert "without “Preparation" not in text


def test_the_job_zones_are_named_as_the_release_names_them(client):
    zones = [{"zone": 2, "name": "Job Zone Two: Some Preparation Needed"}]
    ReleaseFactory(source="onet", details={"job_zones": zones})
    page = main(client.get("/roles/?rated=on"))
    assert "2 Some Preparation Needed" in words(page)
    assert "Choose a job zone from the list" in words(main(client.get("/roles/?zone=3")))


# --- what cannot be understood ---


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"zone": "9"}, "Choose a job zone from the list"),
        ({"education": "kindergarten"}, "Choose an education from the list"),
        ({"pay": "much"}, "Write the pay as a number of dollars a year, such as 60,000"),
        ({"pay": "-1"}, "Write the pay as a number of dollars a year, such as 60,000"),
        ({"pay": "9" * 50}, "Write the pay as a number of dollars a year, such as 60,000"),
        ({"pay": "NaN"}, "Write the pay as a number of dollars a year, such as 60,000"),
        ({"growth": "fast"}, "Write the growth as a number of per cent, such as 5"),
        ({"q": "x" * 101}, "Search for at most 100 characters"),
        ({"q": "a\u0001b"}, "Remove the character U+0001"),
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_rest(client, asked, message):
    occupation("Bakers")
    response = client.get("/roles/", {"q": "kept", "pay": "70000"} | asked)
    page = main(response)
    assert message in words(page)
    assert title(response).startswith("Error:")
    assert 'value="kept"' in page or "q" in asked
    assert 'value="70000"' in page or "pay" in asked
    assert "Bakers" not in page


def test_a_page_that_is_not_there_is_the_nearest_that_is(client):
    occupation("Bakers")
    for page in ("0", "99", "x", ""):
        assert "Bakers" in listed(client, page=page)


def test_occupations_that_disappear_do_not_break_the_list(client):
    occupation("Bakers", wage=WageFactory())
    Occupation.objects.all().delete()
    assert "Bakers" in listed(client)


def test_the_sources_of_what_is_shown_are_named(client):
    ReleaseFactory(source="oews", name="OEWS May 2024")
    occupation("Bakers", wage=WageFactory())
    assert "Data on this page" in html(client.get("/roles/"))
    assert "Data on this page" not in html(client.get("/roles/?q=zzzz"))


def test_the_form_shows_what_was_chosen(client):
    asked = {"q": "x", "zone": "4", "education": "master", "pay": "60,000", "growth": "5 %"}
    page = main(client.get("/roles/", asked | {"rated": "on"}))
    assert '<option value="4" selected>' in page
    assert '<option value="master" selected>' in page
    assert 'value="60,000"' in page
    assert 'value="5 %"' in page
    assert len(re.findall(r"\schecked\b", page)) == 1
    assert "<details open>" in page
