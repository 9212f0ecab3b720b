"""Roles that were published before there was a search are found by it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from assessments.actions.search_index import rebuild_search
from assessments.models import SearchEntry, Vocabulary
from assessments.search import Criteria, browse
from tests.definitions import definition, requirement
from tests.published import publish

pytestmark = pytest.mark.django_db
migration = import_module("assessments.migrations.0008_search")


class Editor:
    connection = connection

    @staticmethod
    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture
def _before_there_was_a_search():
    publish(definition(requirement("sql"), title="Old title"))
    publish(definition(requirement("sql"), title="Data tester"))
    SearchEntry.objects.all().delete()
    Vocabulary.objects.all().delete()
    migration.drop_index(apps, Editor)
    migration.make_index(apps, Editor)


@pytest.mark.usefixtures("_before_there_was_a_search")
@pytest.mark.parametrize("asked", ["data testers", "sql", "dato tester", "Tests."])
def test_what_is_published_is_found(asked):
    migration.enter_what_is_published(apps, Editor)
    assert [hit.entry.title for hit in browse(Criteria(text=asked)).hits] == ["Data tester"]


@pytest.mark.usefixtures("_before_there_was_a_search")
def test_it_writes_what_the_search_itself_would_write():
    migration.enter_what_is_published(apps, Editor)
    by_migration = list(SearchEntry.objects.values())
    rebuild_search()
    assert list(SearchEntry.objects.values()) == by_migration
