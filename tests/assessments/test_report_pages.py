from fractions import Fraction

import pytest

from assessments.report_pages import between, decimal


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(0), "0"),
        (Fraction(10), "10"),
        (Fraction(100), "100"),
        (Fraction(5, 2), "2.5"),
        (Fraction(20, 3), "6.67"),
        (Fraction(1, 1000), "0"),
    ],
)
def test_at_most_two_decimals_and_no_empty_ones(value, expected):
    assert decimal(value) == expected


def test_a_range_only_where_the_ends_differ():
    assert between("1", "1") == "1"
    assert between("1", "2") == "1 – 2"
