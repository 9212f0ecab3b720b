from dataclasses import replace

import pytest
from hypothesis import given

from assessments.domain.answers import Answer, LastDone
from assessments.domain.gaps import Standing, result
from assessments.domain.priorities import FIRST, priorities
from assessments.domain.readiness import readiness
from assessments.domain.stability import Rise, Shift, stability
from tests.definitions import aged, answers, cases, definition, law, requirement, skill


def test_it_works():
    """a is far ahead of all others; b and c are as urgent as each other."""
    role = definition(
        requirement("a", 4, essential=True),
        requirement("b", 3),
        requirement("c", 3),
        requirement("d", 3, importance=1),
    )
    found = stability(role, answers(a=0, b=1, c=1, d=0))
    assert found.first == ("a", "b", "c")
    assert found.tried == 6
    assert found.shifts == (
        Shift("b", 1, 2, ("a", "c", "b")),
        Shift("c", 1, 0, ("a", "c", "b")),
    )
    assert found.decisive == ("b", "c")
    assert found.replacing == ()
    assert found.reordering == found.shifts


def test_a_gap_that_closes_makes_room_for_the_next():
    role = definition(*(requirement(name, 2, importance=5) for name in "abcd"))
    found = stability(role, answers(a=0, b=0, c=0, d=0))
    assert found.first == ("a", "b", "c")
    assert {shift.skill for shift in found.replacing} == {"a", "b", "c"}


@pytest.mark.parametrize("said", [{}, {"a": None}])
def test_without_rated_answers_nothing_is_tried(said):
    found = stability(definition(requirement("a")), answers(**said))
    assert (found.tried, found.is_stable, found.most) == (0, True, None)


def test_it_is_stable_where_no_level_matters():
    role = definition(requirement("a", 1), requirement("b", 1))
    found = stability(role, answers(a=4, b=3))
    assert (found.tried, found.is_stable, found.first) == (3, True, ())


def test_a_level_off_the_scale_is_not_tried():
    assert stability(definition(requirement("a", 4)), answers(a=0)).tried == 1
    assert stability(definition(requirement("a", 4)), answers(a=4)).tried == 1


def test_a_skill_that_nothing_asks_for_is_not_tried():
    role = definition(requirement("a", 4))
    wider = replace(role, skills=(*role.skills, skill("unused")))
    assert stability(wider, answers(a=2, unused=2)) == stability(role, answers(a=2))


def test_an_answer_below_the_one_that_counts_moves_nothing():
    role = definition(requirement("any", 4, skills=("a", "b")))
    assert stability(role, answers(a=3, b=0)).decisive == ("a",)


# --- the answer that would change most ---


def test_the_rise_that_adds_most_has_its_gain():
    """Weights 3 and 10 of 13: a level of a adds 3/13 x 1/3, one of b 10/13 x 1/4."""
    role = definition(requirement("a", 3), requirement("b", 4, importance=5, essential=True))
    most = stability(role, answers(a=0, b=2)).most
    assert (most.skill, most.answered, most.low, most.gain) == ("b", 2, most.high, most.high)
    assert most.gain * 13 == 10 / 4


def test_no_rise_where_every_target_is_met():
    assert stability(definition(requirement("a", 2)), answers(a=3)).most is None


def test_a_rise_may_lift_the_lower_end_alone():
    """Of a target that the survey does not vouch for, the upper end counts all of it already."""
    role = definition(requirement("a", 4, imprecise=True))
    most = stability(role, answers(a=1)).most
    assert (most.skill, most.high) == ("a", 0)
    assert most.low > 0


def test_going_past_a_target_is_no_advice():
    """It would lift the lower end, where a level is taken off for its age."""
    role = definition(requirement("a", 2), requirement("b", 4))
    said = aged(answers(a=2, b=4), LastDone.LONGER_AGO)
    assert stability(role, said).most is None


# --- the same by brute force ---


def first_of(role, said):
    return tuple(one.gap.requirement.slug for one in priorities(result(role, said))[:FIRST])


def every_try(role, said):
    needed = dict.fromkeys(slug for one in role.requirements for slug in one.skills)
    for slug in needed:
        if slug in said and said[slug].level is not None:
            for level in (said[slug].level - 1, said[slug].level + 1):
                if 0 <= level <= role.scale_of(slug).top:
                    yield slug, said[slug].level, level


def with_level(said, slug, level):
    return said | {slug: Answer(level, said[slug].last_done)}


@law
@given(cases())
def test_it_agrees_with_working_everything_out_anew(case):
    found = stability(case.role, case.answers)
    tries = list(every_try(case.role, case.answers))
    first = first_of(case.role, case.answers)
    after = {one: first_of(case.role, with_level(case.answers, one[0], one[2])) for one in tries}
    assert found.tried == len(tries)
    assert found.first == first
    assert found.shifts == tuple(
        Shift(*one, moved) for one, moved in after.items() if moved != first
    )
    assert set(found.shifts) == set(found.replacing) | set(found.reordering)


@law
@given(cases())
def test_the_gain_is_the_difference_of_two_reports(case):
    now = readiness(result(case.role, case.answers))
    open_to = {
        slug
        for one in result(case.role, case.answers).gaps
        if one.standing is not Standing.MET
        for slug in one.requirement.skills
    }
    rises = []
    for slug, answered, level in every_try(case.role, case.answers):
        if level > answered and slug in open_to:
            then = readiness(result(case.role, with_level(case.answers, slug, level)))
            rises.append(Rise(slug, answered, then.low - now.low, then.high - now.high))
    best = max(rises, key=lambda one: one.gain, default=None)
    expected = best if best and best.gain > 0 else None
    assert stability(case.role, case.answers).most == expected
