"""Signing up, in and out, as people do it; no mail server is set."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client

from assessments.models import User
from tests.conftest import PASSWORD

CHOSEN_ROLE = "/roles/machine-learning-engineer/start/"


def sign_in(client, email="member@example.org", password=PASSWORD, **extra):
    return client.post("/accounts/login/", {"login": email, "password": password} | extra)


def sign_up(client, email="new@example.org", password=PASSWORD, **extra):
    return client.post("/accounts/signup/", {"email": email, "password1": password} | extra)


def test_signs_up_and_in_at_once(client, db):
    assert sign_up(client).url == "/assessments/"
    assert get_user(client).email == "new@example.org"


def test_sign_up_leads_to_the_chosen_role(client, db):
    page = client.get("/accounts/signup/", {"next": CHOSEN_ROLE})
    assert f'name="next" value="{CHOSEN_ROLE}"' in page.content.decode()
    assert sign_up(client, next=CHOSEN_ROLE).url == CHOSEN_ROLE


@pytest.mark.parametrize(("here", "there"), [("signup", "login"), ("login", "signup")])
def test_sign_in_and_sign_up_pass_on_where_one_was_going(client, db, here, there):
    page = client.get(f"/accounts/{here}/", {"next": CHOSEN_ROLE}).content.decode()
    assert f'href="/accounts/{there}/?next={CHOSEN_ROLE.replace("/", "%2F")}"' in page


def test_sign_in_leads_to_the_chosen_role(client, member):
    assert sign_in(client, next=CHOSEN_ROLE).url == CHOSEN_ROLE


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:x"])
def test_never_leads_to_another_site(client, member, elsewhere):
    assert sign_in(client, next=elsewhere).url == "/assessments/"


@pytest.mark.parametrize(
    "email", ["MEMBER@example.org", "Member@Example.ORG", " member@example.org "]
)
def test_signs_in_with_any_letter_case(client, member, email):
    sign_in(client, email=email)
    assert get_user(client) == member


def test_an_address_in_capitals_is_the_same_account(client, member):
    page = sign_up(client, email="MEMBER@EXAMPLE.ORG")
    assert "There is already an account with this address" in page.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "Enter a password of at least 12 characters"),
        ("short", "Use at least 12 characters"),
        ("qwertyuiop123", "many people use this one"),
        ("new@example.org", "less like your e-mail address"),
    ],
)
def test_says_what_a_password_needs(client, db, password, message):
    page = sign_up(client, password=password).content.decode()
    assert page.count(message) == 2, "in the summary and at the field"
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Enter your e-mail address"),
        ("nobody", "Enter an e-mail address like name@example.org"),
        ("a" * 64 + "@" + ".".join(["b" * 60] * 4) + ".org", "Shorten this to 254 characters"),
        ("a\x00b@example.org", "Null characters"),
    ],
)
def test_says_what_an_address_needs(client, db, email, message):
    page = sign_up(client, email=email).content.decode()
    assert page.count(message) == 2
    assert not User.objects.exists()


def test_an_error_names_its_field_for_everybody(client, db):
    page = sign_up(client, email="nobody").content.decode()
    assert "<title>Error: Create an account – CareerPath</title>" in page
    assert '<a href="#id_email">' in page
    assert 'aria-describedby="id_email_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="nobody"' in page


def test_a_password_is_never_sent_back(client, member):
    assert PASSWORD not in sign_up(client, email="nobody").content.decode()
    assert "not my password" not in sign_in(client, password="not my password").content.decode()


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, member):
    wrong = sign_in(client, password="not my password").content.decode()
    unknown = sign_in(client, email="nobody@example.org").content.decode()
    for page in (wrong, unknown):
        assert page.count("The e-mail address or the password is not right") == 1


def test_password_fields_help_password_managers(client, db):
    page = client.get("/accounts/signup/").content.decode()
    assert 'autocomplete="new-password"' in page
    assert "At least 12 characters" in page
    assert page.count('type="password"') == 1
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in client.get("/accounts/login/").content.decode()


def test_signs_out_by_one_press_and_never_by_a_link(member_client):
    assert member_client.get("/accounts/logout/").status_code == 200
    assert get_user(member_client).is_authenticated
    assert member_client.post("/accounts/logout/").url == "/"
    assert get_user(member_client).is_anonymous


def test_lists_devices_and_signs_out_the_others(client, member):
    elsewhere = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0")
    sign_in(elsewhere)
    sign_in(client)
    page = client.get("/accounts/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert page.count("This device") == 1
    client.post("/accounts/sessions/")
    assert get_user(elsewhere).is_anonymous
    assert get_user(client) == member
    assert UserSession.objects.count() == 1


def test_changes_the_password_and_stays_signed_in(client, member):
    sign_in(client)
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another horse, another staple"},
    )
    assert answer.status_code == 302
    assert get_user(client) == member
    member.refresh_from_db()
    assert member.check_password("another horse, another staple")


def test_asks_who_it_is_before_the_address_changes(client, member):
    sign_in(client)
    answer = client.post("/accounts/email/", {"email": "moved@example.org", "action_add": "yes"})
    assert answer.url.startswith("/accounts/reauthenticate/")
    wrong = client.post(answer.url, {"password": "wrong"}).content.decode()
    assert wrong.count("This is not your password") == 2
    client.post(answer.url, {"password": PASSWORD})
    member.refresh_from_db()
    assert member.email == "moved@example.org"


def test_a_changed_address_is_the_one_to_sign_in_with(client, member):
    sign_in(client)
    answer = client.post("/accounts/email/", {"email": "Moved@example.org", "action_add": "yes"})
    client.post(answer.url, {"password": PASSWORD})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["moved@example.org"]
    again = Client()
    sign_in(again, email="moved@example.org")
    assert get_user(again) == member


def test_an_address_of_somebody_else_is_refused(client, member, stranger):
    sign_in(client)
    change = {"email": "STRANGER@example.org", "action_add": "yes"}
    page = client.post("/accounts/email/", change).content.decode()
    assert page.count("There is already an account with this address") == 2
    member.refresh_from_db()
    assert member.email == "member@example.org"


def test_too_many_wrong_passwords_lock_the_door_for_a_while(client, member):
    for _ in range(6):
        page = sign_in(client, password="wrong")
    assert "Too many attempts" in page.content.decode()
    sign_in(client)
    assert get_user(client).is_anonymous


def test_without_an_account_the_pages_of_one_lead_to_signing_in(client, db):
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"
