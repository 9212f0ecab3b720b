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


def test_the_account_leads_editors_and_nobody_else_to_what_they_edit(editor_client, member_client):
    assert 'href="/admin/"' in editor_client.get("/accounts/").content.decode()
    assert 'href="/admin/"' not in member_client.get("/accounts/").content.decode()


def test_where_it_is_off_a_password_is_enough(editor_client, settings):
    settings.STAFF_SECOND_FACTOR = False
    assert editor_client.get("/admin/").status_code == 200


def test_the_admin_has_no_sign_in_of_its_own(client, db):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


@pytest.fixture
def second_factor_for_all(settings):
    settings.SECOND_FACTOR_FOR_ALL = True


@pytest.mark.usefixtures("second_factor_for_all")
@pytest.mark.parametrize("path", ["/", "/assessments/", "/plan/", "/roles/"])
def test_where_all_need_one_nothing_of_theirs_opens_before(member_client, path):
    for method in (member_client.get, member_client.post):
        assert method(path).url == "/accounts/2fa/"
    page = member_client.get(path, follow=True).content.decode()
    assert "This site asks everybody for a second step" in page


@pytest.mark.usefixtures("second_factor_for_all")
@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_and_afterwards_all_does(member, member_client, kind):
    Authenticator.objects.create(user=member, type=kind, data={})
    assert member_client.get("/assessments/").status_code == 200


@pytest.mark.usefixtures("second_factor_for_all")
def test_setting_one_up_leaving_and_taking_one_s_data_need_none(member_client):
    for path in ("/accounts/2fa/", "/accounts/logout/", "/account/", "/account/export/"):
        answer = member_client.get(path)
        assert answer.status_code == 200
        assert b"".join(answer)
    for path in ("/accounts/2fa/totp/activate/", "/account/delete/"):
        assert member_client.get(path).url.startswith("/accounts/reauthenticate/")


@pytest.mark.usefixtures("second_factor_for_all")
def test_setting_one_up_may_take_longer_than_the_session(member_client):
    answer = member_client.post("/account/stay/", headers={"X-In-Background": "1"})
    assert answer.status_code == 200
    assert answer.json()["left"] > 0


@pytest.mark.usefixtures("second_factor_for_all")
def test_visitors_read_on(client, db):
    assert client.get("/roles/").status_code == 200
