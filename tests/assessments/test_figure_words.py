from decimal import Decimal

import pytest

from assessments.figure_words import dollars, pay_of, percent, prospect_of
from tests.factories import OutlookFactory, WageFactory

TOP = Decimal(250_000)


def wage(**fields):
    years = {"annual_10": 53000, "annual_25": 66000, "annual_75": 124000, "annual_90": 159000}
    return WageFactory.build(**{"code": "15-2031", "title": "Analysts"} | years | fields)


def pay(**fields):
    return pay_of(wage(**fields), "May 2024", 1, TOP)


def cells(found):
    return {line.label: (line.year, line.hour) for line in found.lines}


def test_it_works():
    found = pay(hourly_median=Decimal("43.5"), employment=107760)
    assert found.median == "$91,290 a year"
    assert found.employment == "107,760"
    assert cells(found)["Half earn less than (median)"] == ("$91,290", "$43.50")
    assert found.chart_words == (
        "from $53,000 a year to $159,000 a year, with $91,290 a year in the middle"
    )
    assert found.chart_top == "$250,000"


def test_a_ceiling_is_said_to_be_one_and_has_no_mark():
    found = pay(annual_median=239200, annual_90=239200, at_least=["annual_median", "annual_90"])
    assert found.median == "at least $239,200 a year"
    assert cells(found)["9 in 10 earn less than"] == ("at least $239,200", "")
    assert found.chart.is_open
    assert found.chart.median is None


def test_only_by_the_hour():
    years = dict.fromkeys(f"annual_{name}" for name in ("10", "25", "median", "75", "90"))
    hours = {
        f"hourly_{name}": Decimal(n)
        for n, name in enumerate(("10", "25", "median", "75", "90"), 14)
    }
    found = pay(**years, **hours)
    assert found.median == "$16.00 an hour"
    assert found.is_hourly_only
    assert not found.is_annual_only
    assert found.chart_top == "$20"


def test_only_by_the_year():
    assert pay().is_annual_only
    assert not pay().is_hourly_only


@pytest.mark.parametrize("missing", ["annual_10", "annual_25", "annual_median", "annual_90"])
def test_without_all_percentiles_nothing_is_drawn(missing):
    assert pay(**{missing: None}).chart is None
    assert pay().chart


def test_what_is_not_published_is_no_number():
    found = pay_of(WageFactory.build(annual_median=None), "May 2024", 1, TOP)
    assert (found.median, found.employment, found.chart) == ("", "", None)
    assert set(cells(found).values()) == {("", "")}


def test_a_prospect_in_people():
    row = OutlookFactory.build(
        growth=Decimal("-2.8"), openings=Decimal("10.3"), employment_then=Decimal("1449.8")
    )
    found = prospect_of(row, "2021–31", 1)
    assert (found.growth, found.openings) == ("−2.8\u00a0%", "10,300")
    assert (found.employment_then, found.employment_later) == ("1,449,800", "")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("23.2", "+23.2 %"),
        ("23.0", "+23 %"),
        ("-9.7", "−9.7 %"),
        ("0.0", "0 %"),
        ("23.25", "+23.25 %"),
    ],
)
def test_a_share_has_its_sign(value, words):
    assert percent(Decimal(value)).replace("\u00a0", " ") == words


def test_dollars():
    assert dollars(91290) == "$91,290"
    assert dollars(Decimal("43.9"), 2) == "$43.90"
