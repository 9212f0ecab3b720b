import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.domain.answers import Answer
from assessments.domain.questions import (
    Progress,
    is_needed,
    minutes,
    next_question,
    previous_question,
    progress,
    question_about,
    questions,
)
from tests.definitions import (
    POOL,
    cases,
    definition,
    definitions,
    law,
    requirement,
    wide_definition,
)

ROLE = definition(
    requirement("languages", skills=["python", "r", "java"], group="coding"),
    requirement("testing", group="coding"),
    requirement("talking", group="people"),
    requirement("scripting", skills=["python", "bash"], group="tools"),
)


def asked(role):
    return [one.skill for one in questions(role)]


def test_it_works():
    assert [(one.skill, one.group.slug, one.number, one.of) for one in questions(ROLE)] == [
        ("python", "coding", 1, 4),
        ("r", "coding", 2, 4),
        ("java", "coding", 3, 4),
        ("testing", "coding", 4, 4),
        ("talking", "people", 1, 1),
        ("bash", "tools", 1, 1),
    ]


def test_a_question_knows_its_place_among_the_groups_that_ask():
    role = definition(*ROLE.requirements[:3], requirement("again", skills=["talking"], group="x"))
    found = [(one.skill, one.group_number, one.groups) for one in questions(role)]
    assert found[-2:] == [("testing", 1, 2), ("talking", 2, 2)]


def test_a_skill_that_two_targets_share_is_asked_once_for_both():
    python = question_about(ROLE, "python")
    assert [one.slug for one in python.requirements] == ["languages", "scripting"]
    assert python.requirement.slug == "languages"


def test_alternatives_are_the_others_of_which_one_is_enough():
    assert question_about(ROLE, "r").alternatives == ("python", "java")
    assert question_about(ROLE, "testing").alternatives == ()


def rated(skills):
    return {skill: Answer(2) for skill in skills}


def is_settled(requirement, answers):
    given = [answers[skill] for skill in requirement.skills if skill in answers]
    return any((one.level or 0) >= 2 for one in given) or len(given) == len(requirement.skills)


def test_cannot_judge_leaves_the_other_alternatives_to_be_asked():
    given = rated(["bash", "testing", "talking"]) | {"python": Answer(None)}
    assert next_question(ROLE, given, after="python").skill == "r"
    assert not is_needed(question_about(ROLE, "python"), given)


@pytest.mark.parametrize(("level", "asked"), [(0, True), (1, True), (2, False), (4, False)])
def test_the_others_are_asked_of_whoever_does_not_do_the_first_one(level, asked):
    given = rated(["bash", "testing", "talking"]) | {"python": Answer(level)}
    assert is_needed(question_about(ROLE, "r"), given) is asked


def test_a_target_is_settled_when_no_alternative_can_be_judged():
    given = {skill: Answer(None) for skill in ("python", "r", "java")}
    assert progress(ROLE, given)[0].answered == 1


@pytest.mark.parametrize(
    ("answered", "skill", "needed"),
    [
        ([], "r", True),
        (["python"], "r", False),
        (["python"], "python", False),
        (["python"], "bash", False),
        (["r"], "python", True),  # scripting has no answer yet
        (["r", "bash"], "python", False),
        (["r"], "java", False),
        (["r"], "bash", True),
    ],
)
def test_an_alternative_is_needed_until_one_is_answered(answered, skill, needed):
    assert is_needed(question_about(ROLE, skill), rated(answered)) is needed


@pytest.mark.parametrize(
    ("answered", "after", "expected"),
    [
        ([], None, "python"),
        ([], "python", "r"),
        (["python"], "python", "testing"),
        (["python", "testing"], "testing", "talking"),
        (["talking"], "bash", "python"),
        (["python", "testing", "talking"], "talking", None),
    ],
)
def test_next_question(answered, after, expected):
    found = next_question(ROLE, rated(answered), after=after)
    assert (found and found.skill) == expected


@pytest.mark.parametrize(
    ("skill", "expected"), [("python", None), ("r", "python"), ("talking", "testing")]
)
def test_previous_question(skill, expected):
    found = previous_question(ROLE, skill)
    assert (found and found.skill) == expected


