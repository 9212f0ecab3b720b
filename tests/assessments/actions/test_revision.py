"""The right to write over what was shown is given to one of two, also when both ask at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from assessments.actions.revision import ChangedMeanwhile, take
from assessments.models import FieldOfStudy
from tests.factories import FieldOfStudyFactory


@pytest.mark.django_db
def test_what_was_seen_may_be_written_over():
    field = FieldOfStudyFactory()
    take(row=field, seen=0)
    assert FieldOfStudy.objects.get().revision == 1


@pytest.mark.django_db
@pytest.mark.parametrize("seen", [-1, 1, 2**40])
def test_nothing_else_may(seen):
    with pytest.raises(ChangedMeanwhile):
        take(row=FieldOfStudyFactory(), seen=seen)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_let_through():
    field = FieldOfStudyFactory()
    barrier, outcomes = Barrier(4), []

    def save():
        try:
            barrier.wait()
            with transaction.atomic():
                take(row=field, seen=0)
            outcomes.append("saved")
        except ChangedMeanwhile:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=save) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "told", "told", "told"]
