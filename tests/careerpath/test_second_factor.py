import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user
from django.test import Client

from tests.careerpath.test_accounts import sign_in
from tests.conftest import PASSWORD


def code_of(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def confirm_it_is_me(client, path):
    client.post(f"/accounts/reauthenticate/?next={path}", {"password": PASSWORD})


@pytest.fixture
def secret(client, member):
    """The key of the member's authenticator app, set up as a member does it."""
    sign_in(client)
    confirm_it_is_me(client, "/accounts/2fa/totp/activate/")
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    return secret


@pytest.fixture
def recovery_codes(client, secret):
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)


def half_signed_in():
    client = Client()
    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    return client


def test_signs_in_with_a_code_of_the_app(member, secret):
    client = half_signed_in()
    assert get_user(client).is_anonymous
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret, steps=0)})
    assert get_user(client) == member


def test_a_wrong_code_does_not_open(secret):
    client = half_signed_in()
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert page.count("This code does not fit") == 2
    assert get_user(client).is_anonymous


def test_a_recovery_code_opens_once(member, recovery_codes):
    assert len(recovery_codes) == 10
    first, second = half_signed_in(), half_signed_in()
    first.post("/accounts/2fa/authenticate/", {"code": recovery_codes[0]})
    second.post("/accounts/2fa/authenticate/", {"code": recovery_codes[0]})
    assert get_user(first) == member
    assert get_user(second).is_anonymous


def test_recovery_codes_are_shown_only_to_who_confirms_it_is_them(client, member, secret):
    other = half_signed_in()
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    page = other.get("/accounts/2fa/recovery-codes/", follow=True).content.decode()
    assert not re.findall(r"<code>\d{8}</code>", page)


def test_new_recovery_codes_replace_the_old(client, recovery_codes):
    client.post("/accounts/2fa/recovery-codes/generate/")
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert not set(recovery_codes) & set(re.findall(r"\d{8}", page))


def test_recovery_codes_come_as_a_file(client, recovery_codes):
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    assert answer.content.decode().split() == recovery_codes
    assert "attachment" in answer["Content-Disposition"]


def test_stops_using_the_app(client, member, secret):
    assert client.post("/accounts/2fa/totp/deactivate/").url == "/accounts/2fa/"
    assert not Authenticator.objects.exists()
    assert sign_in(Client()).url == "/assessments/"


def test_passkey_options_are_given_to_the_browser(client, member):
    options = client.get("/accounts/2fa/webauthn/login/", HTTP_ACCEPT="application/json").json()
    assert options["request_options"]["publicKey"]["rpId"] == "testserver"


def test_a_passkey_page_names_the_site(client, member):
    sign_in(client)
    confirm_it_is_me(client, "/accounts/2fa/webauthn/add/")
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()
    assert '"name": "CareerPath"' in page
    assert 'value="Passkey 1"' in page


def test_only_who_has_a_passkey_is_offered_it(member, secret):
    assert (
        "Use a passkey" not in half_signed_in().get("/accounts/2fa/authenticate/").content.decode()
    )
