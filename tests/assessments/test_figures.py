from decimal import Decimal

import pytest

from assessments import figures
from assessments.actions.bls import join_statistics
from assessments.domain.definition import Fact
from assessments.figures import attributions
from tests.definitions import definition, requirement
from tests.factories import OccupationFactory, OutlookFactory, ReleaseFactory, WageFactory
from tests.occupations import occupation
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _releases():
    ReleaseFactory(source="onet", name="O*NET 29.2", period="February 2025")
    ReleaseFactory(source="oews", name="OEWS May 2024", period="May 2024")
    ReleaseFactory(source="projections", name="Employment Projections", period="2021–31")


def analysts():
    WageFactory(code="15-2031", title="Operations Research Analysts", hourly_median="43.89")
    OutlookFactory(code="15-2031", title="Operations research analysts")


def fact(unit="usd-per-year", value="85720", value_to=None, whose="Analysts (15-2031.00)"):
    return Fact("pay", "Median pay", value, value_to, unit, whose, "A survey", "", "May 2022")


def curated(*facts, near=("15-2031.00",)):
    return publish(definition(requirement("sql"), facts=facts, occupations=near))


def statistics_of(version):
    """Of rows as an import leaves them."""
    join_statistics()
    return figures.statistics_of(version)


def of_occupation(made):
    return statistics_of(made.role.versions.get())


def test_it_works():
    analysts()
    found = of_occupation(occupation("Analysts", code="15-2031.00"))
    assert found.own.pay.median == "$91,290 a year"
    assert found.own.prospect.growth == "+23.2\u00a0%"
    assert (found.wages, found.projections) == ("May 2024", "2021–31")
    assert found.counterparts == found.beside == ()


def test_it_says_how_many_share_a_figure():
    WageFactory(code="15-1299", title="Computer Occupations, All Other")
    OccupationFactory(code="15-1299.00")
    OccupationFactory(code="15-1299.09", withdrawn=True)
    found = of_occupation(occupation("Architects", code="15-1299.08"))
    assert found.own.pay.shared == 2
    assert found.own.pay.title == "Computer Occupations, All Other"


def test_what_does_not_join_has_none():
    analysts()
    found = of_occupation(occupation("Pilots", code="55-1011.00"))
    assert found.own.pay is found.own.prospect is None
    assert [one.source for one in found.attributions] == ["onet"]


def test_a_role_that_names_no_occupation_has_no_statistics():
    assert statistics_of(publish(definition(requirement("sql")))) is None


def test_counterparts_come_in_the_order_of_the_role():
    analysts()
    WageFactory(code="15-1221", title="Scientists")
    OccupationFactory(code="15-2031.00", title="Operations Research Analysts")
    found = statistics_of(curated(near=("15-1221.00", "99-9999.00", "15-2031.00")))
    assert [one.code for one in found.counterparts] == ["15-1221.00", "15-2031.00"]
    assert [one.title for one in found.counterparts] == ["", "Operations Research Analysts"]


def test_counterparts_are_drawn_to_one_scale():
    wage = {f"annual_{name}": 50_000 for name in ("10", "25", "75")} | {"annual_median": 50_000}
    WageFactory(code="15-2031", **wage, annual_90=60_000)
    WageFactory(code="15-1221", **wage, annual_90=230_000)
    found = statistics_of(curated(near=("15-1221.00", "15-2031.00")))
    assert {one.pay.chart.top for one in found.counterparts} == {Decimal(250_000)}


@pytest.mark.parametrize(
    ("given", "said", "now", "period"),
    [
        (fact(), "$85,720 a year", "$91,290 a year", "May 2024"),
        (fact("usd-per-hour", "41.21"), "$41.21 an hour", "$43.89 an hour", "May 2024"),
        (fact("percent", "23"), "23 %", "23.2 %", "2021–31"),
    ],
    ids=["year", "hour", "growth"],
)
def test_a_published_figure_stands_beside_todays(given, said, now, period):
    analysts()
    (one,) = statistics_of(curated(given)).beside
    assert one.said == said.replace(" %", "\u00a0%")
    assert one.now == now.replace(" %", "\u00a0%")
    assert (one.said_period, one.now_period) == ("May 2022", period)
    assert (one.label, one.code) == ("Median pay", "15-2031")


@pytest.mark.parametrize(
    "given",
    [
        fact(whose="Experienced engineers"),
        fact(value="100000", value_to="150000"),
        fact(whose="Actors (27-2011)"),
    ],
    ids=["no code", "range", "nothing imported"],
)
def test_what_cannot_be_compared_is_not(given):
    analysts()
    assert statistics_of(curated(given)).beside == ()


def test_it_asks_a_constant_number_of_times(django_assert_num_queries):
    analysts()
    version = curated(fact(), near=[f"15-{n}.00" for n in range(2031, 2051)])
    assert version.definition
    with django_assert_num_queries(4):
        figures.statistics_of(version)
    for number in range(2032, 2040):
        WageFactory(code=f"15-{number}")
        OutlookFactory(code=f"15-{number}")
        OccupationFactory(code=f"15-{number}.00")
    join_statistics()
    with django_assert_num_queries(4):
        assert len(figures.statistics_of(version).counterparts) == 9


def test_a_role_without_occupations_costs_nothing(django_assert_num_queries):
    version = publish(definition(requirement("sql")))
    assert version.definition
    with django_assert_num_queries(0):
        figures.statistics_of(version)


# --- what the sources ask to be said ---


def test_each_source_is_named_with_its_release(django_assert_num_queries):
    with django_assert_num_queries(1):
        onet, oews, projections = attributions(onet=True, oews=True, projections=True)
    assert "the O*NET 29.2 Database by the U.S. Department of Labor" in onet.words
    assert "CC BY 4.0" in onet.words
    assert "CareerPath has modified" in onet.words
    assert onet.licence_address == "https://creativecommons.org/licenses/by/4.0/"
    assert oews.words.endswith("Occupational Employment and Wage Statistics, May 2024.")
    assert projections.words.endswith("Employment Projections, 2021–31.")


def test_what_a_page_does_not_use_is_not_named(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert attributions() == ()
    assert [one.source for one in attributions(oews=True)] == ["oews"]


def test_what_was_never_imported_is_not_named():
    assert attributions(onet=True, oews=True, releases={}) == ()
