from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain import planning
from assessments.domain.definition import Link
from assessments.domain.planning import Source, Target, Task, effort, joined, schedule
from tests.definitions import law, requirement

START = date(2026, 3, 2)
TASKS = st.lists(
    st.builds(Task, st.uuids().map(str), st.integers(1, 400), st.booleans()), max_size=12
)


def link(low, high, hours):
    return Link("python", low, high, "https://learn.example/", "It fits.", hours)


def test_it_works():
    steps = schedule([Task("a", 12), Task("b", 3), Task("c", 5)], start=START, hours_a_week=5)
    assert [(one.key, one.first_week, one.week, one.ends) for one in steps] == [
        ("a", 1, 3, date(2026, 3, 22)),
        ("b", 3, 3, date(2026, 3, 22)),
        ("c", 4, 4, date(2026, 3, 29)),
    ]


# --- hours ---


@pytest.mark.parametrize(
    ("low", "high", "top", "hours"),
    [
        (0, 1, 4, 10),
        (1, 2, 4, 30),
        (2, 3, 4, 80),
        (3, 4, 4, 160),
        (0, 4, 4, 280),
        (1, 3, 4, 110),
        (0, 1, 7, 40),
        (0, 7, 7, 280),
        (2, 5, 7, 120),
    ],
)
def test_hours_from_level_to_level(low, high, top, hours):
    assert effort(Target(low, high, top)).hours == hours


def test_what_the_person_says_counts_for_all_of_it():
    found = effort(Target(0, 3, 4), own=7, link=link(0, 3, 50))
    assert [(part.hours, part.source) for part in found.parts] == [(7, Source.PERSON)]


@pytest.mark.parametrize(
    ("span", "parts"),
    [
        ((1, 3), [(50, "resource")]),
        ((0, 4), [(50, "resource")]),
        ((1, 2), [(50, "resource"), (80, "default")]),
        ((2, 3), [(30, "default"), (50, "resource")]),
        ((3, 4), [(30, "default"), (80, "default")]),
        ((0, 1), [(30, "default"), (80, "default")]),
    ],
)
def test_what_a_resource_does_not_reach_counts_by_default(span, parts):
    found = effort(Target(1, 3, 4), link=link(*span, 50))
    assert [(part.hours, part.source) for part in found.parts] == parts


@law
@given(low=st.integers(0, 6), steps=st.integers(1, 7), span=st.integers(0, 6), hours=st.none())
def test_the_parts_lead_without_a_break_from_the_first_level_to_the_last(low, steps, span, hours):
    high = min(7, low + steps)
    parts = effort(Target(low, high, 7), link=link(span, span + 1, 9)).parts
    levels = [(part.from_level, part.to_level) for part in parts]
    assert levels[0][0] == low
    assert levels[-1][1] == high
    assert all(one[1] == other[0] for one, other in pairwise(levels))


# --- dates ---


@pytest.mark.parametrize(
    ("start", "hours", "ends"),
    [
        (date(2026, 12, 28), 5, date(2027, 1, 3)),
        (date(2026, 12, 28), 6, date(2027, 1, 10)),
        (date(2024, 2, 26), 5, date(2024, 3, 3)),
        (date(2028, 2, 29), 260, date(2029, 2, 26)),
        (date(2023, 2, 22), 5, date(2023, 2, 28)),
        (date(2024, 2, 23), 5, date(2024, 2, 29)),
    ],
    ids=["year end", "past it", "leap day", "a year from it", "no leap day", "on it"],
)
def test_dates(start, hours, ends):
    (step,) = schedule([Task("a", hours)], start=start, hours_a_week=5)
    assert (step.starts, step.ends) == (start, ends)


def test_beyond_twenty_years_there_is_no_date():
    near, far = schedule([Task("a", 1040), Task("b", 1)], start=START, hours_a_week=1)
    assert near.ends == date(2046, 2, 4)
    assert (far.week, far.starts, far.ends) == (1041, None, None)


def test_without_hours_there_is_no_plan():
    with pytest.raises(ValueError, match="at least 1"):
        schedule([Task("a", 1)], start=START, hours_a_week=0)


@law
@given(TASKS, st.integers(1, 79))
def test_more_hours_a_week_never_end_later(tasks, hours):
    slow = schedule(tasks, start=START, hours_a_week=hours)
    fast = schedule(tasks, start=START, hours_a_week=hours + 1)
    for one, other in zip(slow, fast, strict=True):
        assert other.week <= one.week
        assert (other.ends or date.max) <= (one.ends or date.max)


@law
@given(TASKS, st.integers(1, 80))
def test_the_order_is_kept_and_what_is_done_takes_no_time(tasks, hours):
    steps = schedule(tasks, start=START, hours_a_week=hours)
    left = [task for task in tasks if not task.is_done]
    assert [step.key for step in steps] == [task.key for task in left]
    assert steps == schedule(left, start=START, hours_a_week=hours)
    assert [step.week for step in steps] == sorted(step.week for step in steps)


@law
@given(TASKS, st.integers(1, 80))
def test_a_week_holds_its_hours_and_no_week_is_spare(tasks, hours):
    used = 0
    for step in schedule(tasks, start=START, hours_a_week=hours):
        used += step.hours
        assert (step.week - 1) * hours < used <= step.week * hours


# --- order, and two reports ---


def test_order_is_that_of_the_reports():
    target = Target(1, 3, 4)
    ranked = [
        planning.order_key(requirement("a", essential=True, importance=1), 5, target),
        planning.order_key(requirement("b", importance=5), 4, target),
        planning.order_key(requirement("c", importance=3), 2, target),
        planning.order_key(requirement("d", importance=3), 3, target),
    ]
    assert ranked == sorted(ranked)


@pytest.mark.parametrize(
    ("other", "newer", "result"),
    [
        (Target(1, 4, 4), False, Target(0, 4, 4)),
        (Target(1, 4, 4), True, Target(1, 4, 4)),
        (Target(1, 2, 4), True, Target(1, 3, 4)),
        (Target(1, 2, 4), False, Target(0, 3, 4)),
        (Target(2, 6, 7), True, Target(2, 6, 7)),
        (Target(2, 6, 7), False, Target(0, 3, 4)),
    ],
)
def test_two_reports_make_one_way(other, newer, result):
    assert joined(Target(0, 3, 4), other, other_is_newer=newer) == result
