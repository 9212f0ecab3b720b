"""After a save an editor learns whether members see it already: drafts wait for a version."""

import pytest
from django.contrib.messages import get_messages

from assessments.models import Resource, Role, Skill
from tests.assessments.admin.importing import chosen, confirm, csv_of
from tests.assessments.admin.posting import post
from tests.factories import FieldOfStudyFactory, role_with

pytestmark = pytest.mark.django_db
WAITS = "othing that members see has changed yet"
ROLES = ' <a href="/admin/assessments/role/">To the roles</a>'
LIST = "/admin/assessments/{}/"


@pytest.fixture
def role():
    FieldOfStudyFactory()
    return role_with(requirements=1)


def said(response):
    """The only thing that is said."""
    (message,) = get_messages(response.wsgi_request)
    return str(message)


def page_of(row):
    return f"{LIST.format(row._meta.model_name)}{row.pk}/change/"


@pytest.mark.parametrize(
    "find",
    [
        lambda role: role,
        lambda role: role.requirements.get(),
        lambda role: Skill.objects.get(),
        lambda role: Skill.objects.get().scale,
    ],
)
def test_a_saved_draft_says_that_members_do_not_see_it(editor_client, role, find):
    message = said(post(editor_client, page_of(find(role))))
    assert "changed successfully" in message
    assert WAITS in message
    assert message.endswith(ROLES)


def test_a_name_stays_text_beside_the_link(editor_client, role):
    message = said(post(editor_client, page_of(Skill.objects.get()), name="A <b>"))
    assert "A &lt;b&gt;" in message
    assert "<b>" not in message


def test_a_new_row_says_it_too(editor_client):
    assert WAITS in said(post(editor_client, f"{LIST.format('fieldofstudy')}add/", name="Physics"))


def test_a_list_says_it_too(editor_client, role):
    response = post(editor_client, LIST.format("requirement"), _save="Save", **{"form-0-level": 2})
    assert "1 requirement was changed" in said(response)
    assert WAITS in said(response)


def test_a_deleted_requirement_says_it_too(editor_client, role):
    address = f"{LIST.format('requirement')}{role.requirements.get().pk}/delete/"
    assert WAITS in said(post(editor_client, address))


@pytest.mark.parametrize(("name", "waits"), [("skill", True), ("resource", False)])
def test_an_import_says_it_of_drafts_alone(editor_client, role, name, waits):
    cells = {"slug": "new", "name": "New", "category": "Tools", "scale": "curated"}
    cells |= {"provider": "A school", "kind": "course", "cost": "free", "purpose": "To learn."}
    cells |= {"url": "https://example.org/", "language": "en"}
    page = chosen(editor_client, name, "table.csv", csv_of(name, cells))
    message = said(confirm(editor_client, name, page))
    assert message.startswith("Imported: 1 new")
    assert (WAITS in message) is waits


@pytest.mark.parametrize(("model", "waits"), [(Role, True), (Resource, False)])
def test_what_is_put_back_says_it_of_drafts_alone(editor_client, role, model, waits):
    row = model.objects.get()
    row.position += 1
    row.save()
    past = model.history.order_by("-history_id").first()
    kind = model._meta.model_name
    message = said(post(editor_client, f"{LIST.format('changes')}{kind}/{past.pk}/put-back/"))
    assert message.startswith("Put back:")
    assert (WAITS in message) is waits


def test_a_resource_is_shown_at_once(editor_client, role):
    message = said(post(editor_client, page_of(Resource.objects.get()), name="Elsewhere"))
    assert "Elsewhere" in message
    assert WAITS not in message


def test_the_order_of_roles_is_no_draft(editor_client, role):
    assert "Except for the order of the roles" in said(post(editor_client, page_of(role)))
