import pytest

from bench.flat import BY_NATURE, SMALL, Cost, Size, grown, least, missed, show
from bench.work import ASKED

FEW = Cost(queries=4, work=2.0)


def test_flat_is_as_many_queries_and_at_most_half_as_much_work_again():
    assert grown(FEW, Cost(4, 3.0)) == []
    assert grown(FEW, Cost(4, 3.1)) == ["work 1.55 x, at most 1.5 wanted"]


@pytest.mark.parametrize("queries", [3, 5])
def test_any_other_number_of_queries_is_missed(queries):
    assert grown(FEW, Cost(queries, 2.0), may_work=True) == [f"{queries} queries, not 4"]


def test_what_goes_through_all_roles_may_grow_with_them_alone():
    large = {"search": Cost(4, 9.0), "plan": Cost(4, 9.0)}
    found = {SMALL: {"search": FEW, "plan": FEW}, "people": large, "roles": large}
    wrong = [one.partition(":")[0] for one in missed(found)]
    assert wrong == ["search, more people", "plan, more people", "plan, more roles"]


def test_what_takes_no_time_cannot_be_told_from_noise():
    assert grown(Cost(1, 0.5), Cost(1, 0.9)) == []


def test_a_busy_moment_of_one_round_does_not_count():
    assert least([(4, [2.0, 9.0, 3.0]), (4, [8.0, 4.0, 9.0])]) == Cost(4, 3.0)
    assert least([(4, [2.0]), (5, [2.0])]).queries == 5


def test_the_pages_that_may_grow_are_asked_for():
    assert {name for names in BY_NATURE.values() for name in names} <= {one.name for one in ASKED}


def test_one_world_at_a_time_is_larger():
    larger = Size(people=40, roles=100, versions=2).larger(10)
    assert larger == {
        "people": Size(400, 100, 2),
        "roles": Size(40, 1000, 2),
        "versions": Size(40, 100, 20),
    }


def test_all_worlds_are_shown_beside_the_small_one(capsys):
    show({SMALL: {"plan": FEW}, "people": {"plan": FEW}, "roles": {"plan": Cost(9, 8.0)}})
    assert "1.00 x       9    8.00   4.00 x" in capsys.readouterr().out
