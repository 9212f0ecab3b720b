from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.domain.answers import Answer, LastDone
from assessments.domain.gaps import Standing, result
from assessments.domain.readiness import points, readiness, weight
from tests.definitions import aged, answers, cases, definition, law, requirement, skill


def readiness_of(role, said):
    return readiness(result(role, said))


def figures(role, said):
    found = readiness_of(role, said)
    return (found.met, found.targets, found.low, found.high)


def test_it_works():
    role = definition(
        requirement("python", 4, importance=5, essential=True),
        requirement("sql", 2, importance=2),
    )
    found = readiness_of(role, answers(python=3, sql=4))
    assert (found.met, found.targets) == (1, 2)
    assert found.low == found.high == Fraction(10 * 3, 4 * 12) + Fraction(2, 12)


@pytest.mark.parametrize(("essential", "expected"), [(False, 3), (True, 6)])
def test_essential_doubles_the_weight(essential, expected):
    assert weight(requirement("python", importance=3, essential=essential)) == expected


@law
@given(cases())
def test_every_figure_is_an_exact_fraction(case):
    """Worked out a second time, from the words of the rule."""
    total = sum(one.importance * (1 + one.essential) for one in case.role.requirements)
    low = high = Fraction(0)
    for gap in result(case.role, case.answers).gaps:
        one = gap.requirement
        old = gap.have is not None and gap.answer.last_done in ("1-3-years", "longer-ago")
        at_least = 0 if gap.have is None else max(gap.have - old, 0)
        at_most = one.level if gap.have is None else gap.have
        highest = gap.scale_top if one.imprecise else one.level
        lowest = 1 if one.imprecise else one.level
        low += one.importance * (1 + one.essential) * min(1, Fraction(at_least, highest))
        high += one.importance * (1 + one.essential) * min(1, Fraction(at_most, lowest))
    found = readiness_of(case.role, case.answers)
    assert (found.low, found.high) == (low / total, high / total)
    assert (found.low_sum, found.high_sum, found.total_weight) == (low, high, total)


@law
@given(cases(), st.data())
def test_raising_an_answer_never_lowers_readiness(case, data):
    top = case.role.scales[0].top
    can_rise = [
        slug
        for slug, answer in case.answers.items()
        if answer.level is not None and answer.level < top
    ]
    assume(can_rise)
    slug = data.draw(st.sampled_from(can_rise))
    level = data.draw(st.integers(case.answers[slug].level + 1, top))
    raised = case.answers | {slug: replace(case.answers[slug], level=level)}
    before, after = readiness_of(case.role, case.answers), readiness_of(case.role, raised)
    assert after.low >= before.low
    assert after.high >= before.high
    assert after.met >= before.met


@law
@given(cases(), st.data())
def test_order_does_not_matter(case, data):
    shuffled = replace(
        case.role,
        requirements=tuple(
            replace(one, skills=tuple(data.draw(st.permutations(one.skills))))
            for one in data.draw(st.permutations(case.role.requirements))
        ),
        skills=tuple(data.draw(st.permutations(case.role.skills))),
    )
    said = dict(data.draw(st.permutations(list(case.answers.items()))))
    assert figures(shuffled, said) == figures(case.role, case.answers)


@law
@given(cases())
def test_names_do_not_matter(case):
    def other(slug):
        return f"z{9 - int(slug[1:])}"

    renamed = replace(
        case.role,
        title="Another",
        requirements=tuple(
            replace(one, slug=other(one.slug), title="?", skills=tuple(map(other, one.skills)))
            for one in case.role.requirements
        ),
        skills=tuple(replace(one, slug=other(one.slug), name="?") for one in case.role.skills),
    )
    said = {other(slug): answer for slug, answer in case.answers.items()}
    assert figures(renamed, said) == figures(case.role, case.answers)


@law
@given(cases(), st.integers(0, 4))
def test_a_skill_nobody_requires_changes_nothing(case, level):
    wider = replace(case.role, skills=(*case.role.skills, skill("juggling")))
    said = case.answers | {"juggling": Answer(level)}
    assert readiness_of(wider, said) == readiness_of(case.role, case.answers)


