import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission

from assessments.models import User
from tests.assessments.admin.posting import errors_on, post
from tests.conftest import PASSWORD, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss_client():
    return signed_in(User.objects.create_superuser("boss@example.org", PASSWORD))


def page_of(user):
    return f"/admin/assessments/user/{user.pk}/change/"


def test_a_superuser_adds_an_account_that_can_sign_in(boss_client):
    typed = {"email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert errors_on(post(boss_client, "/admin/assessments/user/add/", **typed)) == []
    assert EmailAddress.objects.get(email="new@example.org").verified
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)


def test_an_address_is_not_changed_here(boss_client, member):
    post(boss_client, page_of(member), email="other@example.org", is_active="on")
    member.refresh_from_db()
    assert member.email == "member@example.org"


def test_an_account_is_closed_by_a_tick(boss_client, member):
    post(boss_client, page_of(member), is_active=None)
    member.refresh_from_db()
    assert not member.is_active


def test_accounts_are_not_deleted_here(boss_client, member):
    """That page would list the person's answers."""
    assert boss_client.get(f"/admin/assessments/user/{member.pk}/delete/").status_code == 403


def test_an_editor_with_every_permission_still_changes_no_account(editor_client, editor, member):
    editor.user_permissions.set(Permission.objects.all())
    assert editor_client.get("/admin/assessments/user/add/").status_code == 403
    assert editor_client.post(page_of(member), {"is_active": ""}).status_code == 403
    member.refresh_from_db()
    assert member.is_active


def test_support_sees_accounts_and_nothing_to_press(support_client, member):
    assert member.email in support_client.get("/admin/assessments/user/").content.decode()
    page = support_client.get(page_of(member)).content.decode()
    assert member.email in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("word", ["password", "Groups", "uperuser", "permission", "/delete/"])
def test_support_sees_no_more_than_it_needs(support_client, member, word):
    page = support_client.get(page_of(member))
    main = page.content.decode().partition('id="content-main"')[2]
    assert word not in main


@pytest.mark.parametrize(
    "lookup",
    [
        "password__startswith=a",
        "is_superuser__exact=1",
        "groups__id__exact=1",
        "email__startswith=m",
        "assessments=1",
        "assessments__isnull=0",
        "assessments__answers__example__contains=a",
        "assessments__answers__level__gte=3",
        "emailaddress__verified=1",
    ],
)
def test_support_cannot_ask_by_what_the_page_does_not_offer(support_client, member, lookup):
    assert support_client.get(f"/admin/assessments/user/?{lookup}").status_code == 400


def test_support_finds_accounts_by_address_and_state(support_client, member):
    found = support_client.get("/admin/assessments/user/?is_active__exact=1&q=member@")
    assert [user.email for user in found.context["cl"].result_list] == [member.email]
