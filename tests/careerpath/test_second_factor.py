import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.utils import timezone

from careerpath import recovery
from tests.careerpath.test_account_mail import NEW_PASSWORD, link_in
from tests.careerpath.test_accounts import sign_in
from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def _one_moment(time_machine):
    """A code is good for half a minute, in which a busy machine may not get to it."""
    time_machine.move_to(timezone.now(), tick=False)


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


def test_a_link_by_mail_still_asks_for_it(member, secret):
    client = Client()
    client.post("/accounts/password/reset/", {"email": member.email})
    form = client.get(link_in(mail.outbox[-1])).url
    answer = client.post(form, {"password1": NEW_PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    assert get_user(client).is_anonymous
    client.post(answer.url, {"code": code_of(secret)})
    assert get_user(client) == member


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


def test_recovery_codes_are_shown_once(client, recovery_codes):
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "10 codes are left. They were shown once" in page
    assert not set(recovery_codes) & set(re.findall(r"\d{8}", page))
    assert client.get("/accounts/2fa/recovery-codes/download/").status_code == 403


def test_before_that_they_can_be_had_as_a_file(client, member, secret):
    answer = client.get("/accounts/2fa/recovery-codes/download/")
    codes = answer.content.decode().split()
    assert "attachment" in answer["Content-Disposition"]
    half_signed_in().post("/accounts/2fa/authenticate/", {"code": codes[3]})
    page = client.get("/accounts/2fa/").content.decode()
    assert "9 codes are left" in page
    assert "Look at your codes" not in page


def test_the_database_holds_hashes_of_them_alone(recovery_codes):
    data = Authenticator.objects.get(type="recovery_codes").data
    assert set(data) == {"salt", "hashes", "viewed_at"}
    assert not [code for code in recovery_codes if code in json.dumps(data)]
    assert len(set(data["hashes"])) == 10
    assert data["hashes"][0] in {recovery.hashed(code, data["salt"]) for code in recovery_codes}
    assert recovery.hashed(recovery_codes[0], "00" * 16) not in data["hashes"]


def test_before_they_are_shown_none_lets_anybody_in(secret):
    assert Authenticator.objects.get(type="recovery_codes").data == {"hashes": []}
    client = half_signed_in()
    client.post("/accounts/2fa/authenticate/", {"code": recovery.HIDDEN})
    assert get_user(client).is_anonymous


def test_what_an_older_version_kept_goes_on_to_work_and_is_hashed(member, secret):
    rows = Authenticator.objects.filter(type="recovery_codes")
    rows.update(data={"seed": "0" * 80, "used_mask": 1, "viewed_at": 1})
    first, second, *_others = recovery.RecoveryCodes(rows.get()).generate_codes()
    used, fresh = half_signed_in(), half_signed_in()
    used.post("/accounts/2fa/authenticate/", {"code": first})
    fresh.post("/accounts/2fa/authenticate/", {"code": second})
    assert get_user(used).is_anonymous
    assert get_user(fresh) == member
    assert set(rows.get().data) == {"salt", "hashes", "viewed_at"}
    assert len(rows.get().data["hashes"]) == 8


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
