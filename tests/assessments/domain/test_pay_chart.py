from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.pay_chart import MARGIN, WIDTH, nice_top, pay_chart
from tests.definitions import law

MONEY = st.decimals(1, 10_000_000, places=2)


def chart(*values, top=250, is_open=False):
    marks = [None if one is None else Decimal(one) for one in values]
    return pay_chart(marks, Decimal(top), is_open=is_open)


def test_it_works():
    drawn = chart(50, 100, 125, 150, 200)
    assert (drawn.low, drawn.median, drawn.high) == (54, 120, 186)
    assert (drawn.bar_low, drawn.bar_width) == (98, 44)
    assert (drawn.start, drawn.end) == (MARGIN, WIDTH - MARGIN)
    assert drawn.line_end == drawn.high


def test_a_ceiling_leaves_the_line_open():
    drawn = chart(50, 100, None, None, None, is_open=True)
    assert drawn.line_end == drawn.end
    assert drawn.median is drawn.bar_width is None


@pytest.mark.parametrize(
    ("largest", "top"),
    [("97.19", 100), ("100", 100), ("101", 150), ("176800", 200000), ("239200", 250000), ("9", 10)],
)
def test_the_scale_ends_at_a_round_number(largest, top):
    assert nice_top([Decimal(1), Decimal(largest)]) == top


def test_of_nothing_there_is_a_scale_too():
    assert nice_top([]) == nice_top([Decimal(0)]) == 1


@law
@given(st.lists(MONEY, min_size=5, max_size=5))
def test_every_mark_is_on_the_line_and_in_order(values):
    values.sort()
    drawn = pay_chart(values, nice_top(values), is_open=False)
    marks = [drawn.start, drawn.low, drawn.bar_low, drawn.median, drawn.bar_high, drawn.high]
    assert marks == sorted(marks)
    assert drawn.high <= drawn.end
    assert drawn.high >= drawn.start + (drawn.end - drawn.start) * 0.65