@law
@given(cases())
def test_exceeding_one_target_never_pays_for_another(case):
    """Whoever stays at each target's level is exactly as ready."""
    role = replace(
        case.role,
        requirements=tuple(
            replace(one, level=1, imprecise=False) for one in case.role.requirements
        ),
    )
    capped = {
        slug: replace(answer, level=answer.level and min(answer.level, 1), last_done="")
        for slug, answer in case.answers.items()
    }
    fresh = aged(case.answers, LastDone.NOT_SAID)
    assert figures(role, capped) == figures(role, fresh)


@law
@given(cases())
def test_unknown_counts_as_nothing_below_and_as_met_above(case):
    for share in readiness_of(case.role, case.answers).shares:
        if share.gap.have is None:
            assert share.gap.standing is Standing.UNKNOWN
            assert (share.low, share.high) == (0, 1)


@law
@given(cases())
def test_an_imprecise_target_is_every_target_it_could_be(case):
    """Its ends are the least and the most of all levels that might really be asked for."""
    for number, one in enumerate(case.role.requirements):
        if not one.imprecise:
            continue
        parts = []
        for level in range(1, case.role.scales[0].top + 1):
            sound = replace(one, level=level, imprecise=False)
            others = case.role.requirements
            role = replace(case.role, requirements=(*others[:number], sound, *others[number + 1 :]))
            share = readiness_of(role, case.answers).shares[number]
            parts.append((share.low, share.high))
        share = readiness_of(case.role, case.answers).shares[number]
        assert share.low == min(low for low, _high in parts)
        assert share.high == max(high for _low, high in parts)


def test_an_imprecise_target_is_met_only_at_the_top():
    role = definition(requirement("python", 2, imprecise=True))
    found = [figures(role, answers(python=level)) for level in range(5)]
    assert [(low, high) for _met, _targets, low, high in found] == [
        (0, 0),
        (Fraction(1, 4), 1),
        (Fraction(1, 2), 1),
        (Fraction(3, 4), 1),
        (1, 1),
    ]
    assert [met for met, *_rest in found] == [0, 0, 0, 0, 1]


def test_unknown_is_not_zero():
    role = definition(requirement("python"), requirement("sql"))
    nothing = readiness_of(role, answers(python=3, sql=0))
    unknown = readiness_of(role, answers(python=3, sql=None))
    unanswered = readiness_of(role, answers(python=3))
    assert (nothing.low, nothing.high) == (Fraction(1, 2), Fraction(1, 2))
    assert (unknown.low, unknown.high) == (Fraction(1, 2), 1)
    assert (unanswered.low, unanswered.high) == (Fraction(1, 2), 1)


@law
@given(cases())
def test_recency_widens_and_never_moves_the_high_end(case):
    fresh = readiness_of(case.role, aged(case.answers, LastDone.THIS_YEAR))
    old = readiness_of(case.role, aged(case.answers, LastDone.LONGER_AGO))
    assert (old.high, old.met) == (fresh.high, fresh.met)
    assert old.low <= fresh.low


@law
@given(cases())
def test_the_low_end_is_never_above_the_high_end(case):
    found = readiness_of(case.role, case.answers)
    assert 0 <= found.low <= found.high <= 1
    assert Fraction(found.met, found.targets) == 1 or found.low < 1


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(0), 0),
        (Fraction(1, 400), 1),
        (Fraction(1, 10**9), 1),
        (Fraction(1, 2), 50),
        (Fraction(125, 1000), 13),
        (Fraction(20, 21), 95),
        (Fraction(399, 400), 99),
        (Fraction(10**9 - 1, 10**9), 99),
        (Fraction(1), 100),
    ],
)
def test_rounding_never_reaches_the_ends(share, expected):
    assert points(share) == expected


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_rounding_keeps_the_order(one, other):
    low, high = sorted([one, other])
    assert points(low) <= points(high)


@given(st.fractions(0, 1))
def test_rounding_is_off_by_less_than_a_point(share):
    assert abs(points(share) - 100 * share) < 1


def test_a_role_without_targets_has_nothing_missing():
    assert figures(definition(), {}) == (0, 0, 1, 1)


def test_it_is_a_range_only_where_the_page_would_show_two_numbers():
    """Half of 400 and an unknown one of 401 are 49.9 to 50.1 of 100: both 50."""
    heavy = [requirement(f"s{n}", 4, importance=5, essential=True) for n in range(40)]
    role = definition(*heavy, requirement("light", importance=1))
    found = readiness_of(role, answers(**{one.slug: 2 for one in heavy}))
    assert found.low < found.high
    assert not found.is_range
    assert readiness_of(role, {}).is_range
