import pytest
from django.contrib.messages import get_messages

from assessments.actions.publication import publish
from assessments.models import Fact, FieldOfStudy, Passage, Qualification, Role
from tests.assessments.admin.posting import errors_on, post, posted
from tests.factories import (
    FactFactory,
    FieldOfStudyFactory,
    GroupFactory,
    PassageFactory,
    QualificationFactory,
    RequirementFactory,
    RoleFactory,
    role_with,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/assessments/role/add/"


def page_of(role):
    return f"/admin/assessments/role/{role.pk}/change/"


def test_a_role_is_added_with_a_group(editor_client):
    response = post(
        editor_client,
        ADD,
        title="Data Engineer",
        summary="Moves data.",
        **{"groups-0-title": "Core"},
    )
    assert errors_on(response) == []
    role = Role.objects.get(slug="data-engineer")
    assert [(group.slug, group.position) for group in role.groups.all()] == [("core", 1)]


def test_a_role_cannot_take_the_address_of_a_page(editor_client):
    response = post(editor_client, ADD, title="Nearest", slug="nearest", summary="Here.")
    assert "A page of the site has this name. Choose another." in errors_on(response)
    assert not Role.objects.exists()


def test_new_rows_go_to_the_end(editor_client):
    role = RoleFactory()
    PassageFactory(role=role, position=5)
    new = {"passages-1-kind": "task", "passages-1-text": "Plan the work."}
    assert errors_on(post(editor_client, page_of(role), **new)) == []
    assert [passage.position for passage in Passage.objects.filter(role=role)] == [5, 6]


def test_degrees_are_ticked_by_name(editor_client):
    role, field = RoleFactory(), FieldOfStudyFactory(name="Mathematics")
    new = {
        "qualifications-0-title": "A degree",
        "qualifications-0-degrees": ["master", "doctorate"],
        "qualifications-0-fields": [field.pk],
    }
    page = editor_client.get(page_of(role)).content.decode()
    assert "Ph.D. or other doctorate" in page
    assert errors_on(post(editor_client, page_of(role), **new)) == []
    assert Qualification.objects.get().degrees == ["master", "doctorate"]


def test_one_degree_at_least(editor_client):
    role = RoleFactory()
    qualification = QualificationFactory(role=role)
    qualification.fields.add(FieldOfStudyFactory())
    response = post(editor_client, page_of(role), **{"qualifications-0-degrees": None})
    assert errors_on(response) == ["Tick at least one degree."]


def test_an_invented_degree_is_refused(editor_client):
    role = RoleFactory()
    QualificationFactory(role=role).fields.add(FieldOfStudyFactory())
    post(editor_client, page_of(role), **{"qualifications-0-degrees": ["knighthood"]})
    assert Qualification.objects.get().degrees == ["master"]


@pytest.mark.parametrize(
    "address", ["http://x.example.org/", "javascript:alert(1)", "ftp://x.example.org/", "https://"]
)
def test_sources_are_https_only(editor_client, address):
    role = RoleFactory()
    FactFactory(role=role)
    response = post(editor_client, page_of(role), **{"facts-0-source_url": address})
    assert errors_on(response) == [
        "The address must start with https:// – copy it from the address bar of your browser."
    ]
    assert Fact.objects.get().source_url == ""


def test_a_range_goes_up(editor_client):
    role = RoleFactory()
    FactFactory(role=role, value="10")
    response = post(editor_client, page_of(role), **{"facts-0-value_to": "5"})
    assert errors_on(response) == ["The upper end must be above the figure."]


def test_a_group_with_requirements_is_not_deleted(editor_client):
    group = RequirementFactory().group
    response = post(editor_client, page_of(group.role), **{"groups-0-DELETE": "on"})
    assert response.status_code == 200
    assert group.role.groups.exists()


def test_short_names_of_published_parts_are_fixed(editor_client, editor):
    role = role_with()
    publish(role=role, by=editor, note="First")
    fresh = GroupFactory(role=role, slug="fresh")
    values = posted(editor_client, page_of(role)).values
    assert "slug" not in values
    assert "groups-0-slug" not in values
    post(editor_client, page_of(role), slug="x", **{"groups-0-slug": "y", "groups-1-slug": "new"})
    fresh.refresh_from_db()
    assert fresh.slug == "new"
    assert not role.groups.filter(slug="y").exists()
    assert not Role.objects.filter(slug="x").exists()


def test_the_page_leads_to_requirements_and_publishing(editor_client):
    role = role_with(requirements=2)
    page = editor_client.get(page_of(role)).content.decode()
    assert f"/admin/assessments/requirement/?role__id__exact={role.pk}" in page
    assert "2 requirements" in page
    assert f"/admin/assessments/role/{role.pk}/publish/" in page


def test_a_published_role_stays(editor_client, editor):
    role = role_with()
    publish(role=role, by=editor, note="First")
    address = f"/admin/assessments/role/{role.pk}/delete/"
    response = editor_client.post(address, {"post": "yes"})
    (message,) = get_messages(response.wsgi_request)
    assert "cannot be deleted: it is published" in str(message)
    assert Role.objects.filter(pk=role.pk).exists()


def test_a_draft_can_be_deleted_with_all_its_parts(editor_client):
    address = f"/admin/assessments/role/{role_with(requirements=2).pk}/delete/"
    assert "Requirements: 2" in editor_client.get(address).content.decode()
    editor_client.post(address, {"post": "yes"})
    assert not Role.objects.exists()


def test_a_field_of_study_in_use_stays(editor_client):
    field = FieldOfStudyFactory()
    QualificationFactory().fields.add(field)
    address = f"/admin/assessments/fieldofstudy/{field.pk}/delete/"
    response = editor_client.post(address, {"post": "yes"})
    assert "Untick it there first." in str(*get_messages(response.wsgi_request))
    assert FieldOfStudy.objects.exists()


def test_the_order_is_edited_in_the_list(editor_client):
    one, two = RoleFactory(position=1), RoleFactory(position=2)
    numbers = {"form-0-position": 5, "form-1-position": 4, "_save": "Save"}
    post(editor_client, "/admin/assessments/role/", **numbers)
    assert list(Role.objects.all()) == [two, one]


def test_forged_rows_of_another_role_are_refused(editor_client):
    role, other = RoleFactory(), RoleFactory()
    mine, theirs = FactFactory(role=role), FactFactory(role=other, label="Theirs")
    forged = {"facts-0-id": theirs.pk, "facts-0-role": other.pk, "facts-0-label": "Forged"}
    post(editor_client, page_of(role), **forged)
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.label, theirs.role, mine.role) == ("Theirs", other, role)


def test_nothing_can_be_deleted_in_bulk(editor_client):
    role = RoleFactory()
    editor_client.post(
        "/admin/assessments/role/",
        {"action": "delete_selected", "_selected_action": [role.pk], "post": "yes"},
    )
    assert Role.objects.exists()
