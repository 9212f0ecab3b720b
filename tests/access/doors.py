"""Every page that goes on where `next` says, from the first press to where it leads in the end.

Each takes what `next` says, and gives all answers on the way.
"""

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.test import Client

from assessments.models import Guest, User
from tests.access.passkeys import Device
from tests.careerpath.test_account_mail import NEW_PASSWORD, code_in, link_in
from tests.conftest import PASSWORD, signed_in
from tests.guests import TOKEN, browser, guest

SECRET = "A" * 32
HASHED = make_password(PASSWORD)
STEPS = 4


@dataclass
class Here:
    """A member, and whatever else they need; as each door finds them."""

    member: User
    settings: Any
    device: Device | None = None
    client: Client | None = None

    def newly_in(self):
        return signed_in(self.member)

    def inside(self):
        self.client = self.client or self.newly_in()
        return self.client


def followed(client, answer):
    """The answer, and where it leads as long as that takes `next` along."""
    for _step in range(STEPS):
        yield answer
        to = answer.headers.get("Location", "")
        if not to.startswith("/a") or "next=" not in to:
            return
        answer = client.get(to)


def pressed(path, who=None, **fields):
    def door(here, to):
        client = who(here) if who else Client()
        return followed(client, client.post(path, fields | {"next": to}))

    return door


def opened(path, who=None):
    def door(here, to):
        client = who(here) if who else Client()
        return followed(client, client.get(path, {"next": to}))

    return door


def somebody_new():
    return f"new-{User.objects.count()}@example.org"


def sign_up(here, to):
    fields = {"email": somebody_new(), "password1": PASSWORD, "next": to}
    return [Client().post("/accounts/signup/", fields)]


def sign_up_by_code(here, to):
    here.settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    here.settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    client, fields = Client(), {"email": somebody_new(), "password1": PASSWORD}
    asked = client.post("/accounts/signup/", fields | {"next": to})
    yield asked
    code = code_in(mail.outbox[-1])
    yield client.post("/accounts/confirm-email/", {"code": code, "next": to})


def second_step(here, to):
    """Its code fits once in half a minute: what is used is in the cache."""
    if not here.member.authenticator_set.exists():
        TOTP.activate(here.member, SECRET)
    client = Client()
    fields = {"login": here.member.email, "password": PASSWORD, "next": to}
    asked = client.post("/accounts/login/", fields)
    yield asked
    yield client.get(asked.url)
    yield client.post(asked.url, {"code": code(), "next": to})


def code_again(here, to):
    if not here.member.authenticator_set.exists():
        TOTP.activate(here.member, SECRET)
    client = here.inside()
    return [client.post("/accounts/2fa/reauthenticate/", {"code": code(), "next": to})]


def code():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def passkey(here, to):
    here.device = here.device or Device(here.member)
    return [here.device.sign_in(Client(), next=to)]


def passkey_again(here, to):
    here.device = here.device or Device(here.member)
    return [here.device.show_again(here.inside(), next=to)]


def reset(here, to):
    """The link, as somebody may have changed it, and the form behind it."""
    User.objects.filter(pk=here.member.pk).update(password=HASHED, last_login=None)
    client = Client()
    yield client.post("/accounts/password/reset/", {"email": here.member.email, "next": to})
    link = client.get(link_in(mail.outbox[-1]), {"next": to})
    yield link
    yield client.post(link.url, {"password1": NEW_PASSWORD, "next": to})


def change_password(here, to):
    here.member.set_password(PASSWORD)
    here.member.save()
    fields = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "next": to}
    return [here.newly_in().post("/accounts/password/change/", fields)]


def set_password(here, to):
    here.member.set_unusable_password()
    here.member.save()
    fields = {"password1": NEW_PASSWORD, "next": to}
    return [here.newly_in().post("/accounts/password/set/", fields)]


def claim(here, to):
    """What was begun goes into the account by the press."""
    Guest.objects.all().delete()
    guest()
    client = here.inside()
    client.cookies |= browser(TOKEN).cookies
    yield client.get("/assessments/claim/", {"next": to})
    yield client.post("/assessments/claim/", {"next": to})


def sign_in_with_things(here, to):
    Guest.objects.all().delete()
    guest()
    client, fields = browser(TOKEN), {"login": here.member.email, "password": PASSWORD}
    return followed(client, client.post("/accounts/login/", fields | {"next": to}))


WHO = {"login": "member@example.org", "password": PASSWORD}
DOORS = {
    "sign in": pressed("/accounts/login/", **WHO),
    "sign in, though one is in": opened("/accounts/login/", Here.inside),
    "sign in with what was begun without": sign_in_with_things,
    "sign in to the editing area": opened("/admin/login/"),
    "sign in to the editing area, though one is in": opened("/admin/login/", Here.inside),
    "sign up": sign_up,
    "sign up by a code": sign_up_by_code,
    "sign up, though one is in": opened("/accounts/signup/", Here.inside),
    "sign out": pressed("/accounts/logout/", Here.newly_in),
    "sign out, though one is out": opened("/accounts/logout/"),
    "sign out of the editing area": pressed("/admin/logout/", Here.newly_in),
    "passkey": passkey,
    "second step": second_step,
    "who is it": pressed("/accounts/reauthenticate/", Here.inside, password=PASSWORD),
    "who is it, by a code": code_again,
    "who is it, by a passkey": passkey_again,
    "forgotten password": reset,
    "change the password": change_password,
    "set a password": set_password,
    "claim": claim,
    "claim nothing": opened("/assessments/claim/", Here.inside),
    "stay": pressed("/account/stay/", Here.inside),
    "sessions": pressed("/accounts/sessions/", Here.inside),
}


def through(door, here, to):
    """Limits count anew for each, and no list of devices grows."""
    cache.clear()
    UserSession.objects.all().delete()
    return list(door(here, to))
