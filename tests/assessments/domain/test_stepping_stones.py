from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.domain.stepping_stones import MOST_STEPS, SMALL, WHOLE, Landscape, Step
from tests.definitions import law
from tests.profiles import TOP, asked, many, profile

LADDER = [profile(f"o{level}", asked("a", level)) for level in range(1, 8)]
CHAIN = [("o2", "o4"), ("o4", "o5"), ("o5", "o7"), ("o2", "o7")]


@st.composite
def landscapes(draw):
    levels = draw(
        st.lists(st.lists(st.integers(1, TOP), min_size=2, max_size=2), min_size=3, max_size=7)
    )
    found = [
        profile(f"o{number}", *(asked(name, n) for name, n in zip("ab", mine, strict=True)))
        for number, mine in enumerate(levels)
    ]
    codes = [one.code for one in found]
    pairs = draw(st.lists(st.tuples(st.sampled_from(codes), st.sampled_from(codes)), max_size=20))
    return Landscape(found, pairs, TOP), codes[0], codes[-1]


def every_way(land, start, end):
    """All ways without a circle, the slow way."""
    others = [code for code in land.profiles if code not in (start, end)]
    for count in range(min(MOST_STEPS, len(others) + 1)):
        for middle in permutations(others, count):
            way = (start, *middle, end)
            pairs = list(pairwise(way))
            gaps = [land.gap(*pair) for pair in pairs if pair[1] in land.neighbours[pair[0]]]
            if len(gaps) == len(pairs) and None not in gaps:
                yield max(gaps), sum(gaps), len(way), way


@settings(max_examples=300)
@given(landscapes())
def test_it_is_the_best_of_all_ways(drawn):
    land, start, end = drawn
    route = land.route(start, end)
    if route is None or route.is_small:
        return
    smaller = [one for one in every_way(land, start, end) if one[0] < route.direct]
    way = (start, *(step.end for step in route.steps)) if route.steps else None
    assert way == (min(smaller)[-1] if smaller else None)


@law
@given(landscapes())
def test_every_step_is_smaller_than_the_jump(drawn):
    land, start, end = drawn
    route = land.route(start, end)
    for step in route.steps if route else ():
        assert step.gap < route.direct
        assert step.end in land.neighbours[step.start]


@law
@given(landscapes())
def test_it_never_goes_in_a_circle(drawn):
    land, start, end = drawn
    route = land.route(start, end)
    visited = [start, *(step.end for step in route.steps)] if route else []
    assert len(set(visited)) == len(visited) <= MOST_STEPS + 1


@law
@given(many(), st.randoms())
def test_it_does_not_depend_on_the_order_of_what_is_given(found, random):
    codes = [one.code for one in found]
    pairs = [(one, other) for one in codes for other in codes]
    first = Landscape(found, pairs, TOP).route(codes[0], codes[-1])
    shuffled = list(found)
    random.shuffle(shuffled)
    random.shuffle(pairs)
    assert Landscape(shuffled, pairs, TOP).route(codes[0], codes[-1]) == first


def test_a_ladder_is_climbed_rung_by_rung():
    route = Landscape(LADDER, CHAIN, TOP).route("o2", "o7")
    assert route.direct == round(WHOLE * Fraction(5, 7))
    assert [step.end for step in route.steps] == ["o4", "o5", "o7"]
    assert route.steps[1] == Step("o4", "o5", 200_000)


def test_being_related_holds_both_ways():
    backwards = [(other, one) for one, other in CHAIN]
    assert Landscape(LADDER, backwards, TOP).route("o2", "o7").steps


def test_where_nothing_leads_there_only_the_jump_is_said():
    route = Landscape(LADDER, [("o2", "o7")], TOP).route("o2", "o7")
    assert (route.direct, route.steps) == (round(WHOLE * Fraction(5, 7)), ())


def test_a_small_jump_needs_no_stones():
    near = [profile("x", asked("a", 7)), profile("y", asked("a", 7), asked("b", 1, importance=1))]
    route = Landscape([*near, profile("z", asked("a", 1))], [("x", "z"), ("z", "y")], TOP)
    assert route.route("x", "y").is_small
    assert route.route("x", "y").direct <= SMALL


def test_four_steps_are_not_too_many():
    chain = [(f"o{n}", f"o{n + 1}") for n in range(1, 5)]
    assert len(Landscape(LADDER, chain, TOP).route("o1", "o5").steps) == MOST_STEPS


def test_of_two_ways_with_the_same_largest_step_the_shorter_climb_is_taken():
    start = profile("start", asked("a", 1), asked("b", 2), asked("c", 2))
    steep = profile("less", asked("a", 4), asked("b", 2))
    gentle = profile("more", asked("a", 4), asked("b", 2), asked("c", 2))
    end = profile("end", asked("a", 7))
    ways = [("start", "less"), ("less", "end"), ("start", "more"), ("more", "end")]
    for order in (ways, ways[::-1]):
        route = Landscape([start, steep, gentle, end], order, TOP).route("start", "end")
        assert [step.end for step in route.steps] == ["more", "end"]


def test_more_than_the_steps_allowed_is_too_far():
    chain = [(f"o{n}", f"o{n + 1}") for n in range(1, 7)]
    assert Landscape(LADDER, chain, TOP).route("o1", "o7").steps == ()


def test_only_what_is_known_of_both_is_compared():
    one, other = profile("x", asked("a", 2)), profile("y", asked("a", 4), asked("b", 7))
    assert Landscape([one, other], [], TOP).gap("x", "y") == WHOLE // 2
    unsure = profile("z", asked("a", 4, imprecise=True))
    assert Landscape([one, unsure], [], TOP).gap("x", "z") is None
    assert Landscape([one, unsure], [], TOP).route("x", "z") is None


@pytest.mark.parametrize("pair", [("x", "gone"), ("x", "x")])
def test_a_relation_to_what_is_not_there_is_passed_over(pair):
    assert Landscape([profile("x", asked("a"))], [pair], TOP).neighbours == {"x": ()}


def test_what_has_to_be_learnt_the_most_first():
    start = profile("x", asked("a", 2), asked("b", 3), asked("c", 4))
    end = profile("y", asked("b", 4), asked("a", 4), asked("c", 4))
    found = Landscape([start, end], [], TOP).gains("x", "y")
    assert [(one.asked.element, one.have, one.missing) for one in found] == [
        ("a", 2, Fraction(3, 2)),
        ("b", 3, Fraction(3, 4)),
    ]
