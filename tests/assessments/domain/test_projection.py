from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.answers import Degree, Education
from assessments.domain.gaps import Standing
from assessments.domain.projection import project
from assessments.domain.report import report
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import (
    FIELDS,
    answers,
    answers_to,
    definition,
    definitions,
    law,
    qualification,
    requirement,
)

OLD = definition(requirement("python", 3), requirement("sql", 2), requirement("r", 1))
SAID = answers(python=3, sql=2, r=1)


def test_it_works():
    new = definition(requirement("python", 4), requirement("sql", 2), requirement("talking"))
    found = project(OLD, new, SAID, None)
    assert (found.before.readiness.met, found.after.readiness.met) == (3, 1)
    assert [one.requirement.slug for one in found.lines] == ["python", "talking", "r"]


def test_an_answer_to_other_sentences_is_unknown():
    found = project(OLD, reworded(OLD, "sql"), SAID, None)
    [line] = found.lines
    assert (line.before.standing, line.after.standing) == (Standing.MET, Standing.UNKNOWN)


def test_one_level_below_is_not_two():
    found = project(OLD, definition(requirement("python", 4)), answers(python=2), None)
    assert [one.requirement.slug for one in found.lines if not one.is_gone] == ["python"]


def test_a_qualification_that_would_stand_differently_is_named():
    old = definition(qualifications=(qualification(),), fields=FIELDS)
    new = definition(qualifications=(qualification(degrees=("doctorate",)),), fields=FIELDS)
    found = project(old, new, {}, Education(Degree.MASTER, "mathematics"))
    [line] = found.qualifications
    assert (line.before.standing, line.after.standing) == (Standing.MET, Standing.SHORT)
    assert line.title == "A degree"


@law
@given(st.data())
def test_under_the_same_definition_nothing_stands_differently(data):
    role = data.draw(definitions())
    said = data.draw(answers_to(role))
    found = project(role, role, said, None)
    assert (found.lines, found.qualifications) == ((), ())
    assert found.after.content_hash() == report(role, said, None).content_hash()


@law
@given(st.data())
def test_the_lines_account_for_every_difference_in_the_figures(data):
    """What met, short and unknown differ by can be counted from the table."""
    old, new = data.draw(definitions()), data.draw(definitions())
    found = project(old, new, data.draw(answers_to(old)), None)
    for standing in Standing:
        then, now = (
            sum(gap.standing is standing for gap in one.result.gaps)
            for one in (found.before, found.after)
        )
        counted = sum(
            (line.after is not None and line.after.standing is standing)
            - (line.before is not None and line.before.standing is standing)
            for line in found.lines
        )
        assert now - then == counted
