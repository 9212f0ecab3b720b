"""The figures of the public statistics on the pages of roles."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps

from assessments.importers.role_file import parse
from tests.definitions import definition, requirement
from tests.factories import OccupationFactory, OutlookFactory, ReleaseFactory, WageFactory
from tests.occupations import occupation
from tests.pages import html, main, rows, words
from tests.published import publish

pytestmark = pytest.mark.django_db
ROLE = Path(apps.get_app_config("assessments").path, "content/machine-learning-engineer.yaml")
YEARS = {"annual_10": 53000, "annual_25": 66000, "annual_75": 124000, "annual_90": 159000}


@pytest.fixture
def _imported():
    ReleaseFactory(source="onet", name="O*NET 29.2", period="February 2025")
    ReleaseFactory(source="oews", period="May 2024")
    ReleaseFactory(source="projections", period="2021–31")
    WageFactory(
        code="15-2031", title="Operations Research Analysts", hourly_median="43.89", **YEARS
    )
    OutlookFactory(code="15-2031", title="Operations research analysts", openings=Decimal("10.3"))


def test_steps_are_offered_where_there_are_occupations(client):
    role = publish(definition(requirement("sql"), occupations=("15-2031.00",)))
    path = f"/roles/{role.role.slug}/"
    assert f"{path}steps/" not in main(client.get(path))
    ReleaseFactory(source="onet")
    OccupationFactory(code="15-2031.00")
    assert f"{path}steps/" in main(client.get(path))


@pytest.fixture
def page(client, _imported):
    def get(made):
        return main(client.get(f"/roles/{made.role.slug}/"))

    return get


@pytest.fixture
def engineer(client, _imported):
    publish(parse(ROLE.read_bytes()))
    return main(client.get("/roles/machine-learning-engineer/"))


def test_it_works(page):
    text = words(page(occupation("Analysts", code="15-2031.00")))
    assert "$91,290 a year The median" in text
    assert "+23.2 % Change in the number of people employed, from 2021 to 2031." in text
    assert "10,300 a year on average" in text
    assert "Describes: Operations Research Analysts (15-2031)" in text
    assert "Occupational Employment and Wage Statistics , May 2024" in text
    assert "Employment Projections , 2021–31" in text


def test_the_range_is_drawn_and_stands_in_a_table(page):
    markup = page(occupation("Analysts", code="15-2031.00"))
    assert 'class="pay-chart"' in markup
    assert "Operations Research Analysts: from $53,000 a year to $159,000 a year" in markup
    assert '<th scope="row">9 in 10 earn less than</th>' in markup
    assert "9 in 10 earn less than $159,000 not published" in words(markup)


def test_one_of_several_says_whose_the_figure_is(page):
    OccupationFactory(code="15-2031.01")
    text = words(page(occupation("Analysts", code="15-2031.00")))
    assert (
        "This figure is for all of Operations Research Analysts (15-2031), of which this is one: "
        "O*NET tells 2 occupations apart there." in text
    )
    assert "Describes:" not in text


def test_a_ceiling_is_no_exact_figure(page):
    WageFactory(code="29-1212", annual_median=239200, at_least=["annual_median"])
    text = words(page(occupation("Cardiologists", code="29-1212.00")))
    assert "At least $239,200 a year" in text


def test_pay_by_the_hour_alone_is_said_to_be(page):
    WageFactory(code="27-2011", annual_median=None, hourly_median="23.33")
    text = words(page(occupation("Actors", code="27-2011.00")))
    assert "$23.33 an hour" in text
    assert "Only pay by the hour is published here" in text


def test_where_nothing_joins_it_says_so(page):
    text = words(page(occupation("Pilots", code="55-1011.00")))
    assert "No figure is published: the wage survey of May 2024 has no row of its own" in text
    assert "No figure is published: the projections of 2021–31 have no row of their own" in text


def test_where_nothing_was_imported_it_says_that(client):
    made = occupation("Pilots", code="55-1011.00")
    text = words(main(client.get(f"/roles/{made.role.slug}/")))
    assert "No wage survey has been imported on this site yet." in text
    assert "No figure is published" not in text


def test_the_curated_role_shows_its_figures_beside_todays(engineer):
    beside = engineer.split('id="beside-table"')[1].replace(' aria-labelledby="beside-table"', "")
    whose = "Of Operations Research Analysts (15-2031)"
    assert rows(beside, "gap-table figures-table") == [
        [f"Median pay a year {whose}", "$85,720 a year May 2022", "$91,290 a year May 2024"],
        [f"Median pay an hour {whose}", "$41.21 an hour May 2022", "$43.89 an hour May 2024"],
        [
            "Expected growth by 2031 Of Operations research analysts (15-2031)",
            "23 % 2021–2031 projections",
            "23.2 % 2021–31",
        ],
    ]


def test_the_curated_role_shows_the_occupations_near_it(engineer):
    assert "Operations Research Analysts (15-2031.00) $91,290 a year" in words(engineer)


def test_without_imports_the_curated_page_is_as_it_was(client):
    publish(parse(ROLE.read_bytes()))
    assert "Today’s figures" not in html(client.get("/roles/machine-learning-engineer/"))


@pytest.mark.usefixtures("_imported")
def test_the_footer_names_the_sources_of_this_page_alone(client):
    made = occupation("Analysts", code="15-2031.00")
    footer = html(client.get(f"/roles/{made.role.slug}/")).split("<footer")[1]
    assert "O*NET 29.2 Database" in footer
    assert "Wage Statistics, May 2024." in footer
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in footer
    publish(definition(requirement("sql")))
    assert "Data on this page" not in html(client.get("/roles/tester/"))


def test_what_a_file_said_is_escaped(page):
    WageFactory(code="27-2011", title="<b>Actors</b>", **YEARS)
    assert "<b>Actors" not in page(occupation("Actors", code="27-2011.00"))
