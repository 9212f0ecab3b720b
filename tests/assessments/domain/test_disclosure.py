import pytest

from assessments.domain.disclosure import safe_count, safe_counts


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, None), (1, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10), (103, 100)],
)
def test_fewer_than_five_are_hidden_and_the_rest_rounded_down(people, shown):
    assert safe_count(people) == shown


def test_one_person_more_or_less_is_mostly_not_to_be_seen():
    seen = [safe_count(people) != safe_count(people + 1) for people in range(5, 105)]
    assert sum(seen) == len(seen) / 5


def test_of_a_small_whole_no_part_is_shown():
    assert safe_counts({"more": 1, "fewer": 0, "same": 3}) == dict.fromkeys(
        ["more", "fewer", "same"]
    )


def test_a_hidden_part_cannot_be_worked_out_from_the_whole():
    parts = {"more": 2, "fewer": 11, "same": 13}
    shown = safe_counts(parts)
    assert shown == {"more": None, "fewer": 10, "same": 10}
    left = safe_count(sum(parts.values())) - sum(count for count in shown.values() if count)
    assert left != parts["more"]
