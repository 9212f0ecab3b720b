import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.crosswalk import ELEMENT, estimate

tops = st.integers(1, 7)


@st.composite
def asked(draw):
    """A level, the two scales' tops, and whether it is loose."""
    top = draw(tops)
    return draw(st.integers(0, top)), top, draw(tops), draw(st.booleans())


@pytest.mark.parametrize(
    ("level", "from_top", "to_top", "loose", "expected"),
    [
        (3, 4, 7, False, (4, 6)),
        (3, 4, 7, True, (3, 7)),
        (5, 7, 4, False, (2, 4)),
        (0, 4, 7, False, (0, 1)),
        (4, 4, 7, False, (6, 7)),
        (5, 7, 7, True, (4, 6)),
        (5, 7, 7, False, (5, 5)),
    ],
)
def test_it_works(level, from_top, to_top, loose, expected):
    assert estimate(level, from_top, to_top, loose=loose) == expected


@given(asked())
def test_both_ends_are_on_the_scale_and_in_order(case):
    level, from_top, to_top, loose = case
    low, high = estimate(level, from_top, to_top, loose=loose)
    assert 0 <= low <= high <= to_top
    assert low <= level * to_top / from_top <= high


@given(asked())
def test_nothing_stays_possible_as_nothing_and_the_top_as_the_top(case):
    _level, from_top, to_top, loose = case
    assert estimate(0, from_top, to_top, loose=loose)[0] == 0
    assert estimate(from_top, from_top, to_top, loose=loose)[1] == to_top


@given(asked(), st.integers(1, 7))
def test_a_higher_answer_never_lowers_either_end(case, more):
    level, from_top, to_top, loose = case
    higher = min(from_top, level + more)
    before = estimate(level, from_top, to_top, loose=loose)
    after = estimate(higher, from_top, to_top, loose=loose)
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@given(asked())
def test_loose_is_never_narrower(case):
    level, from_top, to_top, _loose = case
    exact = estimate(level, from_top, to_top, loose=False)
    loose = estimate(level, from_top, to_top, loose=True)
    assert loose[0] <= exact[0] <= exact[1] <= loose[1]


@pytest.mark.parametrize("level", [-1, 5])
def test_a_level_off_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="no level from 0 to 4"):
        estimate(level, 4, 7, loose=False)


@pytest.mark.parametrize("text", ["2.B.3.e", "2.C.10", "2.A.1.a"])
def test_an_element_is_known_by_its_form(text):
    assert ELEMENT.fullmatch(text)


@pytest.mark.parametrize("text", ["", "2", "Python", "2.B.", "15-2031.00"])
def test_other_texts_are_no_elements(text):
    assert not ELEMENT.fullmatch(text)
