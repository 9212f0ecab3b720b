import itertools
from fractions import Fraction

from hypothesis import given

from assessments.domain.answers import Answer
from assessments.domain.gaps import Standing, result
from assessments.domain.priorities import largest, priorities
from tests.definitions import EIGHT, answers, cases, definition, law, requirement


def order(role, said):
    return [one.gap.requirement.slug for one in priorities(result(role, said))]


def test_it_works():
    """Essential first, then importance x levels short, then the role's own order."""
    role = definition(
        requirement("desirable-huge", 4, importance=5),
        requirement("met", 1, importance=5, essential=True),
        requirement("essential-small", 2, importance=1, essential=True),
        requirement("essential-large", 4, importance=2, essential=True),
        requirement("unknown", 4, importance=5, essential=True),
        requirement("desirable-one", 1, importance=2),
        requirement("desirable-two", 2, importance=1),
    )
    said = {one.slug: Answer(0) for one in role.requirements if one.slug != "unknown"}
    assert order(role, said | answers(met=1)) == [
        "essential-large",
        "essential-small",
        "desirable-huge",
        "desirable-one",
        "desirable-two",
    ]


def test_urgency_is_importance_times_the_share_of_the_scale():
    role = definition(requirement("python", 5, importance=3), scale=EIGHT)
    (one,) = priorities(result(role, answers(python=3)))
    assert one.urgency == Fraction(3 * 2, 7)


def test_of_equals_the_role_s_own_order_decides():
    slugs = ["zulu", "alpha", "mike"]
    role = definition(*(requirement(slug) for slug in slugs))
    assert order(role, answers(alpha=1, mike=1, zulu=1)) == slugs


@law
@given(cases())
def test_every_short_target_is_ranked_once_and_nothing_else(case):
    outcome = result(case.role, case.answers)
    ranked = [one.gap for one in priorities(outcome)]
    assert sorted(gap.requirement.slug for gap in ranked) == sorted(
        gap.requirement.slug for gap in outcome.gaps if gap.standing is Standing.SHORT
    )


@law
@given(cases())
def test_no_later_one_should_have_come_earlier(case):
    """The rule, said a second time: each neighbour loses at the first thing that differs."""
    place = {one.slug: number for number, one in enumerate(case.role.requirements)}
    ranked = [one.gap for one in priorities(result(case.role, case.answers))]
    for earlier, later in itertools.pairwise(ranked):
        one, other = earlier.requirement, later.requirement
        assert one.essential >= other.essential
        if one.essential == other.essential:
            first = one.importance * earlier.short
            second = other.importance * later.short
            assert first >= second
            if first == second:
                assert place[one.slug] < place[other.slug]


def test_the_largest_gap_has_most_levels_to_go():
    role = definition(
        requirement("one-level", 1, importance=5, essential=True), requirement("three-levels", 3)
    )
    outcome = result(role, {slug: Answer(0) for slug in ("one-level", "three-levels")})
    assert largest(outcome).requirement.slug == "three-levels"


def test_of_equally_large_gaps_it_is_the_one_to_close_first():
    role = definition(requirement("later"), requirement("first", essential=True))
    assert largest(result(role, answers(later=0, first=0))).requirement.slug == "first"


def test_without_a_gap_none_is_largest():
    assert largest(result(definition(requirement("python")), answers(python=3))) is None
