from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.domain.answers import Degree, Education
from assessments.domain.comparison import compare, compare_qualifications, tenths
from assessments.domain.definition import Field
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import (
    EIGHT,
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
many = settings(max_examples=100)


@st.composite
def pairs(draw):
    """Two reports on definitions that share skills, requirements, or neither."""
    old = draw(definitions(min_requirements=0))
    new = draw(st.one_of(st.just(old), definitions(min_requirements=0)))
    if draw(st.booleans()) and new.skills:
        new = reworded(new, draw(st.sampled_from(new.skills)).slug)
    given_old = draw(answers_to(old)) if old.skills else {}
    return old, given_old, new, draw(answers_to(new)) if new.skills else {}


def met(change):
    return change.met, change.targets


def test_it_works():
    new = definition(requirement("python", 4), requirement("sql", 2), requirement("git", 1))
    found = compare(OLD, answers(python=3, sql=1, r=1), new, answers(python=3, sql=2, git=1))
    assert (found.before.met, found.between.met, found.after.met) == (2, 3, 2)
    assert met(found.you) == (1, 0)
    assert met(found.definition) == (-1, 0)
    assert met(found.total) == (0, 0)
    causes = {one.requirement.slug: (one.met_by_you, one.met_by_definition) for one in found.lines}
    assert causes == {"python": (0, -1), "sql": (1, 0), "git": (0, 1), "r": (0, -1)}


@many
@given(pairs())
def test_the_parts_add_up(pair):
    found = compare(*pair)
    for name in ("met", "targets", "low_tenths", "high_tenths"):
        you, definition_, total = (
            getattr(change, name) for change in (found.you, found.definition, found.total)
        )
        assert you + definition_ == total
        assert getattr(found.before, name) + total == getattr(found.after, name)


@law
@given(pairs())
def test_the_lines_add_up_to_the_parts(pair):
    found = compare(*pair)
    assert sum(one.met_by_you for one in found.lines) == found.you.met
    assert sum(one.met_by_definition for one in found.lines) == found.definition.met
    assert sum(one.is_new - one.is_gone for one in found.lines) == found.total.targets


@law
@given(st.data())
def test_under_one_definition_everything_is_your_doing(data):
    role = data.draw(definitions())
    found = compare(role, data.draw(answers_to(role)), role, data.draw(answers_to(role)))
    assert found.between == found.after
    assert found.reworded == ()


@law
@given(pairs())
def test_with_the_same_answers_nothing_is_your_doing(pair):
    old, given_old, new, _given = pair
    kept = {slug: one for slug, one in given_old.items() if slug in new.skills_by_slug}
    found = compare(old, given_old, new, kept)
    assert found.before == found.between


@law
@given(pairs())
def test_you_never_change_the_targets(pair):
    assert compare(*pair).you.targets == 0


def test_an_answer_left_out_is_your_doing():
    found = compare(OLD, answers(python=3), OLD, {})
    assert (found.you.met, found.definition.met) == (-1, 0)


def test_a_question_no_longer_asked_is_the_definitions_doing():
    found = compare(OLD, answers(r=1), definition(requirement("python", 3)), {})
    assert (found.you.met, found.definition.met) == (0, -1)


def test_an_answer_to_other_sentences_is_not_held_against_the_old_ones():
    found = compare(OLD, answers(sql=2), reworded(OLD, "sql"), answers(sql=0))
    assert (found.you.met, found.definition.met) == (0, -1)
    assert found.reworded == ("sql",)


def test_neither_is_one_on_another_scale():
    new = definition(requirement("sql", 7), scale=EIGHT)
    found = compare(OLD, answers(sql=1), new, answers(sql=7))
    assert (found.between.met, found.after.met) == (0, 1)


def test_lines_stand_in_the_later_order_and_what_is_gone_comes_last():
    new = definition(requirement("git"), requirement("sql", 2))
    lines = compare(OLD, {}, new, {}).lines
    assert [one.requirement.slug for one in lines] == ["git", "sql", "python", "r"]
    assert [one.is_new for one in lines] == [True, False, False, False]
    assert [one.is_gone for one in lines] == [False, False, True, True]


def test_rounding_never_gives_all_nor_nothing():
    assert tenths(Fraction(9999, 10000)) == 999
    assert tenths(Fraction(1, 10000)) == 1
    assert (tenths(Fraction(0)), tenths(Fraction(1))) == (0, 1000)
    assert tenths(Fraction(2, 3)) == 667


# --- qualifications ---

MASTER, BACHELOR = (Education(degree, "mathematics") for degree in (Degree.MASTER, Degree.BACHELOR))


def asking(*degrees, fields=FIELDS):
    return definition(qualifications=(qualification(degrees=degrees),), fields=fields)


def stand(old, old_degree, new, new_degree):
    [line] = compare_qualifications(old, old_degree, new, new_degree)
    return [one and str(one.standing) for one in (line.before, line.between, line.after)]


def test_a_degree_that_came_and_one_that_is_no_longer_enough():
    old, new = asking("master"), asking("doctorate")
    assert stand(old, BACHELOR, old, MASTER) == ["short", "met", "met"]
    assert stand(old, MASTER, new, MASTER) == ["met", "met", "short"]
    assert stand(old, None, new, MASTER) == ["unknown", "met", "short"]


def test_a_degree_nobody_asks_about_any_more_is_the_definitions_doing():
    old, new = asking("master"), definition()
    assert stand(old, MASTER, new, None) == ["met", "met", None]
    assert stand(new, None, old, MASTER) == [None, None, "met"]


def test_a_field_by_another_name_is_not_held_against_the_old_ones():
    new = asking("master", fields=(Field("mathematics", "Numbers"), FIELDS[1]))
    assert stand(asking("master"), BACHELOR, new, MASTER) == ["short", "short", "met"]
