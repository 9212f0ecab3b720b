"""Many presses at the same moment: threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments import reports
from assessments.actions import assessment as actions
from assessments.models import Answer, Assessment
from tests.definitions import definition, requirement
from tests.published import opened, publish

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = definition(requirement("python"), requirement("sql"))


@pytest.fixture
def assessment(member):
    return opened(member, ROLE)


def save(assessment, level=3):
    actions.save_answer(
        assessment=assessment,
        skill="python",
        seen=actions.Seen(0),
        level=level,
        last_done="",
        example="",
    )


def at_once(do):
    """What each of six threads got from it: a result or an exception of ours."""
    together = Barrier(6)

    def run(number):
        together.wait(10)
        try:
            return do(number)
        except (actions.Conflict, actions.AlreadySubmitted) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(run, range(6)))


def test_many_starts_at_once_give_one_assessment(member):
    version = publish(ROLE)
    started = at_once(lambda _number: actions.start(by=member, version=version))
    assert {one.pk for one in started} == {Assessment.objects.get().pk}


def test_of_many_answers_at_once_one_is_saved_and_the_others_are_told(assessment):
    results = at_once(lambda number: save(assessment, level=number))
    saved = [number for number, one in enumerate(results) if one is None]
    assert saved == [Answer.objects.get().level]
    assert sum(isinstance(one, actions.Conflict) for one in results) == 5


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
