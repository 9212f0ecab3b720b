"""Each event that matters for security is a line, and the line names nobody."""

import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from assessments.models import Guest, ShareLink, User
from assessments.models.assessment import new_key
from careerpath.logs import JsonFormatter
from tests.careerpath.test_accounts import sign_in
from tests.careerpath.test_second_factor import code_of, confirm_it_is_me, secret  # noqa: F401
from tests.conftest import PASSWORD
from tests.definitions import definition, requirement
from tests.guests import browser, guest
from tests.published import submitted

PERSONAL = ("member", "stranger", "example.org", PASSWORD, "127.0.0.1", "password=")


class Lines(logging.Handler):
    """As they are written, while the request is still there."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(json.loads(JsonFormatter().format(record)))

    @property
    def events(self):
        return [line["message"] for line in self.lines]


@pytest.fixture
def log():
    handler, logger = Lines(), logging.getLogger("security")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    text = json.dumps([one | {"route": ""} for one in handler.lines]).lower()
    assert [word for word in PERSONAL if word in text] == []


def confirmed(client):
    confirm_it_is_me(client, "/account/")


def test_signing_in_and_out(client, member, log):
    sign_in(client)
    client.post("/accounts/logout/")
    assert log.events == ["signed in", "signed out"]
    assert len({line["person"] for line in log.lines}) == 1
    assert log.lines[0]["route"] == "account_login"


def test_a_wrong_password(client, member, log):
    sign_in(client, password="not the right one")
    assert log.events == ["sign-in failed"]


def test_a_limit_on_guesses(client, member, log):
    for number in range(12):
        sign_in(client, password=f"wrong {number}")
    assert "limit hit" in log.events


def test_signing_up(client, db, log):
    client.post(
        "/accounts/signup/",
        {"email": "new-member@example.org", "password1": "an uncommon long one 42"},
    )
    assert "signed up" in log.events


def test_a_changed_password(client, member, log):
    sign_in(client)
    new = "another uncommon long one 42"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", fields)
    assert "password changed" in log.events


def test_a_reset_that_is_asked_for(client, member, log):
    client.post("/accounts/password/reset/", {"email": member.email})
    assert log.events == ["password reset asked for"]


def test_a_second_step_added_failed_and_removed(client, secret, log):  # noqa: F811
    other = Client()
    sign_in(other)
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    confirmed(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert "second step failed" in log.events
    assert "second step removed" in log.events


def test_a_second_step_added(client, member, log, request):
    request.getfixturevalue("secret")
    assert "second step added" in log.events


def test_a_page_that_is_not_allowed(member_client, support_client, log):
    support_client.get("/admin/assessments/role/add/")
    assert log.events == ["denied"]


def test_a_thing_of_somebody_else(member_client, log):
    member_client.get(f"/reports/{new_key()}/")
    assert log.events == ["not theirs, or not there"]
    assert "person" in log.lines[0]


def test_a_forged_form(member, log):
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    assert log.events == ["denied"]


def test_an_export(member_client, log):
    member_client.get("/account/export/").close()
    assert log.events == ["data exported"]


@pytest.mark.usefixtures("erasures")
def test_a_deletion(client, member, log):
    sign_in(client)
    confirm_it_is_me(client, "/account/delete/")
    client.post("/account/delete/", {"sure": "on"})
    assert not User.objects.exists()
    assert "account deleted" in log.events


def test_a_guest_who_is_forgotten(db, log):
    guest()
    browser().post("/assessments/forget/", {"sure": "on"})
    assert not Guest.objects.exists()
    assert log.events == ["guest forgotten"]


def test_links_made_and_revoked(member, member_client, log):
    report = submitted(member, definition(requirement("python")), python=2)
    address = f"/reports/{report.key}/share/"
    member_client.post(address, {"make": "", "scope": "statement", "days": "7"})
    member_client.post(address, {"revoke": ShareLink.objects.get().pk})
    assert log.events == ["link made", "link revoked"]


def test_a_closed_account(admin_client, member, log):
    address = f"/admin/assessments/user/{member.pk}/change/"
    admin_client.post(address, {"is_superuser": ""})
    member.refresh_from_db()
    assert not member.is_active
    assert log.events == ["account closed", "edited"]
