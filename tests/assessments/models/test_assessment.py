from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.models import Answer, Assessment, QualificationAnswer, User
from assessments.models.assessment import new_key
from tests.definitions import definition, requirement
from tests.published import opened, publish, submit_by_hand, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))
RULES = import_module("assessments.migrations.0002_protect_what_is_published").RULES
REFUSED = "never changes"


def test_it_works(member):
    assessment = opened(member, ROLE, python=3)
    assert not assessment.is_submitted
    assert list(Assessment.objects.open()) == [assessment]
    submit_by_hand(assessment)
    assert list(Assessment.objects.submitted()) == [assessment]
    assert list(Assessment.objects.open()) == []


def test_keys_cannot_be_guessed():
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {22}


def test_fetching_leaves_the_definition_in_the_database(member, django_assert_num_queries):
    opened(member, ROLE)
    with django_assert_num_queries(1):
        found = Assessment.objects.with_version().get()
        assert (found.role.slug, found.version.number) == ("tester", 1)
    assert "content" in found.version.get_deferred_fields()


@pytest.fixture
def sent(member):
    assessment = opened(member, ROLE, python=3)
    QualificationAnswer.objects.create(assessment=assessment, degree="none", revision=1)
    submit_by_hand(assessment)
    return assessment


CHANGES = {
    "answer": lambda sent: Answer.objects.update(level=4),
    "answer taken over": lambda sent: Answer.objects.update(assessment=sent),
    "new answer": lambda sent: Answer.objects.create(assessment=sent, skill="sql", revision=2),
    "degree": lambda sent: QualificationAnswer.objects.update(degree="master"),
    "submitted_at": lambda sent: submit_by_hand(
        sent, submitted_at=timezone.now() - timedelta(days=1)
    ),
    "reopened": lambda sent: submit_by_hand(
        sent, submitted_at=None, met=None, targets=None, result_sha256=""
    ),
    "met": lambda sent: Assessment.objects.update(met=1),
    "targets": lambda sent: Assessment.objects.update(targets=9),
    "result_sha256": lambda sent: Assessment.objects.update(result_sha256="1" * 64),
    "version": lambda sent: Assessment.objects.update(
        version=publish(definition(requirement("python", 1)))
    ),
}


def test_an_answer_cannot_be_moved_out_of_what_was_submitted(sent, stranger):
    elsewhere = opened(stranger, ROLE)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        Answer.objects.filter(assessment=sent).update(assessment=elsewhere)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_submission_the_database_refuses_a_change_of(sent, change):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        change(sent)


def test_after_submission_the_database_refuses_a_first_degree(member):
    sent = submitted(member, ROLE)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        QualificationAnswer.objects.create(assessment=sent, degree="none", revision=1)


def test_before_submission_everything_can_change(member):
    assessment = opened(member, ROLE, python=3)
    Answer.objects.update(level=4)
    QualificationAnswer.objects.create(assessment=assessment, degree="none", revision=1)
    QualificationAnswer.objects.update(degree="master")


def test_deleting_an_account_deletes_its_assessments_and_answers(member, stranger, sent):
    kept = opened(stranger, ROLE, python=1)
    opened(member, ROLE, python=2)
    User.objects.get(pk=member.pk).delete()
    assert list(Assessment.objects.all()) == [kept]
    assert list(Answer.objects.values_list("level", flat=True)) == [1]
    assert not QualificationAnswer.objects.exists()


def test_after_every_migration_all_triggers_are_there():
    """SQLite loses them when a table is rebuilt: such a migration ends with protect()."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert {name for (name,) in cursor.fetchall()} >= set(RULES)
