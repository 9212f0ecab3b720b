"""The link that sets a new password: whose it is, how long, how often, and where it leads."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.careerpath.test_account_mail import NEW_PASSWORD, link_in
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
RESET = "/accounts/password/reset/"
DEAD = "This link no longer works"
HOSTS = [
    *("evil.example", "localhost.evil.example", "evil.example:80", "evil-localhost", "localhostx"),
    *("localhost@evil.example", "evil.example#localhost", "evil.example/localhost", "[::1]"),
    *("127.0.0.1.evil.example", "10.0.0.1", "xn--lcalhost-d4a", "testserver.evil.example"),
    *("local%68ost", "localhost\\evil.example", "localhost, evil.example", "localhost;evil"),
    *(".localhost", "localhost:80@evil.example", "localhost:port", "*", "null", "https://evil"),
]
NAMES = ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_FORWARDED")
FORGED = [
    (name, f"host={host}" if "FORWARDED" in name[-9:] else host) for name in NAMES for host in HOSTS
]


@pytest.fixture
def link(client, member):
    client.post(RESET, {"email": member.email})
    return link_in(mail.outbox[0])


def works(link):
    page = Client().get(link, follow=True).content.decode()
    assert (DEAD in page) != ("Choose a new password" in page)
    return DEAD not in page


def test_it_works(link):
    assert works(link)


def test_it_dies_when_it_was_used(link, client):
    form = client.get(link).url
    client.post(form, {"password1": NEW_PASSWORD})
    assert not works(link)


def test_a_form_that_was_open_meanwhile_changes_nothing(link, client, member):
    late, form = Client(), client.get(link).url
    assert late.get(link).url == form
    client.post(form, {"password1": NEW_PASSWORD})
    late.post(form, {"password1": "a third horse, a third staple"})
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(("minutes", "alive"), [(59, True), (61, False)])
def test_it_lives_for_an_hour(link, time_machine, minutes, alive):
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes))
    assert works(link) == alive


def test_it_dies_when_the_password_changes(link, member):
    member.set_password(NEW_PASSWORD)
    member.save()
    assert not works(link)


def test_it_dies_when_the_address_changes(link, member):
    member.emailaddress_set.all().delete()
    member.emailaddress_set.create(email="moved@example.org", verified=True, primary=True)
    member.email = "moved@example.org"
    member.save()
    assert not works(link)


def test_it_is_nobody_elses(link, stranger):
    """The key of one with the number of another."""
    number, _, key = link.rstrip("/").rpartition("/")[2].partition("-")
    assert not works(link.replace(f"/{number}-{key}", f"/{stranger.pk}-{key}"))


@pytest.mark.parametrize(("name", "value"), FORGED)
def test_a_forged_host_changes_no_link(member, name, value):
    answer = Client().post(RESET, {"email": member.email}, **{name: value})
    assert answer.status_code in (302, 400)
    assert all(re.findall(r"https?://[^/\s]+", one.body) == OURS for one in mail.outbox)
    assert len(mail.outbox) == (answer.status_code == 302)


OURS = ["http://localhost:8000", "http://localhost:8000"]  # the link, and the site below it


@pytest.mark.parametrize("name", ["member@example.org", "nobody@example.org"])
def test_links_lead_where_the_setting_says(client, member, settings, name):
    """Also where the site answers to another name."""
    settings.SITE_URL = "https://careerpath.example.org"
    client.post(RESET, {"email": name})
    assert set(re.findall(r"https?://[^/\s]+", mail.outbox[0].body)) == {settings.SITE_URL}


def test_those_in_a_notice_too(member, settings):
    settings.SITE_URL = "https://careerpath.example.org"
    old = "correct horse battery staple"
    change = {"oldpassword": old, "password1": NEW_PASSWORD}
    signed_in(member).post("/accounts/password/change/", change)
    assert set(re.findall(r"https?://[^/\s]+", mail.outbox[0].body)) == {settings.SITE_URL}


def test_no_page_that_it_opens_has_it_in_its_address_or_tells_other_sites(link, client):
    key = link.rstrip("/").rpartition("-")[2]
    first = client.get(link)
    page = client.get(first.url)
    assert key not in first.url + page.content.decode()
    for answer in (first, page, Client().get(link + "x")):
        assert answer.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r'(?:href|src|action)="(?:https?:)?//', page.content.decode())
