"""How often a page of the editing area asks the database, the session and the account included."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from assessments.models import publication
from tests.assessments.admin.world import addresses, filled, make_world

pytestmark = pytest.mark.django_db
MOST = 8
# One for each kind of part that they show or take along.
MORE = {
    "assessments_changes": 37,
    "assessments_changes_export": 36,
    "assessments_requirement_change": 13,
    "assessments_requirement_changelist": 10,
    "assessments_requirement_delete": 13,
    "assessments_requirement_export_csv": 12,
    "assessments_requirement_export_xlsx": 12,
    "assessments_resource_change": 10,
    "assessments_resourcelink_export_csv": 9,
    "assessments_resourcelink_export_xlsx": 9,
    "assessments_role_change": 13,
    "assessments_roleversion_changelist": 10,
    "assessments_scale_change": 9,
    "assessments_skill_change": 12,
    "assessments_skill_changelist": 9,
    "assessments_skill_export_csv": 10,
    "assessments_skill_export_xlsx": 10,
}


def test_no_page_asks_the_same_for_each_part_again(caplog):
    caplog.set_level("CRITICAL")  # to write down each refusal takes longer than the refusing
    world = make_world()
    client = world.client("editor")
    ContentType.objects.get_for_models(*apps.get_models())  # once for each process
    found = {}
    for name, pattern in addresses():
        address = filled(pattern, world.arguments(name))
        publication._definitions.clear()
        with zeal_ignore(), CaptureQueriesContext(connection) as asked:
            b"".join(client.get(address))
        found[name] = len(asked)
    assert {name: number for name, number in found.items() if number > MOST} == MORE
