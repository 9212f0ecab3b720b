from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.evidence import Known
from assessments.domain.nearest import RANKED_FROM, Roles, Standings, between, nearest, standings
from tests.definitions import law
from tests.profiles import (
    TOP,
    answers,
    asked,
    known,
    many,
    profile,
    profiles,
    slow_readiness,
    slow_use,
)


def only(role, have):
    (fit,) = Roles([role], TOP).fits(have)
    return fit


# --- against the slow way ---


@law
@given(many(), answers)
def test_readiness_is_that_of_a_report_with_the_same_answers(roles, have):
    for role, fit in zip(roles, Roles(roles, TOP).fits(have), strict=True):
        assert (fit.readiness_low, fit.readiness_high) == slow_readiness(role, have)


@law
@given(many(), answers)
def test_the_fit_is_the_readiness_of_the_covered_part_alone(roles, have):
    for role, fit in zip(roles, Roles(roles, TOP).fits(have), strict=True):
        if fit.covered:
            assert (fit.fit_low, fit.fit_high) == slow_readiness(role, have, only=have)


@law
@given(many(), answers)
def test_the_share_of_use(roles, have):
    for role, fit in zip(roles, Roles(roles, TOP).fits(have), strict=True):
        assert fit.use == slow_use(role, have)


@law
@given(many(), answers)
def test_the_order_is_that_of_exact_fractions(roles, have):
    ranked = nearest(Roles(roles, TOP), have).ranked
    near = [(one.fit_low + one.fit_high) / 2 * one.use for one in ranked]
    assert near == sorted(near, reverse=True)


@law
@given(many(), answers)
def test_what_too_little_is_known_of_is_left_out_and_counted(roles, have):
    found = nearest(Roles(roles, TOP), have)
    assert all(one.covered >= RANKED_FROM for one in found.ranked)
    assert len(found.ranked) + found.left_out == len(roles)


# --- laws ---


@law
@given(profiles(), answers, st.data())
def test_more_of_something_never_makes_less_ready(role, have, data):
    if not have:
        return
    element = data.draw(st.sampled_from(sorted(have)))
    low = data.draw(st.integers(have[element].low, TOP))
    more = Known(low, data.draw(st.integers(max(low, have[element].high), TOP)), True, False)
    before, after = only(role, have), only(role, have | {element: more})
    assert before.readiness_low <= after.readiness_low
    assert before.readiness_high <= after.readiness_high


@law
@given(profiles(), answers, st.data())
def test_knowing_more_never_widens_the_range(role, have, data):
    for element in data.draw(st.lists(st.sampled_from(sorted(have)))) if have else ():
        less = {name: one for name, one in have.items() if name != element}
        wide, narrow = only(role, less), only(role, have)
        assert wide.readiness_low <= narrow.readiness_low
        assert narrow.readiness_high <= wide.readiness_high


@law
@given(many(), answers, st.randoms())
def test_the_order_of_roles_does_not_matter(roles, have, random):
    shuffled = list(roles)
    random.shuffle(shuffled)
    first, second = (nearest(Roles(these, TOP), have).ranked for these in (roles, shuffled))
    assert [one.profile for one in first] == [one.profile for one in second]


@law
@given(many())
def test_nobody_is_nearer_than_those_who_are_there(roles):
    """Somebody who can do exactly what people in a role can do."""
    me = {e: Known(n, n, True, False) for e, n in roles[0].levels.items()}
    mine = next(one for one in Roles(roles, TOP).fits(me) if one.profile == roles[0])
    if mine.covered >= RANKED_FROM and any(roles[0].levels.values()):
        assert all(
            (one.fit_low + one.fit_high) / 2 * one.use <= mine.fit_high * mine.use
            for one in nearest(Roles(roles, TOP), me).ranked
            if not any(target.imprecise for target in mine.profile.asked)
        )


# --- cases ---


