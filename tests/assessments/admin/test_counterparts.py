"""What skills and roles answer to in the public statistics."""

import pytest

from assessments.exporters.definition import draft_definition
from assessments.models import Role, Skill
from tests.assessments.admin.posting import errors_on, post
from tests.factories import RoleFactory, SkillFactory, role_with

pytestmark = pytest.mark.django_db


def page_of(row):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/change/"


def test_an_editor_says_where_a_role_is_counted(editor_client):
    role = RoleFactory()
    typed = {"counterparts-TOTAL_FORMS": 1, "counterparts-0-code": "15-2031.00"}
    assert errors_on(post(editor_client, page_of(role), **typed)) == []
    assert draft_definition(role).occupations == ("15-2031.00",)


def test_a_code_of_another_kind_is_refused(editor_client):
    role = RoleFactory()
    typed = {"counterparts-TOTAL_FORMS": 1, "counterparts-0-code": "15-2031"}
    assert "Write it like 15-2031.00" in errors_on(post(editor_client, page_of(role), **typed))


def test_an_editor_says_what_a_skill_answers_to(editor_client):
    skill = SkillFactory()
    typed = {
        "correspondences-TOTAL_FORMS": 1,
        "correspondences-0-kind": "element",
        "correspondences-0-code": "2.B.3.e",
    }
    assert errors_on(post(editor_client, page_of(skill), **typed)) == []
    there = skill.correspondences.get()
    assert (there.code, there.loose) == ("2.B.3.e", True)


def test_an_element_is_named_by_its_id(editor_client):
    typed = {
        "correspondences-TOTAL_FORMS": 1,
        "correspondences-0-kind": "element",
        "correspondences-0-code": "Programming",
    }
    said = errors_on(post(editor_client, page_of(SkillFactory()), **typed))
    assert "Write the id of an element, like 2.B.3.e" in said


def test_an_imported_skill_is_read_but_not_written(editor_client):
    skill = SkillFactory(name="Programming", element="2.B.3.e")
    page = editor_client.get(page_of(skill)).content.decode()
    assert "2.B.3.e" in page
    assert "I plan and deliver ordinary work by myself" in page
    assert editor_client.post(page_of(skill), {"name": "Mine"}).status_code == 403
    address = f"/admin/assessments/skill/{skill.pk}/delete/"
    assert editor_client.post(address, {"post": "yes"}).status_code == 403
    assert Skill.objects.get().name == "Programming"


def test_imported_roles_are_not_among_those_to_edit(editor_client):
    kept = role_with(requirements=1, title="Kept")
    imported = RoleFactory(title="Imported", origin=Role.Origin.ONET)
    listed = editor_client.get("/admin/assessments/role/").content.decode()
    assert kept.title in listed
    assert imported.title not in listed
    assert editor_client.get(page_of(imported)).status_code == 302
    address = f"/admin/assessments/role/{imported.pk}/publish/"
    led_to = editor_client.get(address, follow=True).redirect_chain
    assert led_to == [("/admin/assessments/occupation/", 302)]
    chosen = editor_client.get("/admin/assessments/requirement/add/").content.decode()
    assert imported.title not in chosen
