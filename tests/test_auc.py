import random

import pytest

from bench.auc import auc, interval


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([3, 4], [1, 2], 1),
        ([1, 2], [3, 4], 0),
        ([1, 2], [1, 2], 0.5),
        ([2], [1, 3], 0.5),
        ([2, 2], [2], 0.5),
        ([1, 3, 5], [2], 2 / 3),
    ],
)
def test_it_counts_the_pairs(first, second, expected):
    assert auc(first, second) == pytest.approx(expected)


def drawn(middle, seed):
    chance = random.Random(seed)
    return [chance.gauss(middle, 1) for _number in range(200)]


def test_measurements_of_one_sort_cannot_be_told_apart():
    low, high = interval(drawn(10, 1), drawn(10, 2))
    assert low < 0.5 < high
    assert high - low < 0.15


def test_a_leak_is_found_and_its_interval_is_narrow():
    known, other = drawn(13, 1), drawn(10, 2)
    low, high = interval(known, other)
    assert 0.9 < low < auc(known, other) < high <= 1


def test_the_slower_side_makes_no_difference():
    known, other = drawn(13, 1), drawn(10, 2)
    assert auc(known, other) == pytest.approx(1 - auc(other, known))
