from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import earlier
from assessments.actions import assessment as actions
from assessments.models import Answer, QualificationAnswer, RoleVersion
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.published import answer, opened, publish, submitted

pytestmark = pytest.mark.django_db
EXAMPLE = "A <parser>."
ROLE = definition(requirement("python"), requirement("sql"), requirement("r"))
OTHER = definition(requirement("python", 1), slug="other", title="Other")
DEGREE = definition(requirement("python"), qualifications=(qualification(),), fields=FIELDS)


def sent(member, role, *, last_done="this-year", days=0, degree="", **levels):
    """A report with answers that are so many days old."""
    mine = opened(member, role, **levels)
    then = timezone.now() - timedelta(days=days)
    Answer.objects.filter(assessment=mine, level__isnull=False).update(last_done=last_done)
    Answer.objects.filter(assessment=mine).update(saved_at=then, example=EXAMPLE)
    if degree:
        QualificationAnswer.objects.create(
            assessment=mine, degree=degree, field="mathematics", revision=1
        )
    return actions.submit(assessment=mine)


def back(report, role=None):
    return earlier.coming_back(report, publish(role) if role else report.version)


def copied(report, role=None):
    return [one.skill.slug for one in back(report, role).copied]


# --- the short way ---


def test_it_works(member):
    found = back(sent(member, ROLE, python=3, sql=2))
    assert [(one.skill.slug, one.word) for one in found.copied] == [("python", "Independent")]
    assert (found.left, found.targets, found.degree) == (2, 3, None)


@pytest.mark.parametrize("last_done", ["1-3-years", "longer-ago", "never", ""])
def test_what_was_not_touched_for_a_year_is_asked(member, last_done):
    assert copied(sent(member, ROLE, last_done=last_done, python=3)) == []


@pytest.mark.parametrize(("days", "kept"), [(364, ["python"]), (366, [])])
def test_an_answer_older_than_a_year_is_asked(member, days, kept):
    assert copied(sent(member, ROLE, days=days, python=3)) == kept


def test_targets_are_those_of_today(member):
    report = sent(member, ROLE, python=3, sql=3)
    new = definition(requirement("python", 4), requirement("sql", 3))
    assert copied(report, new) == ["sql"]


def test_a_reworded_question_is_asked(member):
    assert copied(sent(member, ROLE, python=3, sql=3), reworded(ROLE, "sql")) == ["python"]


def test_cannot_judge_is_asked_again(member):
    assert copied(sent(member, ROLE, python=None)) == []


@pytest.mark.parametrize(("degree", "kept"), [("master", True), ("bachelor", False), ("", False)])
def test_a_degree_is_asked_until_it_is_enough(member, degree, kept):
    assert bool(back(sent(member, DEGREE, degree=degree, python=3)).degree) == kept


def test_a_field_that_is_now_called_otherwise_is_asked(member):
    report = sent(member, DEGREE, degree="master", python=3)
    other = definition(requirement("python"), qualifications=(qualification(),), fields=FIELDS[1:])
    assert back(report, other).degree is None


def test_the_latest_report_counts(member, stranger):
    sent(member, ROLE, python=1)
    second = sent(member, ROLE, python=2)
    sent(stranger, ROLE, python=3)
    sent(member, OTHER, python=3)
    assert earlier.last_report(member, second.version) == second


# --- beside a question ---


def beside(member, role=ROLE, skill="python"):
    return earlier.earlier(opened(member, role), skill)


def test_the_latest_answer_is_shown(member):
    sent(member, ROLE, python=1)
    sent(member, ROLE, python=2)
    found = beside(member)
    assert (found.said.word, found.said.answer.example, found.role) == ("Guided", EXAMPLE, "")


def test_so_is_one_for_another_role(member):
    sent(member, OTHER, python=4)
    assert (beside(member).said.word, beside(member).role) == ("Leading", "Other")


def test_cannot_judge_has_no_word(member):
    sent(member, ROLE, python=None)
    assert beside(member).said.word == ""


def test_nothing_is_shown_of_other_words_or_other_people(member, stranger):
    sent(stranger, ROLE, python=3)
    assert beside(member) is None
    submitted(member, ROLE, python=3)
    assert earlier.earlier(opened(member, reworded(ROLE, "python")), "python") is None


def test_an_answer_not_sent_yet_is_not_an_earlier_one(member):
    mine = opened(member, ROLE, python=3)
    answer(opened(member, OTHER), python=1)
    assert earlier.earlier(mine, "python") is None
    assert RoleVersion.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of PostgreSQL go by the size")
@pytest.mark.parametrize("read", [earlier.earlier, earlier.stored_and_earlier])
def test_other_peoples_answers_are_not_gone_through(member, read):
    assessment = opened(member, definition(requirement("python")))
    with CaptureQueriesContext(connection) as asked:
        read(assessment, "python")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "(assessment_id=? AND skill=?)" in plan
    assert "SCAN" not in plan


def test_what_is_stored_comes_beside_what_was_sent_before(member):
    role = definition(requirement("python"))
    submitted(member, role, python=2)
    again = opened(member, role, python=4)
    stored, before = earlier.stored_and_earlier(again, "python")
    assert (stored.level, before.said.answer.level) == (4, 2)


def test_nothing_stored_and_nothing_sent(member, stranger):
    role = definition(requirement("python"))
    submitted(stranger, role, python=2)
    assert earlier.stored_and_earlier(opened(member, role), "python") == (None, None)