def test_the_sum_worked_out_by_hand():
    role = profile("x", asked("a", 4, importance=4, essential=True), asked("b", 2), asked("c"))
    fit = only(role, known(a=3, b=(1, 4)))
    assert fit.covered == Fraction(11, 14)
    assert fit.fit_low == Fraction(8 * 3 * 2 + 3 * 4, 11 * 8)
    assert fit.fit_high == (8 * Fraction(3, 4) + 3) / 11
    assert fit.readiness_low == Fraction(15, 2) / 14
    assert fit.readiness_high == Fraction(12, 14)


def test_an_unknown_is_not_a_zero():
    role = profile("x", asked("a", 2), asked("b", 7))
    assert only(role, known(a=2)).fit_low == 1
    assert only(role, known(a=2, b=0)).fit_low == Fraction(1, 2)


def test_an_undemanding_role_does_not_come_first_for_everybody():
    engineer = profile("engineer", asked("a", 6), asked("b", 5))
    helper = profile("helper", asked("a", 1), asked("b", 1))
    ranked = nearest(Roles([helper, engineer], TOP), known(a=5, b=5)).ranked
    assert [one.profile.code for one in ranked] == ["engineer", "helper"]
    assert [one.fit_low for one in ranked] == [Fraction(11, 12), 1]


def test_a_role_that_asks_for_nothing_is_near_to_nobody():
    assert nearest(Roles([profile("x")], TOP), known(a=3)) == nearest(Roles([], TOP), {})


def test_half_of_a_role_is_enough_to_rank_it():
    half = profile("x", asked("a"), asked("b"))
    assert len(nearest(Roles([half], TOP), known(a=3)).ranked) == 1


def test_without_an_answer_nothing_is_ranked():
    found = nearest(Roles([profile("x", asked("a"))], TOP), {})
    assert (found.ranked, found.left_out) == ((), 1)


def test_somebody_who_can_do_nothing_yet_has_an_order_too():
    ranked = nearest(Roles([profile("x", asked("a")), profile("w", asked("a"))], TOP), known(a=0))
    assert [one.profile.code for one in ranked.ranked] == ["w", "x"]


def test_an_imprecise_target_widens_the_range_and_no_more():
    fit = only(profile("x", asked("a", 3, imprecise=True)), known(a=5))
    assert (fit.fit_low, fit.fit_high) == (Fraction(5, 7), 1)


# --- what stands between ---


def test_what_weighs_most_stands_between_first():
    role = profile("x", asked("a", 4), asked("b", 4, essential=True), asked("c", 4), asked("d", 4))
    found = between(role, known(a=2, b=2, c=(1, 4), d=4))
    assert [(one.asked.element, one.missing) for one in found] == [
        ("b", 3),
        ("a", Fraction(3, 2)),
        ("c", Fraction(9, 8)),
    ]


def test_equal_ones_stay_in_the_role_s_order_and_are_few():
    role = profile("x", *(asked(name) for name in "dcba"))
    assert [one.asked.element for one in between(role, known(a=1, b=1, c=1, d=1))] == list("dcb")


@pytest.mark.parametrize("target", [asked("b", 4), asked("a", 4, imprecise=True)])
def test_what_is_not_known_does_not_stand_between(target):
    assert between(profile("x", target), known(a=1)) == []


def test_how_every_target_stands():
    role = profile(
        "x", *(asked(name) for name in "abcd"), asked("e", imprecise=True), asked("f", 4)
    )
    have = known(a=4, b=3, c=(3, 5), e=5, f=(5, 6))
    assert standings(role, have, TOP) == Standings(met=2, short=1, unsure=2, unknown=1)


def test_the_largest_sums_do_not_run_into_each_other():
    names = [f"e{number}" for number in range(200)]
    role = profile("x", *(asked(one, 7, importance=5, essential=True) for one in names))
    fit = only(role, {one: Known(7, 7, True, False) for one in names})
    assert (fit.covered, fit.fit_low, fit.fit_high, fit.use) == (1, 1, 1, 1)
    assert (fit.covered_weight, fit.used, fit.had) == (2000, 2800, 2800)


def test_a_longer_scale_works_as_well():
    role = replace(profile("x"), asked=(asked("a", 9),), levels={"a": 9})
    (fit,) = Roles([role], 10).fits(known(a=6))
    assert fit.fit_low == Fraction(2, 3)
