"""However many rows an address is told to expect, a bounded number of them is read."""

import pytest

from assessments.forms import rows
from assessments.models import RequirementGroup, Resource, Skill
from tests.assessments.admin.posting import errors_on, post
from tests.factories import GroupFactory, RoleFactory, role_with

pytestmark = pytest.mark.django_db
REFUSED = "Nothing was saved: this list takes at most {} rows at once."


@pytest.fixture
def few(monkeypatch):
    """Pages of two hundred rows take their time."""
    monkeypatch.setattr(rows, "MOST_ROWS", 4)


def page_of(row):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/change/"


def test_there_is_room_for_all_that_a_role_needs():
    assert rows.MOST_ROWS == 200


@pytest.mark.parametrize(
    ("find", "parts"),
    [
        (lambda role: role, "groups"),
        (lambda role: role, "passages"),
        (lambda role: role, "facts"),
        (lambda role: role, "qualifications"),
        (lambda role: role, "counterparts"),
        (lambda role: role.requirements.get(), "alternatives"),
        (lambda role: Skill.objects.get(), "correspondences"),
        (lambda role: Skill.objects.get().scale, "levels"),
        (lambda role: Resource.objects.get(), "links"),
    ],
)
def test_thousands_of_rows_are_refused(editor_client, few, find, parts):
    row = find(role_with(requirements=1))
    response = post(editor_client, page_of(row), **{f"{parts}-TOTAL_FORMS": "5000"})
    assert response.status_code == 200
    formset = next(
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == parts
    )
    assert len(formset.forms) == max(4, formset.initial_form_count())
    (error,) = formset.non_form_errors()
    assert error == REFUSED.format(len(formset.forms))
    assert error in response.content.decode()


def test_what_was_typed_is_kept(editor_client, few):
    role = RoleFactory()
    typed = {"title": "Typed", "groups-0-title": "A new group", "groups-TOTAL_FORMS": "5000"}
    response = post(editor_client, page_of(role), **typed)
    page = response.content.decode()
    assert 'value="Typed"' in page
    assert 'value="A new group"' in page
    assert not RequirementGroup.objects.exists()


def test_the_lines_of_a_list_are_bounded_too(editor_client, few):
    role_with(requirements=1)
    typed = {"_save": "Save", "form-TOTAL_FORMS": "5000", "form-0-level": "2"}
    response = post(editor_client, "/admin/assessments/requirement/", **typed)
    assert REFUSED.format(4) in errors_on(response)
    assert REFUSED.format(4) in response.content.decode()


def test_a_page_with_more_rows_already_is_saved(editor_client, few):
    role = RoleFactory()
    for _number in range(6):
        GroupFactory(role=role)
    assert errors_on(post(editor_client, page_of(role), title="Long")) == []
    role.refresh_from_db()
    assert role.title == "Long"
