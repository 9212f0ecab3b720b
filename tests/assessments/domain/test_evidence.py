import pytest

from assessments.domain.answers import Answer, LastDone
from assessments.domain.evidence import Bearing, Known, evidence

OLD = LastDone.LONGER_AGO


def own(level, last_done=LastDone.NOT_SAID, element="2.A.1.a"):
    return Bearing(element, Answer(level, last_done), 7, 7, own=True)


def other(level, last_done=LastDone.NOT_SAID, *, loose=False):
    """An answer on the curated scale, which is 0 to 4."""
    return Bearing("2.A.1.a", Answer(level, last_done), 4, 7, loose=loose)


@pytest.mark.parametrize(
    ("bearing", "expected"),
    [
        (own(5), (5, 5)),
        (own(5, OLD), (4, 5)),
        (own(0, OLD), (0, 0)),
        (own(None), None),
        (own(8), None),
        (other(2), (3, 5)),
        (other(2, OLD), (1, 5)),
        (other(2, loose=True), (2, 6)),
    ],
)
def test_the_levels_that_an_answer_leaves_possible(bearing, expected):
    assert bearing.interval == expected


@pytest.mark.parametrize(
    ("bearings", "expected"),
    [
        ((own(2), other(4)), Known(2, 2, True, False)),
        ((other(4, loose=True), other(1)), Known(1, 3, False, False)),
        ((other(0), other(3)), Known(4, 6, False, False)),
        ((own(None), other(3)), Known(4, 6, False, False)),
    ],
    ids=["own first", "same meaning before overlap", "the best counts", "nothing known of its own"],
)
def test_which_of_several_answers_counts(bearings, expected):
    assert evidence(bearings) == {"2.A.1.a": expected}
    assert evidence(reversed(bearings)) == {"2.A.1.a": expected}


def test_elements_stand_apart():
    assert set(evidence([own(2), own(3, element="2.B.1.a")])) == {"2.A.1.a", "2.B.1.a"}


def test_what_nobody_answered_is_not_there():
    assert evidence([own(None)]) == {}
