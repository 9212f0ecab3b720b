"""What a deletion does is said in numbers before; what is in print cannot go."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import assessment as assessments
from assessments.actions.publication import publish
from assessments.models import Resource, Skill, User
from tests.assessments.admin.posting import post
from tests.factories import ResourceLinkFactory, SkillFactory, UserFactory, role_with
from tests.published import submit_by_hand

pytestmark = pytest.mark.django_db


def address_of(row):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/delete/"


def page_of(client, row):
    return " ".join(client.get(address_of(row)).content.decode().split())


def finished(version, count):
    for _number in range(count):
        assessment = assessments.start(by=UserFactory(), version=version)
        submit_by_hand(assessment)


def test_a_requirement_tells_what_it_removes_and_who_keeps_it(editor_client, editor):
    role = role_with(requirements=1)
    finished(publish(role=role, by=editor, note="First"), 6)
    page = page_of(editor_client, role.requirements.get())
    assert f"It removes 1 skill from the role “{role.title}”." in page
    assert "6 finished reports keep it." in page
    assert "For 30 days it can be put back" in page


@pytest.mark.parametrize("count", [0, 1, 4])
def test_few_reports_are_not_counted(editor_client, editor, count):
    role = role_with(requirements=1)
    finished(publish(role=role, by=editor, note="First"), count)
    page = page_of(editor_client, role.requirements.get())
    assert "Fewer than 5 finished reports name it, and they keep it." in page


def test_what_was_never_published_is_in_no_report(editor_client):
    skill = SkillFactory()
    ResourceLinkFactory(skill=skill)
    page = page_of(editor_client, skill)
    assert "It removes 1 skill from 0 roles." in page
    assert "It removes 1 link to learn from." in page
    assert "No published version names it, so no report does." in page


def test_the_same_queries_however_many_reports(editor_client, editor):
    role = role_with(requirements=1)
    version = publish(role=role, by=editor, note="First")
    requirement = role.requirements.get()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(editor_client, requirement)
        return len(captured)

    few = queries()
    finished(version, 6)
    assert queries() == few


def test_a_skill_in_print_stays_when_nothing_asks_for_it(editor_client, editor):
    role = role_with(requirements=1)
    publish(role=role, by=editor, note="First")
    role.requirements.get().delete()
    skill = Skill.objects.get()
    response = editor_client.post(address_of(skill), {"post": "yes"})
    (message,) = get_messages(response.wsgi_request)
    assert f"version 1 of “{role}” is published with it" in str(message)
    assert Skill.objects.exists()


def test_a_resource_in_print_stays(editor_client, editor):
    role = role_with(requirements=1)
    publish(role=role, by=editor, note="First")
    editor_client.post(address_of(Resource.objects.get()), {"post": "yes"})
    assert Resource.objects.exists()


def test_an_unpublished_resource_goes_with_its_links(editor_client):
    resource = ResourceLinkFactory().resource
    assert "It removes 1 link to learn from." in page_of(editor_client, resource)
    post(editor_client, address_of(resource))
    assert not Resource.objects.exists()


def test_a_closed_account_leaves_its_changes_without_a_name(editor_client, editor):
    skill = SkillFactory()
    post(editor_client, f"/admin/assessments/skill/{skill.pk}/change/", name="Mine")
    User.objects.filter(pk=editor.pk).delete()
    assert Skill.history.first().history_user is None
