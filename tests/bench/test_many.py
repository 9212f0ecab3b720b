import pytest

from bench.many import BY_PERSON, FEW, GROUP, KB, TURNS, Night, group, jobs_missed, pages_missed
from bench.pages import PAGES
from tests.bench.test_serve import measured

QUESTION = PAGES[3]


def turns(*p95, **more):
    return {"question": [measured(QUESTION, p95=one, **more) for one in p95]}


def test_the_least_busy_of_the_turns_counts():
    assert pages_missed(turns(10, 12), turns(90, 15)) == []


def test_a_page_that_is_slower_with_many_is_missed():
    wrong = pages_missed(turns(10, busy=4), turns(16, busy=5))
    assert wrong == ["question: p95 1.60 x, at most 1.5 wanted (by work 1.25)"]


def test_an_error_in_any_turn_counts():
    assert pages_missed(turns(10), turns(10, errors=1)) == ["question: 1 errors"]


def test_a_page_without_an_answer_is_told_elsewhere():
    assert pages_missed(turns(10), turns()) == []


@pytest.mark.parametrize(
    ("small", "large", "more"),
    [
        (90, 108, None),
        (90, 109, "1.21 x, +19 MB"),
        (200, 220, None),
        (200, 221, "1.10 x, +21 MB"),
    ],
)
def test_a_job_may_take_a_fifth_more_memory_and_20_mb(small, large, more):
    before, after = ({"purge_expired": Night(1, one * KB, "")} for one in (small, large))
    wrong = [f"purge_expired: memory {more}; at most 1.2 x and +20 MB wanted"] if more else []
    assert jobs_missed(before, after) == wrong


def test_each_turn_has_people_of_its_own():
    world = {name: list(range(FEW)) for name in BY_PERSON} | {"skills": ["s0"]}
    groups = [group(world, turn) for turn in range(TURNS)]
    assert [one for each in groups for one in each["sessions"]] == world["sessions"]
    assert {len(each["reports"]) for each in groups} == {GROUP}
    assert groups[1]["skills"] == ["s0"]
