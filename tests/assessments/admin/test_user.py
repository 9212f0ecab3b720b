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


def test_an_editor_with_every_permission_is_still_kept_out(editor_client, editor, member):
    editor.user_permissions.set(Permission.objects.all())
    assert editor_client.get("/admin/assessments/user/").status_code == 403
    assert editor_client.get(page_of(member)).status_code == 403
