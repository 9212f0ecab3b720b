from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.questions import is_needed, questions
from assessments.domain.recent import settled
from tests.definitions import answers, cases, definition, law, requirement

BOTH = definition(requirement("languages", 3, skills=["python", "r"]), requirement("r", 4))


def test_it_works():
    role = definition(requirement("python", 3), requirement("sql", 3), requirement("git"))
    assert settled(role, answers(python=3, sql=2)) == ("python",)


def test_every_answer_to_a_target_that_is_met_stays():
    role = definition(requirement("languages", 3, skills=["python", "r"]))
    assert settled(role, answers(python=3, r=0)) == ("python", "r")


def test_a_skill_that_counts_towards_a_gap_is_asked_again():
    assert settled(BOTH, answers(python=3, r=3)) == ("python",)


def test_an_answer_below_the_target_keeps_no_other_from_being_asked():
    assert settled(BOTH, answers(r=1)) == ()


@law
@given(cases())
def test_every_target_that_is_not_met_is_asked(case):
    kept = {slug: case.answers[slug] for slug in settled(case.role, case.answers)}
    asked = {one.skill for one in questions(case.role) if is_needed(one, kept)}
    for one in case.role.requirements:
        best = [case.answers[slug].level for slug in one.skills if slug in case.answers]
        if not any(level is not None and level >= one.level for level in best):
            assert asked & set(one.skills)


@law
@given(st.data())
def test_what_is_kept_meets_its_targets(data):
    case = data.draw(cases())
    for slug in settled(case.role, case.answers):
        for one in case.role.requirements:
            if slug in one.skills:
                levels = [case.answers[s].level for s in one.skills if s in case.answers]
                assert max(level for level in levels if level is not None) >= one.level
