"""Each event that matters for security is a line, and the line names nobody.

Each has its test, which brings it about as somebody with a browser would: `shows` says which.
"""

import ast
import json
import logging
from itertools import chain

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client

from assessments.models import Guest, RoleVersion, ShareLink, User
from assessments.models.assessment import new_key
from careerpath import events
from careerpath.logs import JsonFormatter
from tests.assessments.admin.posting import post
from tests.careerpath.test_account_mail import (
    NEW_PASSWORD,
    code_in,
    link_in,
    mail_server,  # noqa: F401
)
from tests.careerpath.test_accounts import sign_in, sign_up
from tests.careerpath.test_second_factor import code_of, confirm_it_is_me, secret  # noqa: F401
from tests.conftest import PASSWORD
from tests.definitions import definition, requirement
from tests.factories import role_with
from tests.guests import browser, guest
from tests.published import submitted

PERSONAL = ("member", "stranger", "example.org", PASSWORD, "127.0.0.1", "password=")
WRITERS = ("info", "warning", "error")


def shows(*events):
    def with_them(test):
        test.shows = set(events)
        return test

    return with_them


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
def log(request):
    handler, logger = Lines(), logging.getLogger("security")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)
    text = json.dumps([one | {"route": ""} for one in handler.lines]).lower()
    assert [word for word in PERSONAL if word in text] == []
    assert request.function.shows - set(handler.events) == set()


def confirmed(client):
    confirm_it_is_me(client, "/account/")


@shows("signed in", "signed out")
def test_signing_in_and_out(client, member, log):
    sign_in(client)
    client.post("/accounts/logout/")
    assert log.events == ["signed in", "signed out"]
    assert len({line["person"] for line in log.lines}) == 1
    assert log.lines[0]["route"] == "account_login"


@shows("sign-in failed")
def test_a_wrong_password(client, member, log):
    sign_in(client, password="not the right one")
    assert log.events == ["sign-in failed"]


@shows("limit hit")
def test_a_limit_on_guesses(client, member, log):
    for number in range(12):
        sign_in(client, password=f"wrong {number}")
    assert "limit hit" in log.events


@shows("signed up")
def test_signing_up(client, db, log):
    client.post(
        "/accounts/signup/",
        {"email": "new-member@example.org", "password1": "an uncommon long one 42"},
    )
    assert "signed up" in log.events


@shows("password changed")
def test_a_changed_password(client, member, log):
    sign_in(client)
    new = "another uncommon long one 42"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", fields)
    assert "password changed" in log.events


@shows("password reset asked for")
def test_a_reset_that_is_asked_for(client, member, log):
    client.post("/accounts/password/reset/", {"email": member.email})
    assert log.events == ["password reset asked for"]


