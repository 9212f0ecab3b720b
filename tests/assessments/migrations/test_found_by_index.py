"""Versions that were published before their short names were kept are found by them."""

from importlib import import_module

import pytest
from django.apps import apps

from assessments.models import PublishedName, RoleVersion
from tests.definitions import definition, requirement
from tests.published import publish

pytestmark = pytest.mark.django_db
migration = import_module("assessments.migrations.0009_found_by_index")


def test_what_is_published_is_entered_as_it_would_be_now():
    version = publish(definition(requirement("sql"), requirement("python")))
    entered = set(PublishedName.objects.values_list("version", "slug"))
    PublishedName.objects.all().delete()
    migration.enter_what_is_published(apps, None)
    assert set(PublishedName.objects.values_list("version", "slug")) == entered
    assert list(RoleVersion.objects.naming("sql")) == [version]
