import pytest

from assessments.domain.health import CANNOT_JUDGE, SKIPPED, item_health, rewrite_first

LEVELS = range(5)


def health(skill="python", seconds=(), **counts):
    """health(skipped=3, l2=7): counts by name, levels as l0 to l4."""
    names = {"skipped": SKIPPED, "cannot_judge": CANNOT_JUDGE}
    answers = {names.get(name) or int(name[1:]): count for name, count in counts.items()}
    return item_health(skill, answers, LEVELS, seconds)


def test_it_works():
    item = health(skipped=5, cannot_judge=6, l2=10, l4=29, seconds=[10, 20, 22, 30, 900])
    assert (item.people, item.skipped, item.cannot_judge) == (50, 5, 5)
    assert item.levels == {0: None, 1: None, 2: 10, 3: None, 4: 25}
    assert (item.floor, item.ceiling, item.seconds) == (0, 0.5, 20)


def test_of_four_people_nothing_is_shown():
    item = health(skipped=1, l2=3, seconds=[10, 20, 30, 40])
    assert item.people is item.skipped is item.seconds is None
    assert set(item.levels.values()) == {None}


@pytest.mark.parametrize(
    ("counts", "sign"),
    [
        ({"skipped": 10, "l1": 15, "l2": 15}, "is_often_skipped"),
        ({"cannot_judge": 10, "l1": 15, "l2": 15}, "is_hard_to_judge"),
        ({"l0": 30, "l2": 10}, "is_lopsided"),
        ({"l4": 30, "l2": 10}, "is_lopsided"),
    ],
)
def test_signs_of_trouble(counts, sign):
    item = health(**counts)
    signs = ("is_often_skipped", "is_hard_to_judge", "is_lopsided")
    assert [name for name in signs if getattr(item, name)] == [sign]


def test_the_worst_comes_first_and_the_sound_ones_not_at_all():
    sound = health("sound", l1=20, l2=20)
    bad = health("bad", skipped=10, l1=15, l2=15)
    worse = health("worse", skipped=30, l1=5, l2=5)
    assert [item.skill for item in rewrite_first([sound, bad, worse])] == ["worse", "bad"]
