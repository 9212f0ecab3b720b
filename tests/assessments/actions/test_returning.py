from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.actions import assessment as actions
from assessments.actions.returning import start_again
from assessments.models import Answer, Assessment, QualificationAnswer
from tests.assessments.actions.test_assessment_at_once import at_once
from tests.assessments.test_earlier import DEGREE, ROLE, sent
from tests.published import opened

pytestmark = pytest.mark.django_db


def again(report):
    return start_again(by=report.member, version=report.version)


def test_it_works(member):
    report = sent(member, ROLE, days=30, python=3, sql=2)
    before = report.answers.get(skill="python")
    made = again(report)
    assert (made.copied, made.assessment.is_submitted) == (1, False)
    row = made.assessment.answers.get()
    for name in ("skill", "level", "last_done", "example", "saved_at"):
        assert getattr(row, name) == getattr(before, name)


def test_a_copy_can_be_changed_from_a_page_that_showed_it(member):
    made = again(sent(member, ROLE, python=3)).assessment
    row = made.answers.get()
    actions.save_answer(
        assessment=made,
        skill="python",
        seen=actions.Seen(row.revision),
        level=1,
        last_done="",
        example="",
    )
    assert made.answers.get().level == 1


def test_a_copy_of_a_copy_keeps_the_first_date(member):
    first = sent(member, ROLE, days=300, python=3)
    second = actions.submit(assessment=again(first).assessment)
    then = again(second).assessment.answers.get().saved_at
    assert timezone.now() - then > timedelta(days=299)


def test_a_degree_that_is_enough_is_copied(member):
    made = again(sent(member, DEGREE, degree="master", python=3)).assessment
    assert QualificationAnswer.objects.get(assessment=made).degree == "master"


def test_with_one_open_it_only_resumes(member):
    report = sent(member, ROLE, python=3)
    mine = opened(member, ROLE, sql=1)
    made = again(report)
    assert (made.assessment, made.copied) == (mine, None)
    assert [row.skill for row in mine.answers.all()] == ["sql"]


def test_without_a_report_nothing_is_copied(member):
    version = opened(member, ROLE).version
    Assessment.objects.all().delete()
    assert start_again(by=member, version=version).copied == 0


@pytest.mark.django_db(transaction=True)
def test_many_presses_copy_once(member):
    report = sent(member, DEGREE, degree="master", python=3)
    found = at_once(lambda _number: again(report))
    assert [one.copied for one in found if one.copied is not None] == [1]
    assert Assessment.objects.open().count() == 1
    assert Answer.objects.filter(assessment__submitted_at__isnull=True).count() == 1
