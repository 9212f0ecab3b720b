"""The forms that take an address answer alike, whether or not somebody has it.

How long they take: `python -m bench.timing`.
"""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from assessments.models import OutgoingMail
from careerpath import middleware
from tests.careerpath.test_account_mail import mail_server  # noqa: F401 - a fixture
from tests.careerpath.test_accounts import sign_in, sign_up
from tests.conftest import PASSWORD

KNOWN, UNKNOWN = SENT_TO = "stranger@example.org", "somebody@example.org"
CHANGING = re.compile(r'(?<=value=")[\w-]{64}(?=")|' + f"{KNOWN}|{UNKNOWN}")
VARIES = ("Set-Cookie", "Content-Length", "Expires", "X-Request-ID")  # cookies: by name


def reset(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def change(client, email):
    """As the member, who has just said who they are."""
    sign_in(client)
    asked = client.post("/accounts/email/", {"email": email, "action_add": "yes"})
    return client.post(asked.url, {"password": PASSWORD})


def wrong_password(client, email):
    return sign_in(client, email=email, password="not the password")


FORMS = {
    "sign-up": lambda client, email: sign_up(client, email=email),
    "sign-in": wrong_password,
    "reset": reset,
    "change": change,
}


def looks(client, do, email):
    """Everything a visitor can see, on the page that answers and on the one it leads to."""
    answers = [do(client, email)]
    if answers[0].status_code == 302:
        answers.append(client.get(answers[0].url))
    return [
        (
            answer.status_code,
            {name: value for name, value in answer.headers.items() if name not in VARIES},
            sorted(answer.cookies),
            CHANGING.sub("…", answer.content.decode()),
        )
        for answer in answers
    ]


@pytest.mark.usefixtures("mail_server", "member", "stranger")
@pytest.mark.parametrize("form", FORMS)
def test_known_and_unknown_addresses_look_alike(form):
    known, unknown = Client(), Client()
    assert looks(known, FORMS[form], KNOWN) == looks(unknown, FORMS[form], UNKNOWN)
    known_mail, unknown_mail = ([one for one in mail.outbox if one.to == [to]] for to in SENT_TO)
    assert len(known_mail) == len(unknown_mail) == (0 if form == "sign-in" else 1)


@pytest.mark.usefixtures("mail_server", "member", "stranger")
def test_a_wrong_code_looks_alike():
    pages = []
    for client, email in ((Client(), KNOWN), (Client(), UNKNOWN)):
        confirm = sign_up(client, email=email).url
        wrong = client.post(confirm, {"code": "WRONG1"}).content.decode()
        pages.append(CHANGING.sub("…", wrong))
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("member", "stranger")
@pytest.mark.parametrize(("form", "limit"), [("sign-in", 6), ("reset", 21)])
def test_limits_hold_for_both_alike(form, limit):
    """A limit for real accounts alone would tell which they are."""
    found = []
    for email in SENT_TO:
        client = Client(REMOTE_ADDR="192.0.2.7" if email == KNOWN else "192.0.2.8")
        answers = [FORMS[form](client, email) for _number in range(limit)]
        found.append(
            [(one.status_code, CHANGING.sub("…", one.content.decode())) for one in answers]
        )
    assert found[0] == found[1]
    assert found[0][0] != found[0][-1]


class Counting(MD5PasswordHasher):
    """Hashing a password is what takes longest by far."""

    hashed = 0

    def encode(self, password, salt):
        Counting.hashed += 1
        return super().encode(password, salt)


@pytest.mark.usefixtures("mail_server", "stranger")
@pytest.mark.parametrize("email", SENT_TO)
def test_signing_up_hashes_one_password_either_way(email, settings):
    settings.PASSWORD_HASHERS = [f"{Counting.__module__}.{Counting.__qualname__}"]
    Counting.hashed = 0
    sign_up(Client(), email=email)
    assert Counting.hashed == 1


@pytest.mark.usefixtures("mail_server", "stranger")
def test_mail_of_both_goes_through_the_outbox():
    for email in SENT_TO:
        reset(Client(), email)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.usefixtures("mail_server", "member", "stranger")
@pytest.mark.parametrize("form", FORMS)
def test_all_of_them_keep_an_even_pace(form, monkeypatch):
    waited = []
    monkeypatch.setattr(middleware, "wait_since", waited.append)
    client = Client()
    client.get("/accounts/login/")
    assert waited == []
    FORMS[form](client, UNKNOWN)
    assert waited
