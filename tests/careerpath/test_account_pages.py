"""Every page of allauth is ours to look at, and runs under our content security policy."""

import re
from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from tests.careerpath.test_accounts import sign_in
from tests.careerpath.test_second_factor import confirm_it_is_me

ACCOUNT_NAMES = re.compile(r"(account|mfa|usersessions)_")
WITH_ARGUMENTS = {"pk", "key", "uidb36"}


class Tags(HTMLParser):
    """What in a page the content security policy would refuse, its ids and its headings."""

    def __init__(self, page):
        super().__init__()
        self.refused, self.ids, self.headings = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.refused += [name for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in names and names.get("type") != "application/json"
        ):
            self.refused.append(tag)
        if "id" in names:
            self.ids.append(names["id"])
        if tag == "h1":
            self.headings.append(tag)


def plain_addresses():
    """The addresses of account pages that need nothing but themselves."""
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    named = {name for name in names if ACCOUNT_NAMES.match(name)}
    for name in sorted(named):
        parameters = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
        if not WITH_ARGUMENTS & set(parameters):
            yield reverse(name)


ADDRESSES = list(plain_addresses())


def assert_is_ours(answer):
    page = answer.content.decode()
    tags = Tags(page)
    assert tags.refused == []
    assert len(tags.ids) == len(set(tags.ids))
    assert len(tags.headings) == 1
    assert " – CareerPath</title>" in page
    assert "asteriskField" not in page
    assert "placeholder" not in page
    templates = {str(template.origin) for template in answer.templates}
    assert str(settings.BASE_DIR / "templates" / "base.html") in templates
    foreign = {one for one in templates if "/allauth/templates/" in one}
    assert not foreign, "a page shows a template that is not ours"


def is_page(answer):
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


def test_finds_the_pages():
    assert {"/accounts/login/", "/accounts/2fa/totp/activate/"} <= set(ADDRESSES)
    assert len(ADDRESSES) > 20


@pytest.mark.parametrize("address", ADDRESSES)
def test_looks_like_the_site_signed_out(client, db, address):
    answer = client.get(address)
    assert answer.status_code in (200, 302)
    if is_page(answer):
        assert_is_ours(answer)


@pytest.fixture
def confirmed_client(client, member):
    sign_in(client)
    confirm_it_is_me(client, "/accounts/")
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_looks_like_the_site_signed_in(confirmed_client, address):
    answer = confirmed_client.get(address)
    assert answer.status_code in (200, 302, 404)
    if is_page(answer):
        assert_is_ours(answer)


@pytest.fixture
def passkey(member):
    return Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Phone", "passwordless": True, "credential": {}},
    )


@pytest.fixture
def app(member):
    return Authenticator.objects.create(
        user=member, type=Authenticator.Type.TOTP, data={"secret": "A" * 32}
    )


@pytest.mark.parametrize(
    "address", ["", "totp/deactivate/", "recovery-codes/generate/", "reauthenticate/"]
)
def test_pages_of_an_app_in_use_look_like_the_site(confirmed_client, app, address):
    answer = confirmed_client.get(f"/accounts/2fa/{address}")
    assert answer.status_code == 200
    assert_is_ours(answer)


@pytest.mark.parametrize("address", ["", "keys/{}/edit/", "keys/{}/remove/"])
def test_pages_of_a_passkey_look_like_the_site(confirmed_client, passkey, address):
    answer = confirmed_client.get("/accounts/2fa/webauthn/" + address.format(passkey.pk))
    assert answer.status_code == 200
    assert "Phone" in answer.content.decode()
    assert_is_ours(answer)


def test_the_second_step_looks_like_the_site(app):
    client = Client()
    sign_in(client)
    answer = client.get("/accounts/2fa/authenticate/")
    assert answer.status_code == 200
    assert_is_ours(answer)


def test_links_from_mail_look_like_the_site(client, member):
    address = member.emailaddress_set.create(email="moved@example.org")
    key = EmailConfirmationHMAC(address).key
    for link in (
        f"/accounts/confirm-email/{key}/",
        "/accounts/confirm-email/nothing/",
        "/accounts/password/reset/key/1-nothing/",
    ):
        answer = client.get(link)
        assert answer.status_code == 200
        assert_is_ours(answer)


def test_the_menu_says_where_one_is(member_client):
    page = member_client.get("/accounts/sessions/").content.decode()
    assert '<a href="/accounts/sessions/" aria-current="page">' in page
    for name in ("account_home", "account_email", "account_change_password", "mfa_index"):
        assert f'href="{reverse(name)}"' in page


def test_too_many_requests_look_like_the_site(client, db):
    for _ in range(21):
        answer = client.post("/accounts/signup/", {"email": "nobody"})
    assert answer.status_code == 429
    assert "CareerPath" in answer.content.decode()
