from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.trend import BOTTOM, LEFT, RIGHT, TOP, share_at, trend
from tests.definitions import law

DAY = datetime(2026, 5, 3, tzinfo=UTC)
shares = st.integers(1, 60).flatmap(
    lambda targets: st.tuples(st.integers(0, targets), st.just(targets))
)


def test_it_works():
    drawn = trend([(DAY, Fraction(0)), (DAY + timedelta(days=90), Fraction(1))])
    assert drawn.path == f"{float(LEFT)},{float(BOTTOM)} {float(RIGHT)},{float(TOP)}"


def test_time_runs_evenly():
    drawn = trend([(DAY + timedelta(days=days), Fraction(1, 2)) for days in (0, 30, 120)])
    assert [one.x for one in drawn.points] == [LEFT, LEFT + (RIGHT - LEFT) / 4, RIGHT]
    assert {one.y for one in drawn.points} == {drawn.middle}


def test_one_report_and_none():
    assert trend([]).points == ()
    assert trend([(DAY, Fraction(1))]).points[0].x == LEFT


def test_those_of_one_moment_do_not_hide_each_other():
    drawn = trend([(DAY, Fraction(1, 2))] * 3)
    assert [one.x for one in drawn.points] == [LEFT, (LEFT + RIGHT) / 2, RIGHT]


@law
@given(st.lists(st.tuples(st.integers(0, 3000), shares), min_size=1, max_size=24))
def test_what_is_drawn_can_be_read_back(reports):
    reports.sort()
    drawn = trend([(DAY + timedelta(days=days), Fraction(*share)) for days, share in reports])
    for point, (_days, (met, targets)) in zip(drawn.points, reports, strict=True):
        assert share_at(point.y, targets) == Fraction(met, targets)
        assert LEFT <= point.x <= RIGHT