@pytest.mark.parametrize("find", [question_about, previous_question])
def test_of_a_skill_that_is_not_asked_there_is_no_question(find):
    assert find(ROLE, "juggling") is None


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ([], [(Progress.NOT_STARTED, 0, 2), (Progress.NOT_STARTED, 0, 1)]),
        (["python"], [(Progress.IN_PROGRESS, 1, 2), (Progress.NOT_STARTED, 0, 1)]),
        (["r", "testing"], [(Progress.COMPLETED, 2, 2), (Progress.NOT_STARTED, 0, 1)]),
        (["talking"], [(Progress.NOT_STARTED, 0, 2), (Progress.COMPLETED, 1, 1)]),
    ],
)
def test_progress_of_the_first_two_groups(answered, expected):
    found = progress(ROLE, rated(answered))[:2]
    assert [(one.progress, one.answered, one.needed) for one in found] == expected


def test_an_answer_in_one_group_can_complete_another():
    tools = progress(ROLE, rated(["python"]))[2]
    assert (tools.progress, tools.answered, tools.needed) == (Progress.COMPLETED, 1, 1)


def test_a_group_whose_every_skill_is_asked_elsewhere_counts_there():
    role = definition(
        requirement("languages", skills=["python", "r"], group="coding"),
        requirement("depth", skills=["r"], group="experts"),
    )
    (coding,) = progress(role, rated(["python"]))
    assert (coding.progress, coding.answered, coding.needed) == (Progress.IN_PROGRESS, 1, 2)
    assert coding.next.skill == "r"


def test_a_group_leads_to_its_first_open_question_or_to_its_first():
    coding = progress(ROLE, rated(["python"]))[0]
    assert coding.next.skill == "testing"
    assert progress(ROLE, rated(["python", "testing"]))[0].next.skill == "python"


@law
@given(definitions())
def test_every_required_skill_is_asked_exactly_once(role):
    required = {skill for one in role.requirements for skill in one.skills}
    assert sorted(asked(role)) == sorted(required)


@law
@given(definitions())
def test_numbers_within_a_group_run_from_1_to_its_size(role):
    for one in progress(role, rated([])):
        numbers = [(question.number, question.of) for question in one.questions]
        assert numbers == [(n, len(numbers)) for n in range(1, len(numbers) + 1)]


@law
@given(definitions())
def test_going_back_undoes_going_on(role):
    for earlier, later in zip(asked(role), asked(role)[1:], strict=False):
        assert previous_question(role, later).skill == earlier


@law
@given(cases())
def test_the_counts_of_the_groups_add_up_to_the_targets(case):
    met = [one for one in case.role.requirements if is_settled(one, case.answers)]
    found = progress(case.role, case.answers)
    assert sum(one.needed for one in found) == len(case.role.requirements)
    assert sum(one.answered for one in found) == len(met)


@law
@given(cases())
def test_a_group_is_completed_exactly_when_nothing_of_it_is_left(case):
    for one in progress(case.role, case.answers):
        assert (one.progress is Progress.COMPLETED) == (one.answered == one.needed)


@law
@given(definitions(), st.sets(st.sampled_from(POOL)))
def test_following_the_questions_leads_to_an_answer_for_every_target(role, answered):
    answered = rated(skill for skill in answered if question_about(role, skill))
    steps = 0
    while question := next_question(role, answered):
        answered |= rated([question.skill])
        steps += 1
    assert steps <= len(role.skills)
    assert all(set(one.skills) & answered.keys() for one in role.requirements)
    assert {one.progress for one in progress(role, answered)} == {Progress.COMPLETED}


@law
@given(cases())
def test_the_question_after_is_one_that_is_needed(case):
    assume(next_question(case.role, case.answers))
    for skill in asked(case.role):
        assert is_needed(next_question(case.role, case.answers, after=skill), case.answers)


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (1, 2), (21, 10), (200, 85)])
def test_minutes_are_rounded_up(count, expected):
    assert minutes(wide_definition(count)) == expected
