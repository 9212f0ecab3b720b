"""Moving beside other presses: threads with connections of their own."""

import pytest

from assessments import reports
from assessments.actions import assessment as actions
from assessments.actions.moving import Outdated, move
from assessments.models import Answer, Assessment
from tests.assessments.actions.test_assessment_at_once import at_once
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import definition, requirement
from tests.published import opened, publish

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = definition(requirement("python"), requirement("sql"))


@pytest.fixture
def assessment(member):
    mine = opened(member, ROLE, python=3, sql=3)
    publish(reworded(ROLE, "sql"))
    return mine


def moved(assessment):
    return move(assessment=assessment, number=2, seen=actions.Seen(0))


def test_many_presses_move_once(assessment):
    found = at_once(lambda _number: moved(assessment))
    assert sum(one is not None for one in found) == 1
    assert Assessment.objects.get().revision == 1
    assert Answer.objects.get().skill == "python"


def test_a_submission_beside_it_is_of_one_version_or_the_other(assessment):
    def press(number):
        try:
            return moved(assessment) if number % 2 else actions.submit(assessment=assessment)
        except actions.MovedMeanwhile as refusal:
            return refusal

    at_once(press)
    now = Assessment.objects.get()
    if now.is_submitted:
        assert now.version.number == 1
        assert now.result_sha256 == reports.compute(now).content_hash()
    else:
        assert now.version.number == 2


def test_an_answer_beside_it_is_kept_or_refused(assessment):
    def press(number):
        try:
            if number % 2:
                return moved(assessment)
            return actions.save_answer(
                assessment=assessment,
                skill="sql",
                seen=actions.Seen(1),
                level=3,
                last_done="",
                example=f"Tab {number}",
            )
        except (actions.MovedMeanwhile, Outdated) as refusal:
            return refusal

    found = at_once(press)
    saved = any(isinstance(one, Answer) for one in found[::2])
    assert saved == Answer.objects.filter(skill="sql").exists()
    assert Assessment.objects.get().version.number == (1 if saved else 2)
