import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.definition import Skill
from assessments.domain.onet import Rating, requirements
from assessments.domain.profiles import Asked, profile
from tests.definitions import law
from tests.profiles import ELEMENTS

decimals = st.integers(0, 700).map(lambda n: f"{n / 100:.2f}")
importances = st.integers(100, 500).map(lambda n: f"{n / 100:.2f}")
ratings = st.tuples(
    st.sampled_from(ELEMENTS),
    importances,
    st.none() | decimals,
    st.booleans(),
    st.booleans(),
).map(list)


def of(*ratings, **options):
    return profile("11-1011.00", json.dumps(ratings), **options)


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        (["2.A.1.a", "4.00", "4.50", False, True], Asked("2.A.1.a", 5, 4, True)),
        (["2.A.1.a", "3.99", "4.49", False, True], Asked("2.A.1.a", 4, 4, False)),
        (["2.A.1.a", "3.00", "0.20", False, True], Asked("2.A.1.a", 1, 3, False)),
        (["2.A.1.a", "3.50", "2.00", True, True], Asked("2.A.1.a", 2, 4, False, True)),
    ],
    ids=["essential", "not quite", "level at least 1", "imprecise"],
)
def test_what_a_rating_asks_for(rating, expected):
    assert of(rating).asked == (expected,)


def test_what_matters_too_little_is_not_asked_for_but_its_level_is_known():
    found = of(["2.A.1.a", "2.99", "4.00", False, True])
    assert (found.asked, found.levels) == ((), {"2.A.1.a": 4})


def test_what_is_not_relevant_is_never_asked_for():
    found = of(["2.A.1.a", "5.00", "4.00", False, False])
    assert (found.asked, found.levels) == ((), {"2.A.1.a": 0})


def test_nobody_vouches_for_an_imprecise_level():
    assert of(["2.A.1.a", "3.50", "2.00", True, True]).levels == {}


def test_without_a_level_there_is_nothing_to_ask_for():
    found = of(["2.A.1.a", "3.50", None, False, True])
    assert (found.asked, found.levels) == ((), {})


@law
@given(st.lists(ratings, unique_by=lambda one: one[0]))
def test_it_asks_for_what_the_published_requirements_ask_for(rows):
    read = [
        Rating(element, Decimal(importance), level and Decimal(level), imprecise, relevant)
        for element, importance, level, imprecise, relevant in rows
    ]
    skills = {one.element: Skill(one.element, "", "", "", "", ()) for one in read}
    published = requirements(read, skills, dict.fromkeys(skills, "skills"))
    assert of(*rows).asked == tuple(
        Asked(one.slug, one.level, one.importance, one.essential, one.imprecise)
        for one in published
    )


def test_the_threshold_is_an_option():
    rating = ["2.A.1.a", "2.50", "4.00", False, True]
    assert of(rating, threshold=Decimal("2.5")).asked == (Asked("2.A.1.a", 4, 3, False),)


def test_what_matters_most_comes_first():
    found = of(
        ["2.A.1.a", "3.00", "4", False, True],
        ["2.A.1.b", "4.00", "5", False, True],
        ["2.A.1.c", "4.00", "3", False, True],
    )
    assert [one.element for one in found.asked] == ["2.A.1.b", "2.A.1.c", "2.A.1.a"]


def test_the_weight_is_doubled_where_it_is_essential():
    assert of(["2.A.1.a", "4", "4", False, True], ["2.A.1.b", "3", "4", False, True]).weight == 11
