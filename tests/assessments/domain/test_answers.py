import pytest

from assessments.domain.answers import Answer, Degree, LastDone


@pytest.mark.parametrize(
    ("last_done", "old"),
    [
        (LastDone.THIS_YEAR, False),
        (LastDone.ONE_TO_THREE_YEARS, True),
        (LastDone.LONGER_AGO, True),
        (LastDone.NEVER, False),
        (LastDone.NOT_SAID, False),
    ],
)
def test_only_what_was_once_done_grows_old(last_done, old):
    assert Answer(2, last_done).is_over_a_year_old is old


def test_degrees_stand_in_ascending_order():
    assert [degree.value for degree in Degree] == [
        "none",
        "secondary",
        "associate",
        "bachelor",
        "master",
        "doctorate",
    ]
