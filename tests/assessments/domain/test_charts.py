import itertools

import pytest

from assessments.domain.charts import HEIGHT, MARGIN, WIDTH, dumbbell, level_at, position

LEVELS = [(have, need, top) for top in (4, 7) for have in range(top + 1) for need in range(top + 1)]


@pytest.mark.parametrize(("have", "need", "top"), LEVELS)
def test_marks_read_back_to_levels(have, need, top):
    chart = dumbbell(have, need, top)
    assert (level_at(chart.you, top), level_at(chart.target, top)) == (have, need)
    assert [level_at(tick, top) for tick in chart.ticks] == list(range(top + 1))


@pytest.mark.parametrize("top", [4, 7])
def test_the_axis_runs_from_margin_to_margin(top):
    chart = dumbbell(0, top, top)
    assert (chart.start, chart.end) == (MARGIN, WIDTH - MARGIN)


def test_every_level_has_the_same_distance_from_the_next():
    places = [position(level, 4) for level in range(5)]
    assert {later - earlier for earlier, later in itertools.pairwise(places)} == {50}


def test_an_unknown_answer_has_no_disc():
    assert dumbbell(None, 3, 4).you is None


@pytest.mark.parametrize("level", [0, 4])
def test_no_mark_leaves_the_drawing(level):
    chart = dumbbell(level, level, 4)
    assert chart.square_left >= 0
    assert chart.square_left + chart.side <= WIDTH
    assert chart.square_top >= 0
    assert chart.square_top + chart.side <= HEIGHT


def test_where_the_marks_meet_the_square_is_seen_around_the_disc():
    chart = dumbbell(2, 2, 4)
    assert chart.side > 2 * chart.radius
