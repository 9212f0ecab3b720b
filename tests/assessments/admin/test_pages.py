"""Every page of the editing area, whoever asks for it."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import models
from assessments.actions.publication import publish
from tests.factories import (
    FactFactory,
    FieldOfStudyFactory,
    NewsletterIssueFactory,
    PassageFactory,
    QualificationFactory,
    ScaleFactory,
    role_with,
)

pytestmark = pytest.mark.django_db
EDITED = {
    models.FieldOfStudy,
    models.NewsletterIssue,
    models.Requirement,
    models.Resource,
    models.Role,
    models.RoleVersion,
    models.Scale,
    models.Skill,
}
LOOKED_AT = {models.ResourceLink, models.Occupation, models.Outlook, models.Release, models.Wage}
PRIVATE = {models.Answer, models.Assessment, models.QualificationAnswer}
PRIVATE |= {models.Subscriber, models.Delivery, models.OutgoingMail, models.Reminders}


@pytest.fixture
def role(editor):
    return filled_role(editor)


def filled_role(editor, requirements=2):
    role = role_with(requirements=requirements)
    for _number in range(requirements):
        FactFactory(role=role)
        PassageFactory(role=role)
        QualificationFactory(role=role).fields.add(FieldOfStudyFactory())
    NewsletterIssueFactory()
    publish(role=role, by=editor, note="First")
    return role


def address(model, page, *args):
    return reverse(f"admin:assessments_{model._meta.model_name}_{page}", args=args)


def pages_of(model):
    """List, new, and the page of the first row."""
    found = [address(model, "changelist"), address(model, "change", model.objects.first().pk)]
    if model is not models.RoleVersion:
        found.append(address(model, "add"))
    return found


def test_the_editing_area_opens(editor_client):
    response = editor_client.get("/admin/")
    assert "CareerPath – editing" in response.content.decode()


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_every_page_opens_for_an_editor(editor_client, role, model):
    assert {editor_client.get(page).status_code for page in pages_of(model)} == {200}


def test_something_new_begins_at_its_first_field_unless_it_was_refused(editor_client, role):
    new = address(models.Skill, "add")
    first = re.search(rb"<[^>]+ autofocus", editor_client.get(new).content)[0]
    assert b'name="name"' in first
    assert b"autofocus" not in editor_client.post(new, {}).content
    there = models.Skill.objects.first()
    assert b"autofocus" not in editor_client.get(address(models.Skill, "change", there.pk)).content


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_search_works(editor_client, role, model):
    response = editor_client.get(address(model, "changelist"), {"q": "a"})
    assert response.status_code == 200


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_members_and_visitors_stay_out(client, member_client, role, model):
    for page in pages_of(model):
        assert client.get(page).status_code == 302
        assert member_client.get(page).status_code in (302, 403)


def test_editors_see_their_models_and_no_others(editor_client):
    seen = editor_client.get("/admin/").context["available_apps"]
    assert {model["model"] for app in seen for model in app["models"]} == EDITED | LOOKED_AT


def test_accounts_and_groups_are_closed_to_editors(editor_client):
    for page in ("assessments/user", "auth/group", "account/emailaddress"):
        assert editor_client.get(f"/admin/{page}/").status_code == 403
        assert editor_client.get(f"/admin/{page}/add/").status_code == 403


def test_answers_and_secrets_are_in_no_page():
    registered = {model.__name__ for model in admin.site._registry}
    assert registered.isdisjoint({model.__name__ for model in PRIVATE})
    assert registered.isdisjoint({"Authenticator", "UserSession"})


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_lists_and_pages_take_the_same_queries_however_much_there_is(editor_client, editor, model):
    filled_role(editor, requirements=2)
    few = [queries(editor_client, page) for page in pages_of(model)]
    filled_role(editor, requirements=6)
    filled = address(model, "change", model.objects.last().pk)
    many = [queries(editor_client, page) for page in [*pages_of(model), filled]]
    assert many[:-1] == few
    assert many[-1] <= few[1]


def queries(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_a_forged_address_is_not_there(editor_client):
    ScaleFactory()
    assert editor_client.get("/admin/assessments/assessment/").status_code == 404
    assert editor_client.get("/admin/assessments/answer/1/change/").status_code == 404
