"""What goes by mail: to the console without a mail server, codes with one."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessments.models import User
from careerpath import settings as site
from tests.careerpath.test_accounts import CHOSEN_ROLE, sign_in, sign_up
from tests.conftest import PASSWORD

NEW_PASSWORD = "another horse, another staple"


@pytest.fixture
def mail_server(settings):
    """As settings.py sets them where EMAIL_URL is set."""
    settings.MAIL_IS_SENT = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


def code_in(message):
    return re.search(r"^([A-Z0-9-]{6,9})$", message.body, re.MULTILINE)[1]


def link_in(message):
    return re.search(r"https?://localhost:8000(/accounts/\S+)", message.body)[1]


def test_a_code_by_mail_completes_the_sign_up(client, db, mail_server):
    answer = sign_up(client, next=CHOSEN_ROLE)
    assert get_user(client).is_anonymous
    page = client.get(answer.url).content.decode()
    assert "We sent a code to <strong>new@example.org</strong>" in page
    done = client.post(answer.url, {"code": code_in(mail.outbox[0])})
    assert done.url == CHOSEN_ROLE
    assert get_user(client).email == "new@example.org"
    assert EmailAddress.objects.get().verified


def test_a_code_works_for_ten_minutes(client, db, mail_server, time_machine):
    confirm = sign_up(client).url
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    client.post(confirm, {"code": code_in(mail.outbox[0])})
    assert get_user(client).is_anonymous


def test_a_wrong_code_says_so_and_a_new_one_can_be_had(client, db, mail_server, time_machine):
    confirm = sign_up(client).url
    page = client.post(confirm, {"code": "WRONG1"}).content.decode()
    assert page.count("This is not the code of our newest e-mail") == 2
    assert "<title>Error: Enter the code" in page
    time_machine.move_to(timezone.now() + timedelta(seconds=11))
    client.post(confirm, {"action": "resend"})
    assert len(mail.outbox) == 2
    client.post(confirm, {"code": code_in(mail.outbox[1])})
    assert get_user(client).is_authenticated


def test_after_a_mistyped_address_one_starts_again(client, db, mail_server):
    confirm = sign_up(client, email="mew@example.org").url
    page = client.get(confirm).content.decode()
    assert '<input type="hidden" name="next" value="/accounts/signup/">' in page
    assert (
        client.post("/accounts/logout/", {"next": "/accounts/signup/"}).url == "/accounts/signup/"
    )
    assert client.get("/accounts/signup/").status_code == 200
    sign_up(client)
    client.post(confirm, {"code": code_in(mail.outbox[-1])})
    assert get_user(client).email == "new@example.org"


def test_signing_up_tells_nobody_who_has_an_account(member, mail_server):
    known, unknown = Client(), Client()
    answers = [sign_up(known, email="member@example.org"), sign_up(unknown)]
    assert answers[0].url == answers[1].url
    pages = [
        re.sub(r'value="[^"]{64}"|\w+@example.org', "", client.get(answers[0].url).content.decode())
        for client in (known, unknown)
    ]
    assert pages[0] == pages[1]
    assert "You have an account already" in mail.outbox[0].subject
    assert "/accounts/password/reset/" in mail.outbox[0].body


def test_an_unconfirmed_account_is_asked_for_a_code_when_it_signs_in(client, db, mail_server):
    User.objects.create_user("new@example.org", PASSWORD)
    answer = sign_in(client, email="new@example.org")
    assert answer.url.startswith("/accounts/confirm-email/")
    client.post(answer.url, {"code": code_in(mail.outbox[0])})
    assert get_user(client).is_authenticated


def test_a_new_address_counts_once_its_code_is_entered(client, member, mail_server):
    sign_in(client)
    ask = client.post("/accounts/email/", {"email": "moved@example.org", "action_add": "yes"}).url
    confirm = client.post(ask, {"password": PASSWORD}).url
    member.refresh_from_db()
    assert member.email == "member@example.org"
    code = next(code_in(one) for one in mail.outbox if one.to == ["moved@example.org"])
    client.post(confirm, {"code": code})
    member.refresh_from_db()
    assert member.email == "moved@example.org"
    assert "changed from member@example.org to moved@example.org" in mail.outbox[-1].body


def test_a_link_by_mail_sets_a_new_password_once(client, member):
    asked = client.post("/accounts/password/reset/", {"email": "MEMBER@example.org"}, follow=True)
    assert "This site sends no e-mail yet" in asked.content.decode()
    link = link_in(mail.outbox[0])
    form = client.get(link).url
    assert "Choose a new password" in client.get(form).content.decode()
    client.post(form, {"password1": NEW_PASSWORD})
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)
    assert "This link no longer works" in Client().get(link).content.decode()


def test_with_a_mail_server_the_page_speaks_of_the_mail(client, member, mail_server):
    asked = client.post("/accounts/password/reset/", {"email": "member@example.org"}, follow=True)
    assert "on its way" in asked.content.decode()


def test_an_unknown_address_gets_the_same_page_and_a_mail_of_its_own(client, member):
    known = client.post("/accounts/password/reset/", {"email": "member@example.org"}, follow=True)
    other = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.content == other.content
    assert "There is no account with it" in mail.outbox[1].body


def test_mail_reads_as_written_by_this_site(client, member):
    sign_in(client)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    message = mail.outbox[0]
    assert message.subject == "Your password was changed"
    assert message.body.startswith("Hello,\n\nThe password of your account was changed.\n")
    assert "&" not in message.body
    assert message.body.rstrip().endswith("CareerPath\nhttp://localhost:8000")


def test_without_a_mail_server_mail_goes_to_the_console():
    assert site.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend"
    assert site.ACCOUNT_EMAIL_VERIFICATION == "none"
