from dataclasses import replace

import pytest

from assessments.importers.bls import Edition, WageRow
from assessments.importers.bls_plan import Held, plan

ANALYSTS = WageRow("15-2031", "Analysts", annual_median=91000)
ACTORS = WageRow("27-2011", "Actors")
HERE = [
    ("15-2031.00", "Analysts of operations"),
    ("15-2031.01", "Others"),
    ("55-1011.00", "Pilots"),
]


def edition(*rows, period="May 2024"):
    return Edition(f"OEWS {period}", period, {row.code: row for row in rows}, {})


def held(of):
    return Held(of.rows, of.name, of.sha256, of.period)


def test_over_nothing_all_is_created():
    made = plan(edition(ANALYSTS, ACTORS), Held({}), [])
    assert made.created == ("15-2031", "27-2011")
    assert (made.changed, made.removed, made.unchanged, made.replaces) == ((), (), 0, "")
    assert made.writes


def test_over_itself_it_writes_nothing():
    same = edition(ANALYSTS, ACTORS)
    made = plan(same, held(same), HERE)
    assert made.unchanged == 2
    assert not made.writes


def test_every_changed_figure_is_told():
    after = replace(ANALYSTS, annual_median=95000)
    made = plan(edition(after, period="May 2025"), held(edition(ANALYSTS, ACTORS)), [])
    assert made.changed == ("15-2031",)
    one = made.differences[0]
    assert (one.code, one.field, one.before, one.after) == (
        "15-2031",
        "annual_median",
        91000,
        95000,
    )
    assert made.removed == (("27-2011", "Actors"),)
    assert made.replaces == "OEWS May 2024"


def test_the_same_figures_of_another_year_are_another_edition():
    made = plan(edition(ANALYSTS, period="May 2025"), held(edition(ANALYSTS)), [])
    assert (made.unchanged, made.changed) == (1, ())
    assert made.writes


def test_what_does_not_join_is_listed_both_ways():
    made = plan(edition(ANALYSTS, ACTORS), Held({}), HERE)
    assert made.joined == 2
    assert made.without_row == (("55-1011.00", "Pilots"),)
    assert made.without_occupation == (("27-2011", "Actors"),)


@pytest.mark.parametrize(
    "other",
    [
        edition(replace(ANALYSTS, annual_median=1)),
        edition(ANALYSTS, period="May 2025"),
        Edition("OEWS May 2024", "May 2024", {"15-2031": ANALYSTS}, {"year": "1"}),
    ],
)
def test_the_hash_is_of_all_that_was_read(other):
    assert edition(ANALYSTS).sha256 == edition(ANALYSTS).sha256 != other.sha256
