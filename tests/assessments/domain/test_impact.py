from dataclasses import replace

from assessments.domain.definition import Anchor
from assessments.domain.impact import impact
from tests.definitions import answers, definition, requirement

OLD = definition(requirement("python", 2), requirement("sql", 3))
HARDER = definition(requirement("python", 4), requirement("sql", 3))
EASIER = definition(requirement("python", 2), requirement("sql", 1))


def people(count, **levels):
    return [(OLD, answers(**levels))] * count


def test_it_works():
    found = impact([*people(6, python=3, sql=3), *people(7, python=1, sql=3)], HARDER)
    assert (found.finished, found.more, found.fewer, found.same) == (10, None, 5, 5)


def test_an_easier_draft_lets_people_meet_more():
    found = impact(people(5, python=2, sql=2), EASIER)
    assert (found.more, found.fewer, found.same) == (5, None, None)


def test_of_four_people_nothing_is_shown():
    found = impact(people(4, python=2, sql=2), EASIER)
    assert (found.finished, found.more, found.fewer, found.same) == (None, None, None, None)


def test_each_report_counts_as_under_its_own_version():
    found = impact([(HARDER, answers(python=3, sql=3))] * 5, OLD)
    assert (found.more, found.same) == (5, None)


def test_an_answer_to_a_question_that_was_reworded_no_longer_counts():
    python = replace(OLD.skill("python"), anchors=(Anchor(2, "I do something else by now"),))
    reworded = replace(OLD, skills=(python, OLD.skill("sql")))
    found = impact(people(5, python=3, sql=3), reworded)
    assert (found.fewer, found.same) == (5, None)
