"""How often a page of the editing area asks the database, the session and the account included."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import publication
from tests.assessments.admin.world import addresses, filled, make_world

pytestmark = pytest.mark.django_db
MOST = 8
# One for each kind of part that they show or take along.
MORE = {
    "assessments_changes": 24,
    "assessments_changes_export": 23,
    "assessments_requirement_change": 10,
    "assessments_requirement_changelist": 10,
    "assessments_requirement_delete": 16,
    "assessments_requirement_export_csv": 12,
    "assessments_requirement_export_xlsx": 12,
    "assessments_resource_change": 9,
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

# Django counts the rows of a list with its filters and without, and reads anew what it deletes.
BY_DJANGO = ("_changelist", "_export_csv", "_export_xlsx", "_delete")
AGAIN = {"assessments_put_back"}  # the newest row of a history, before and after


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr("assessments.admin.changes.PAGE", 50)  # every kind of row on one page
    ContentType.objects.get_for_models(*apps.get_models())  # once for each process
    return make_world()


def asked_by(world, who, name, pattern):
    """The status of the page, and the statements it takes."""
    client, address = world.client(who), filled(pattern, world.arguments(name))
    publication._definitions.clear()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        b"".join(response)
    return response.status_code, [one["sql"] for one in asked]


def test_no_page_asks_for_more_or_for_the_same_again(world, caplog):
    caplog.set_level("CRITICAL")  # to write down each refusal takes longer than the refusing
    found = {name: asked_by(world, "editor", name, pattern) for name, pattern in addresses()}
    shown = {name: queries for name, (status, queries) in found.items() if status == 200}
    assert {name: len(queries) for name, queries in shown.items() if len(queries) > MOST} == MORE
    again = {name for name, queries in shown.items() if len(set(queries)) < len(queries)}
    assert {name for name in again if not name.endswith(BY_DJANGO)} == AGAIN


def test_to_review_a_draft_each_kind_of_its_rows_is_read_once(world):
    name = "assessments_role_publish"
    status, queries = asked_by(world, "superuser", name, dict(addresses())[name])
    assert (status, len(queries)) == (200, 22)
