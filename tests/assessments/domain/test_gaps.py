from dataclasses import replace

import pytest
from hypothesis import given

from assessments.domain.answers import Answer, Degree, Education, LastDone
from assessments.domain.gaps import Reason, Standing, qualification_gaps, result
from tests.definitions import (
    FIELDS,
    answers,
    cases,
    definition,
    law,
    qualification,
    requirement,
)


def only_gap(wanted, given_answers):
    (gap,) = result(definition(wanted), given_answers).gaps
    return gap


@pytest.mark.parametrize(
    ("have", "standing", "short", "above"),
    [
        (0, Standing.SHORT, 3, 0),
        (2, Standing.SHORT, 1, 0),
        (3, Standing.MET, 0, 0),
        (4, Standing.MET, 0, 1),
    ],
)
def test_it_works(have, standing, short, above):
    gap = only_gap(requirement("python", 3), answers(python=have))
    assert (gap.standing, gap.short, gap.above) == (standing, short, above)
    assert (gap.have, gap.need) == (have, 3)


@pytest.mark.parametrize(
    ("said", "reason"),
    [({}, Reason.UNANSWERED), (answers(python=None), Reason.CANNOT_JUDGE)],
)
def test_unknown_is_neither_met_nor_short(said, reason):
    gap = only_gap(requirement("python", 3), said)
    assert (gap.standing, gap.unknown_because) == (Standing.UNKNOWN, reason)
    assert (gap.have, gap.short, gap.above) == (None, 0, 0)


@pytest.mark.parametrize(
    ("have", "standing", "reason"),
    [
        (None, Standing.UNKNOWN, Reason.CANNOT_JUDGE),
        (0, Standing.UNKNOWN, Reason.IMPRECISE),
        (3, Standing.UNKNOWN, Reason.IMPRECISE),
        (4, Standing.MET, None),
    ],
)
def test_of_an_imprecise_target_nobody_is_short(have, standing, reason):
    gap = only_gap(requirement("python", 2, imprecise=True), answers(python=have))
    assert (gap.standing, gap.unknown_because) == (standing, reason)
    assert (gap.have, gap.short, gap.above) == (have, 0, 0)


def test_an_unanswered_imprecise_target_is_unanswered():
    gap = only_gap(requirement("python", imprecise=True), {})
    assert gap.unknown_because is Reason.UNANSWERED


def test_none_is_an_answer_and_not_unknown():
    gap = only_gap(requirement("python", 1), answers(python=0))
    assert (gap.standing, gap.unknown_because) == (Standing.SHORT, None)


LANGUAGES = requirement("languages", 3, skills=["python", "r", "java"])


@pytest.mark.parametrize(
    ("said", "skill", "have"),
    [
        (answers(java=2), "java", 2),
        (answers(python=1, r=4, java=2), "r", 4),
        (answers(python=None, java=0), "java", 0),
        (answers(python=2, r=2), "python", 2),
        (answers(r=None), "r", None),
        ({}, "python", None),
    ],
)
def test_the_best_of_several_counts(said, skill, have):
    gap = only_gap(LANGUAGES, said)
    assert (gap.skill, gap.have) == (skill, have)


def test_of_equals_the_more_recent_counts():
    said = {"python": Answer(3, LastDone.LONGER_AGO), "java": Answer(3, LastDone.THIS_YEAR)}
    assert only_gap(LANGUAGES, said).skill == "java"


@law
@given(cases())
def test_the_best_of_several_counts_always(case):
    for gap in result(case.role, case.answers).gaps:
        said = [case.answers[one] for one in gap.requirement.skills if one in case.answers]
        levels = [answer.level for answer in said if answer.level is not None]
        assert gap.have == max(levels, default=None)


@law
@given(cases())
def test_unanswered_others_do_not_matter(case):
    wider = replace(
        case.role,
        requirements=tuple(
            replace(one, skills=(*one.skills, "never-answered")) for one in case.role.requirements
        ),
    )
    before, after = result(case.role, case.answers), result(wider, case.answers)
    assert [gap.have for gap in before.gaps] == [gap.have for gap in after.gaps]
    assert [gap.standing for gap in before.gaps] == [gap.standing for gap in after.gaps]


@law
@given(cases())
def test_the_counts_of_the_statement_add_up_to_the_targets(case):
    outcome = result(case.role, case.answers)
    counted = outcome.one_below + outcome.two_or_more_below
    assert len(outcome.met) + counted + len(outcome.unknown) == len(case.role.requirements)
    assert counted == len(outcome.short)


@law
@given(cases())
def test_gaps_stand_in_the_order_of_the_role(case):
    gaps = result(case.role, case.answers).gaps
    assert tuple(gap.requirement for gap in gaps) == case.role.requirements


@pytest.mark.parametrize(
    ("last_done", "at_least"),
    [
        (LastDone.NOT_SAID, 2),
        (LastDone.THIS_YEAR, 2),
        (LastDone.NEVER, 2),
        (LastDone.ONE_TO_THREE_YEARS, 1),
        (LastDone.LONGER_AGO, 1),
    ],
)
def test_recency_takes_a_level_off_the_low_end_alone(last_done, at_least):
    gap = only_gap(requirement("python", 3), {"python": Answer(2, last_done)})
    assert (gap.have_at_least, gap.have, gap.have_at_most) == (at_least, 2, 2)


def test_recency_never_goes_below_nothing():
    gap = only_gap(requirement("python", 3), {"python": Answer(0, LastDone.LONGER_AGO)})
    assert gap.have_at_least == 0


@pytest.mark.parametrize(
    ("education", "standing"),
    [
        (None, Standing.UNKNOWN),
        (Education(Degree.NONE), Standing.SHORT),
        (Education(Degree.BACHELOR, "mathematics"), Standing.SHORT),
        (Education(Degree.MASTER, "mathematics"), Standing.MET),
        (Education(Degree.DOCTORATE, "mathematics"), Standing.MET),
        (Education(Degree.DOCTORATE, "physics"), Standing.SHORT),
        (Education(Degree.MASTER, "other"), Standing.SHORT),
    ],
)
def test_a_degree_counts_at_its_level_or_above_in_a_right_field(education, standing):
    role = definition(qualifications=(qualification(),), fields=FIELDS)
    (gap,) = qualification_gaps(role, education)
    assert gap.standing is standing


def test_a_higher_degree_than_those_named_counts_too():
    role = definition(qualifications=(qualification(degrees=("bachelor",)),), fields=FIELDS)
    (gap,) = qualification_gaps(role, Education(Degree.MASTER, "mathematics"))
    assert gap.standing is Standing.MET


def test_without_fields_any_field_counts():
    role = definition(qualifications=(qualification(fields=()),))
    (gap,) = qualification_gaps(role, Education(Degree.MASTER, "other"))
    assert gap.standing is Standing.MET


def test_of_equals_the_one_counts_that_widens_the_range_least():
    """Or a better answer to another of the skills would lower the range."""
    role = definition(requirement("code", skills=["a", "b", "c"]))
    never, ago, year = LastDone.NEVER, LastDone.LONGER_AGO, LastDone.ONE_TO_THREE_YEARS
    said = {"a": Answer(3, never), "b": Answer(3, ago), "c": Answer(3, year)}
    assert result(role, said).gaps[0].skill == "a"
    assert result(role, {"b": said["b"], "c": said["c"]}).gaps[0].skill == "c"
