"""What the migration gives to editors and publishers."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

pytestmark = pytest.mark.django_db
migration = import_module("assessments.migrations.0003_editor_and_publisher_groups")
newsletter = import_module("assessments.migrations.0005_plans_sharing_and_mail")
occupations = import_module("assessments.migrations.0006_occupations")
HERE = SimpleNamespace(connection=connection)


def permissions_of(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_each_group_has_all_that_is_named():
    for name, codenames in migration.GROUPS.items():
        later = [*newsletter.GROUPS.get(name, []), *occupations.GROUPS.get(name, [])]
        assert permissions_of(name) == {*codenames, *later}


def test_editors_do_not_publish_and_publishers_do_not_change():
    assert not {"publish_role", "send_newsletterissue"} & permissions_of("Editor")
    verbs = {codename.split("_")[0] for codename in permissions_of("Publisher")}
    assert verbs == {"publish", "send", "view"}


def test_neither_reaches_people_or_their_answers():
    reached = permissions_of("Editor") | permissions_of("Publisher")
    private = ("user", "assessment", "answer", "qualificationanswer", "subscriber", "outgoingmail")
    assert not {name for name in reached if name.split("_")[1] in private}
    assert "change_roleversion" not in reached


def test_support_sees_accounts_and_changes_nothing():
    assert permissions_of("Support") == {"view_user"}


def test_it_can_be_run_again_and_from_nothing():
    before = permissions_of("Editor")
    migration.make_groups(apps, HERE)
    newsletter.give_newsletter_to_groups(apps, HERE)
    occupations.give_permissions(apps, HERE)
    assert permissions_of("Editor") == before
    Group.objects.all().delete()
    migration.make_groups(apps, HERE)
    newsletter.give_newsletter_to_groups(apps, HERE)
    occupations.give_permissions(apps, HERE)
    assert permissions_of("Editor") == before
