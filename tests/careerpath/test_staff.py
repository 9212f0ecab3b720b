import pytest
from allauth.mfa.models import Authenticator


@pytest.fixture(autouse=True)
def second_factor_for_staff(settings):
    settings.STAFF_SECOND_FACTOR = True


def test_staff_without_a_second_factor_set_one_up_first(editor_client):
    answer = editor_client.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/accounts/2fa/", 302)]
    assert "To edit roles you need a second step when you sign in" in answer.content.decode()


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_staff_with_one_open_the_admin(editor, editor_client, kind):
    Authenticator.objects.create(user=editor, type=kind, data={})
    assert editor_client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(editor, editor_client):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert editor_client.get("/admin/").status_code == 302


def test_no_admin_page_answers_before_and_none_takes_a_change(editor_client):
    for path in ("/admin/", "/admin/assessments/", "/admin/jsi18n/", "/admin/nothing/"):
        for method in (editor_client.get, editor_client.post):
            assert method(path).url == "/accounts/2fa/"


def test_a_member_needs_none(member_client):
    assert member_client.get("/accounts/").status_code == 200
    assert member_client.get("/admin/", follow=True).status_code == 403


def test_where_it_is_off_a_password_is_enough(editor_client, settings):
    settings.STAFF_SECOND_FACTOR = False
    assert editor_client.get("/admin/").status_code == 200


def test_the_admin_has_no_sign_in_of_its_own(client, db):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")