@shows("second step failed", "second step removed")
def test_a_second_step_added_failed_and_removed(client, secret, log):  # noqa: F811
    other = Client()
    sign_in(other)
    other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    confirmed(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert "second step failed" in log.events
    assert "second step removed" in log.events


@shows("second step added")
def test_a_second_step_added(client, member, log, request):
    request.getfixturevalue("secret")
    assert "second step added" in log.events


@shows("denied")
def test_a_page_that_is_not_allowed(member_client, support_client, log):
    support_client.get("/admin/assessments/role/add/")
    assert log.events == ["denied"]


@shows("not theirs, or not there")
def test_a_thing_of_somebody_else(member_client, log):
    member_client.get(f"/reports/{new_key()}/")
    assert log.events == ["not theirs, or not there"]
    assert "person" in log.lines[0]


@shows("denied")
def test_a_forged_form(member, log):
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    assert log.events == ["denied"]


@shows("data exported")
def test_an_export(member_client, log):
    member_client.get("/account/export/").close()
    assert log.events == ["data exported"]


@shows("account deleted")
@pytest.mark.usefixtures("erasures")
def test_a_deletion(client, member, log):
    sign_in(client)
    confirm_it_is_me(client, "/account/delete/")
    client.post("/account/delete/", {"sure": "on"})
    assert not User.objects.exists()
    assert "account deleted" in log.events


@shows("guest forgotten")
def test_a_guest_who_is_forgotten(db, log):
    guest()
    browser().post("/assessments/forget/", {"sure": "on"})
    assert not Guest.objects.exists()
    assert log.events == ["guest forgotten"]


@shows("link made", "link revoked")
def test_links_made_and_revoked(member, member_client, log):
    report = submitted(member, definition(requirement("python")), python=2)
    address = f"/reports/{report.key}/share/"
    member_client.post(address, {"make": "", "scope": "statement", "days": "7"})
    member_client.post(address, {"revoke": ShareLink.objects.get().pk})
    assert log.events == ["link made", "link revoked"]


@shows("account closed")
def test_a_closed_account(admin_client, member, log):
    address = f"/admin/assessments/user/{member.pk}/change/"
    admin_client.post(address, {"is_superuser": ""})
    member.refresh_from_db()
    assert not member.is_active
    assert log.events == ["account closed", "edited"]


@shows("account opened again")
def test_an_account_that_is_opened_again(admin_client, member, log):
    User.objects.filter(pk=member.pk).update(is_active=False)
    post(admin_client, f"/admin/assessments/user/{member.pk}/change/", is_active="on")
    member.refresh_from_db()
    assert member.is_active


@shows("password set")
def test_a_password_where_there_was_none(member, member_client, log):
    member.set_unusable_password()
    member.save()
    member_client.force_login(member)
    member_client.post("/accounts/password/set/", {"password1": NEW_PASSWORD})
    member.refresh_from_db()
    assert member.has_usable_password()


@shows("password reset asked for", "password reset")
def test_a_password_chosen_by_a_link_in_a_mail(client, member, log):
    client.post("/accounts/password/reset/", {"email": member.email})
    form = client.get(link_in(mail.outbox[0])).url
    client.post(form, {"password1": NEW_PASSWORD})
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)


@shows("wrong code")
@pytest.mark.usefixtures("mail_server")
def test_a_code_that_does_not_fit(client, db, log):
    client.post(sign_up(client).url, {"code": "WRONG1"})


@shows("address changed")
@pytest.mark.usefixtures("mail_server")
def test_another_address(client, member, log):
    sign_in(client)
    ask = client.post("/accounts/email/", {"email": "moved@example.org", "action_add": "yes"}).url
    confirm = client.post(ask, {"password": PASSWORD}).url
    code = next(code_in(one) for one in mail.outbox if one.to == ["moved@example.org"])
    client.post(confirm, {"code": code})
    member.refresh_from_db()
    assert member.email == "moved@example.org"


@shows("recovery codes renewed")
@pytest.mark.usefixtures("secret")
def test_new_recovery_codes(client, log):
    client.post("/accounts/2fa/recovery-codes/generate/")


@shows("other sessions ended")
def test_signing_out_everywhere_else(client, member, log):
    sign_in(Client())
    sign_in(client)
    client.post("/accounts/sessions/")
    assert member.usersession_set.count() == 1


@shows("published")
def test_a_role_that_is_published(editor_client, log):
    post(editor_client, f"/admin/assessments/role/{role_with().pk}/publish/", note="First")
    assert RoleVersion.objects.exists()


@shows("edited")
def test_a_role_that_is_changed(editor_client, log):
    role = role_with()
    post(editor_client, f"/admin/assessments/role/{role.pk}/change/", title="Another")
    role.refresh_from_db()
    assert role.title == "Another"


def written():
    """The words of every line that the code writes to the log of security."""
    folders = (settings.BASE_DIR / name for name in ("assessments", "careerpath"))
    for file in chain.from_iterable(folder.rglob("*.py") for folder in folders):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text if "security" in text else "")):
            if isinstance(node, ast.Call) and is_of_security(node.func):
                words = [one.value for one in ast.walk(node.args[0]) if is_text(one)]
                assert words or isinstance(node.args[0], ast.Name), f"{file}: {node.lineno}"
                yield from words


def is_of_security(function):
    ours = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return ours and function.value.id == "security" and function.attr in WRITERS


def is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_event_has_its_test_and_no_other():
    told = {event for _signal, event, _level in events.TOLD}
    every = told | set(events.DONE.values()) | set(events.DENIED.values()) | set(written())
    tests = [one for name, one in globals().items() if name.startswith("test_")]
    shown = set().union(*(getattr(one, "shows", ()) for one in tests))
    assert len(every) > 20
    assert shown == every
