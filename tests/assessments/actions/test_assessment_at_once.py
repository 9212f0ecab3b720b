"""Many presses at the same moment: threads with connections of their own."""

import pytest

from assessments import reports
from assessments.actions import assessment as actions
from assessments.models import Answer, Assessment
from tests import at_once as pressing
from tests.at_once import PRESSES
from tests.definitions import definition, requirement
from tests.published import opened, publish

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = definition(requirement("python"), requirement("sql"))


@pytest.fixture
def assessment(member):
    return opened(member, ROLE)


def save(assessment, example=""):
    actions.save_answer(
        assessment=assessment,
        skill="python",
        seen=actions.Seen(0),
        level=3,
        last_done="",
        example=example,
    )


def at_once(do):
    return pressing.at_once(do, refusals=(actions.Conflict, actions.AlreadySubmitted))


def test_many_starts_at_once_give_one_assessment(member):
    version = publish(ROLE)
    started = at_once(lambda _number: actions.start(by=member, version=version))
    assert {one.pk for one in started} == {Assessment.objects.get().pk}


def test_of_many_answers_at_once_one_is_saved_and_the_others_are_told(assessment):
    results = at_once(lambda number: save(assessment, example=f"Tab {number}"))
    saved = [f"Tab {number}" for number, one in enumerate(results) if one is None]
    assert saved == [Answer.objects.get().example]
    assert sum(isinstance(one, actions.Conflict) for one in results) == PRESSES - 1


def test_many_submissions_at_once_give_one_report(assessment):
    at_once(lambda _number: actions.submit(assessment=assessment))
    sent = Assessment.objects.get()
    assert sent.result_sha256 == reports.compute(sent).content_hash()


def test_an_answer_beside_a_submission_is_in_the_report_or_refused(assessment):
    def press(number):
        return actions.submit(assessment=assessment) if number % 2 else save(assessment)

    saves = at_once(press)[::2]
    sent = Assessment.objects.get()
    assert sent.met == any(one is None for one in saves)
    assert sent.result_sha256 == reports.compute(sent).content_hash()
