"""Many people press Publish in the same moment. With real transactions, on both databases."""

import pytest

from assessments.actions.publication import NothingChanged, PublishedMeanwhile, publish
from assessments.models import RoleVersion
from tests.at_once import at_once
from tests.factories import role_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("after", [{"after": 0}, {}], ids=["compared", "not compared"])
def test_there_is_one_version_and_the_others_are_told(editor, after):
    role = role_with()
    results = at_once(
        lambda _number: publish(role=role, by=editor, note="Mine.", **after),
        refusals=(NothingChanged, PublishedMeanwhile),
    )
    published = [one for one in results if isinstance(one, RoleVersion)]
    assert len(published) == 1
    assert RoleVersion.objects.count() == 1
    for told in results:
        if told not in published:
            assert isinstance(told, PublishedMeanwhile if after else NothingChanged)
            assert told.version == published[0]
