from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.exporters.definition import draft_definition
from assessments.importers.positions import positions
from assessments.importers.role_rows import apply
from tests.definitions import definition, requirement, resource

places = st.none() | st.integers(0, 50)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ([], []),
        ([None, None], [10, 20]),
        ([3, 7], [3, 7]),
        ([10, 20, None], [10, 20, 30]),
        ([10, None, 20], [10, 15, 20]),
        ([None, 10], [5, 10]),
        ([20, 10], [10, 20]),
        ([0, 0], [10, 20]),
        ([1, None, 2], [10, 20, 30]),
    ],
)
def test_it_works(stored, expected):
    assert positions(stored) == expected


@given(st.lists(places, max_size=8))
def test_they_always_rise(stored):
    assert all(one < other for one, other in pairwise(positions(stored)))


@given(st.lists(st.integers(0, 50), unique=True).map(sorted))
def test_what_rises_already_stays(stored):
    assert positions(stored) == stored


@pytest.mark.django_db
def test_a_role_read_in_leaves_the_order_of_resources_in_another():
    python = (resource("c", (0, 1)), resource("b", (0, 1)), resource("a", (0, 1)))
    role = apply(definition(requirement("python"), resources=python))
    sql = (resource("b", (0, 1), skill="sql"), resource("a", (0, 1), skill="sql"))
    apply(definition(requirement("sql"), slug="other", title="Other", resources=sql))
    assert [one.slug for one in draft_definition(role).resources] == ["c", "b", "a"]
