"""Rows that were there before their history begin one as they are found."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from assessments.actions.restoring import put_back
from assessments.changes import KINDS, Wanted, changes
from assessments.models import Qualification, Skill
from tests.factories import FactFactory, FieldOfStudyFactory, QualificationFactory, role_with

pytestmark = pytest.mark.django_db
migration = import_module("assessments.migrations.0004_history_and_revisions")


class Editor:
    connection = connection


@pytest.fixture
def _old_rows():
    role = role_with(requirements=2)
    FactFactory(role=role)
    QualificationFactory(role=role).fields.set([FieldOfStudyFactory(), FieldOfStudyFactory()])
    for model in KINDS.values():
        model.history.all().delete()
    migration.begin_history(apps, Editor)


@pytest.mark.usefixtures("_old_rows")
def test_every_row_begins_its_history_unlisted():
    for kind, model in KINDS.items():
        assert model.history.count() == model.objects.count(), kind
    assert not changes(Wanted(kinds=tuple(KINDS))).count()


@pytest.mark.usefixtures("_old_rows")
def test_the_first_change_can_be_put_back():
    skill = Skill.objects.first()
    before, skill.name = skill.name, "Another"
    skill.save()
    put_back(kind="skill", history_id=skill.history.first().pk)
    assert Skill.objects.get(pk=skill.pk).name == before


@pytest.mark.usefixtures("_old_rows")
def test_many_to_many_is_part_of_it():
    qualification = Qualification.objects.get()
    qualification.fields.clear()
    put_back(kind="qualification", history_id=qualification.history.first().pk)
    assert Qualification.objects.get().fields.count() == 2
