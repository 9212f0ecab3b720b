import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.spelling import distance, nearest, tolerance
from tests.definitions import law

LETTERS = st.text("abcd", max_size=7)
KNOWN = ["engineer", "analyst", "nurse", "manager", "teacher", "data", "python", "welder"]


def slow_distance(one, other):
    """Straight from the definition, without any bound."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        slow_distance(one[1:], other) + 1,
        slow_distance(one, other[1:]) + 1,
        slow_distance(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and one[:2] == other[1::-1]:
        ways.append(slow_distance(one[2:], other[2:]) + 1)
    return min(ways)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("nurse", "nurse", 0),
        ("nruse", "nurse", 1),
        ("nurs", "nurse", 1),
        ("nuurse", "nurse", 1),
        ("nurze", "nurse", 1),
        ("analist", "analyst", 1),
        ("enginer", "engineer", 1),
        ("managre", "manager", 1),
        ("mnagre", "manager", 2),
        ("", "ab", 2),
    ],
)
def test_slips(one, other, slips):
    assert distance(one, other, 5) == slips


@law
@given(LETTERS, LETTERS)
def test_it_agrees_with_the_slow_way(one, other):
    assert distance(one, other, 20) == slow_distance(one, other)


@law
@given(LETTERS, LETTERS, st.integers(0, 3))
def test_a_limit_only_stops_the_counting(one, other, limit):
    assert distance(one, other, limit) == min(slow_distance(one, other), limit + 1)


@law
@given(LETTERS, LETTERS)
def test_it_is_the_same_both_ways(one, other):
    assert distance(one, other, 20) == distance(other, one, 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("analist", "analyst"),
        ("nrse", "nurse"),
        ("enginere", "engineer"),
        ("tecaher", "teacher"),
        ("pyhton", "python"),
        ("weldr", "welder"),
        ("dta", ""),  # too short to guess
        ("zzzzzz", ""),
        ("carpenter", ""),
    ],
)
def test_the_nearest_word(typed, meant):
    assert nearest(typed, KNOWN) == meant


@pytest.mark.parametrize("word", KNOWN)
def test_every_slip_of_one_letter_is_put_right(word):
    for place in range(1, len(word)):
        assert nearest(word[:place] + word[place + 1 :], KNOWN) == (word if len(word) > 4 else "")


def test_of_equally_near_words_the_first_counts():
    assert nearest("cater", ["later", "water"]) == "later"


@law
@given(st.text("abcdefg", min_size=4, max_size=9), st.lists(st.text("abcdefg", max_size=9)))
def test_no_other_word_is_nearer(word, known):
    found = nearest(word, known)
    ways = [distance(word, one, tolerance(word)) for one in known]
    best = min(ways, default=9)
    if best > tolerance(word):
        assert found == ""
    else:
        assert distance(word, found, 9) == best
