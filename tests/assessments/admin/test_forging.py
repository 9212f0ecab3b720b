"""Posts made by hand, not by a page: nobody changes what they may not."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import Passage, Resource, Role, Skill, User
from tests.assessments.admin.posting import posted
from tests.assessments.admin.world import changed, everything, make_world
from tests.conftest import PASSWORD
from tests.factories import SkillFactory

pytestmark = pytest.mark.django_db
DEFINITIONS = ("fieldofstudy", "requirement", "resource", "role", "scale", "skill")
WITH_LISTS = ("fieldofstudy", "requirement", "resource", "role")
OUTSIDERS = ("anonymous", "member", "publisher", "support")
TEXTS = ("title", "name", "summary", "purpose", "reason", "word", "text", "label", "description")
# Names of columns, of whatever table, sent along with every forged page.
COLUMNS = {
    "id": "999",
    "pk": "999",
    "role": "999",
    "role_id": "999",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "groups": "1",
    "user_permissions": "1",
    "email": "forged@example.org",
    "password": "forged",
    "member": "1",
    "published_by": "1",
    "number": "99",
    "content": "{}",
    "sha256": "0" * 64,
    "submitted_at": "2026-01-01",
    "health": "works",
    "history_user": "1",
    "history_date": "2000-01-01",
}

PEOPLE = {"User", "Group", "User_groups", "User_user_permissions", "EmailAddress", "RoleVersion"}
PEOPLE |= {"Assessment", "Answer", "QualificationAnswer", "Group_permissions", "Permission"}


@pytest.fixture(scope="module")
def built(module_db):
    return make_world()


@pytest.fixture
def world(built):
    return deepcopy(built)


def forged(client, address):
    """All that the page would send, every text in it another, and columns it does not have."""
    values = {name: [*value] for name, value in posted(client, address).values.items()}
    for name, (value, *_more) in values.items():
        if value and name.rpartition("-")[2] in TEXTS:
            values[name] = [f"{value} forged"]
        if value and name.endswith("position"):
            values[name] = ["77"]
    return COLUMNS | values | {"_save": "Save"}


def own_page(world, model):
    name = f"assessments_{model}_change"
    return f"/admin/assessments/{model}/{world.arguments(name)['object_id']}/change/"


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_editors_save_pages_and_lists(world, who):
    editor, forger = world.client("editor"), world.client(who)
    pages = [own_page(world, model) for model in DEFINITIONS]
    pages += [f"/admin/assessments/{model}/add/" for model in DEFINITIONS]
    pages += [f"/admin/assessments/{model}/" for model in WITH_LISTS]
    bodies = {page: forged(editor, page) for page in pages}
    before = everything()
    for page, body in bodies.items():
        response = forger.post(page, body)
        assert response.status_code in (302, 403, 200), page
        assert changed(before) == set(), page


@pytest.mark.parametrize("model", DEFINITIONS)
def test_the_same_posts_by_an_editor_do_save(world, model):
    """Otherwise the test above would prove nothing."""
    editor, page = world.client("editor"), own_page(world, model)
    before = everything()
    editor.post(page, forged(editor, page))
    assert len(changed(before)) >= 2  # the row and its history


@pytest.mark.parametrize("model", DEFINITIONS)
def test_columns_that_a_page_does_not_have_stay(world, model):
    editor, page = world.client("editor"), own_page(world, model)
    before = everything()
    editor.post(page, forged(editor, page))
    assert not changed(before) & PEOPLE


@pytest.mark.parametrize("model", ["role", "skill", "resource", "scale", "fieldofstudy"])
def test_a_published_short_name_stays(world, model):
    editor, page = world.client("editor"), own_page(world, model)
    before = slugs()
    editor.post(page, forged(editor, page) | {"slug": "forged", "scale": "999"})
    assert slugs() == before


def slugs():
    return [[*model.objects.values_list("pk", "slug")] for model in (Role, Skill, Resource)]


@pytest.mark.parametrize("who", [*OUTSIDERS, "editor", "both"])
def test_nobody_but_a_superuser_changes_people(world, who):
    forger, before = world.client(who), everything()
    group = Group.objects.get(name="Publisher")
    for user in (world.member, world.people[who] or world.member):
        page = f"/admin/assessments/user/{user.pk}"
        body = COLUMNS | {"groups": [group.pk], "password1": PASSWORD, "password2": PASSWORD}
        for address in (f"{page}/change/", f"{page}/password/", f"{page}/delete/"):
            assert forger.post(address, body | {"post": "yes"}).status_code in (302, 403)
    for address in ("assessments/user/add/", "auth/group/add/", "account/emailaddress/add/"):
        forger.post(f"/admin/{address}", body | {"name": "Forged", "user": world.member.pk})
    for address in (f"auth/group/{group.pk}/change/", f"auth/group/{group.pk}/delete/"):
        forger.post(f"/admin/{address}", {"name": "Forged", "post": "yes", "permissions": ["1"]})
    assert changed(before) == set()


@pytest.mark.parametrize("who", [*OUTSIDERS, "editor", "both", "superuser"])
def test_no_list_deletes_many_rows_at_once(world, who):
    forger, before = world.client(who), everything()
    chosen = [str(number) for number in range(1, 200)]
    body = {"action": "delete_selected", "_selected_action": chosen, "post": "yes", "index": "0"}
    for model in [*DEFINITIONS, "resourcelink", "roleversion", "user"]:
        forger.post(f"/admin/assessments/{model}/", body | {"select_across": "1"})
    assert changed(before) == set()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_editors_delete(world, who):
    forger, before = world.client(who), everything()
    for model in [*DEFINITIONS, "resourcelink", "roleversion"]:
        page = own_page(world, model).replace("/change/", "/delete/")
        assert forger.post(page, {"post": "yes"}).status_code in (302, 403)
    assert changed(before) == set()


@pytest.mark.parametrize("who", ["anonymous", "member", "editor", "support"])
def test_only_publishers_publish(world, who):
    Role.objects.update(summary="Something else, so that there is something to publish.")
    forger, before = world.client(who), everything()
    page = f"/admin/assessments/role/{world.role.pk}/publish/"
    assert forger.post(page, {"note": "Forged", "latest": "1"}).status_code in (302, 403)
    assert changed(before) == set()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_editors_import(world, who):
    forger, before = world.client(who), everything()
    for model in ("skill", "resource", "resourcelink", "requirement"):
        sheet = world.client("editor").get(f"/admin/assessments/{model}/export.csv")
        content = b"".join(sheet).replace(b"Skill", b"Forged")
        body = {"confirm": "1", "apply": "1", "step": "apply", "token": "forged"}
        for name in ("file", "sheet", "upload"):
            body[name] = SimpleUploadedFile("a.csv", content, "text/csv")
        response = forger.post(f"/admin/assessments/{model}/import/", body)
        assert response.status_code in (302, 403)
    assert changed(before) == set()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_only_editors_put_back(world, who):
    past = Role.history.model.objects.first()
    Role.objects.update(summary="Changed since.")
    forger, before = world.client(who), everything()
    page = f"/admin/assessments/changes/role/{past.pk}/put-back/"
    assert forger.post(page, {"seen": str(past.pk)}).status_code in (302, 403)
    assert changed(before) == set()


def test_rows_of_parts_need_the_permission_for_those_parts(world):
    """Somebody with permission for roles alone sends rows for a table that their page lacks."""
    keeper = User.objects.create_verified_user("keeper@example.org", PASSWORD, is_staff=True)
    keeper.user_permissions.set(
        Permission.objects.filter(codename__in=["view_role", "change_role", "view_passage"])
    )
    world.people["keeper"] = keeper
    page = own_page(world, "role")
    body = forged(world.client("editor"), page)
    rows = {"kind": "overview", "title": "Forged", "text": "Forged", "position": "1"}
    body |= {f"passages-1-{name}": value for name, value in rows.items()}
    body |= {"passages-TOTAL_FORMS": "2", "passages-0-DELETE": "on"}
    before = everything()
    world.client("keeper").post(page, body)
    assert changed(before) <= {"Role", "HistoricalRole", "LogEntry"}
    added = {name: value for name, value in body.items() if name.startswith("passages-1-")}
    added |= {"passages-TOTAL_FORMS": "2"}
    world.client("editor").post(page, forged(world.client("editor"), page) | added)
    assert Passage.objects.filter(title="Forged").exists()


@pytest.mark.parametrize("who", ["anonymous", "member", "editor", "support"])
def test_only_publishers_send_the_newsletter(world, who):
    forger, before = world.client(who), everything()
    page = f"/admin/assessments/newsletterissue/{world.arguments('x')['issue_id']}/preview/"
    assert forger.post(page, {"revision": "0"}).status_code in (302, 403)
    assert changed(before) == set()


@pytest.mark.parametrize("model", ["role", "roleversion", "skill", "requirement"])
@pytest.mark.parametrize(
    "lookup", ["assessments=1", "assessments__isnull=0", "role__assessments__member=1"]
)
def test_no_list_is_narrowed_down_by_what_members_did(world, model, lookup):
    response = world.client("both").get(f"/admin/assessments/{model}/?{lookup}")
    assert response.status_code in (302, 400)


@pytest.mark.parametrize("page", ["change", "delete"])
def test_an_empty_name_of_a_field_is_refused(editor_client, page):
    address = f"/admin/assessments/skill/{SkillFactory().pk}/{page}/"
    assert editor_client.post(address, {"_to_field": ""}).status_code == 400
