"""Two people press Publish in the same moment. With real transactions, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.actions.publication import NothingChanged, PublishedMeanwhile, publish
from assessments.models import RoleVersion
from tests.factories import role_with

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4


def all_at_once(role, editor, **after):
    barrier = Barrier(PEOPLE)

    def press():
        try:
            barrier.wait(timeout=10)
            return publish(role=role, by=editor, note="Mine.", **after)
        except (NothingChanged, PublishedMeanwhile) as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return [one.result() for one in [pool.submit(press) for _number in range(PEOPLE)]]


@pytest.mark.parametrize("after", [{"after": 0}, {}], ids=["compared", "not compared"])
def test_there_is_one_version_and_the_others_are_told(editor, after):
    results = all_at_once(role_with(), editor, **after)
    published = [one for one in results if isinstance(one, RoleVersion)]
    assert len(published) == 1
    assert RoleVersion.objects.count() == 1
    for told in results:
        if told not in published:
            assert isinstance(told, PublishedMeanwhile if after else NothingChanged)
            assert told.version == published[0]
