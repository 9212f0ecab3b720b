"""Several people with words of their own everywhere, and everything fetched as everybody else.

PEOPLE sets how many; `make soak` has more than `make test`.
"""

import io
import os
import re
import zipfile
from copy import deepcopy
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from assessments.actions import reminders
from assessments.models import PlanItem, User
from assessments.views import report_exports
from careerpath.logs import LineFormatter
from tests.access.matrix import TABLE, kinds_of_ids
from tests.access.world import (
    BY_LINK,
    World,
    cookies_of,
    just_signed_in,
    keys,
    make_things,
    routes,
)
from tests.assessments.admin.world import filled
from tests.conftest import PASSWORD
from tests.guests import browser, guest

pytestmark = pytest.mark.django_db
PEOPLE = int(os.environ.get("PEOPLE", "7"))
LOGGED = 4  # they write the same lines
EVERY_FIFTH = 5  # has no account
WORD = re.compile(r"canary(\d{3})(\w+?)z", re.IGNORECASE)
IN_MAIL_ALONE = {"mail"}
LOOKED_AT = [one for one in routes() if TABLE[one[0]].own[0] in "ORN"]


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    monkeypatch.setattr(report_exports, "PDF_EXPORTER", f"{__name__}.pdf_as_markup")


def pdf_as_markup(assessment, page):
    """Its words, without the second that its layout takes."""
    return render_to_string("assessments/report_pdf.html", {"assessment": assessment, "page": page})


class Crowd(World):
    """The eleven, who have no such words; and these. `said` has the fields of each."""

    def __init__(self):
        super().__init__()
        self.said = {number: set() for number in range(PEOPLE)}
        for number in range(PEOPLE):
            self._join(number)

    def _join(self, number):
        def words(field):
            self.said[number].add(field.lower())
            return f"Canary{number:03d}{field}z"

        if number % EVERY_FIFTH == EVERY_FIFTH - 1:
            token = f"{number:043d}"
            self.things[number] = make_things(guest(token), self.versions, words)
            self.cookies[number] = cookies_of(browser(token))
            return
        email = f"{words('email')}@example.org".lower()
        user = User.objects.create_verified_user(email, PASSWORD)
        self.cookies[number] = cookies_of(just_signed_in(user))
        UserSession.objects.filter(user=user).update(user_agent=words("agent"))
        self.things[number] = make_things(user, self.versions, words, planned="python")
        PlanItem.objects.filter(plan__member=user).update(due_on=timezone.localdate())

    def look(self, who, whose):
        """The words on all pages of `whose` things, as `who` gets them."""
        found = set()
        visitor = self.visitor(who)
        second = self.things[whose].second
        pages = [f"/reports/{second}/", f"/reports/{second}.json"]
        for name, pattern in LOOKED_AT:
            is_foreign = who != whose
            if not (is_foreign and (name in BY_LINK or len(kinds_of_ids(pattern)) == 1)):
                pages.append(self.page(name, pattern, whose))
        for page in pages:
            found |= words_in(visitor.look(page))
            self.asked += 1
        return found

    asked = 0

    def page(self, name, pattern, whose):
        things = self.things[whose]
        if name in BY_LINK and things.user is None:
            things = self.things["owner"]
        values = {"slug": self.slug(name, "own", things), "pk": things.passkey}
        return filled(pattern, values | keys(name, things))


def words_in(response):
    body = response.whole
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return words_of(f"{response.headers}{response.cookies}{body.decode()}")


def words_of(text):
    return {(int(number), field.lower()) for number, field in WORD.findall(text)}


@pytest.fixture(scope="module")
def built(module_db):
    return Crowd()


@pytest.fixture
def crowd(built, caplog):
    caplog.set_level("ERROR", logger="django.request")
    return deepcopy(built)


def test_everybody_finds_all_their_own_words_and_nobody_else_s(crowd):
    for number, fields in crowd.said.items():
        mine = {(number, field) for field in fields - IN_MAIL_ALONE}
        assert crowd.look(number, number) == mine


def test_nobody_gets_a_word_at_somebody_else_s_addresses(crowd):
    leaks = [
        (who, whose, word)
        for who in (*crowd.said, "editor", "superuser", "anonymous")
        for whose in crowd.said
        if who != whose
        for word in crowd.look(who, whose)
        if word[0] != who
    ]
    assert leaks == []
    assert crowd.asked > 15 * PEOPLE**2


@pytest.mark.parametrize("who", ["anonymous", "guest", "editor", "support", "superuser"])
def test_others_find_no_word_on_their_own_pages(crowd, who):
    assert crowd.look(who, who if who in crowd.things else "owner") == set()


def test_a_shared_link_shows_examples_of_its_owner_and_no_more(crowd):
    for number in crowd.said:
        things = crowd.things[number]
        if things.link:
            shared = words_in(crowd.visitor("anonymous").look(f"/shared/{things.link.token}/"))
            assert shared == {
                (number, f"example0{skill}") for skill in ("python", "sql", "talking")
            }


@pytest.mark.usefixtures("what_commits")
def test_each_mail_holds_words_of_its_recipient_alone(crowd):
    write_to_everybody(crowd)
    of_the_crowd = [one for one in mail.outbox if words_of(one.to[0])]
    assert len(of_the_crowd) >= PEOPLE
    for message in of_the_crowd:
        owners = {number for number, _field in words_of(str(message.message()))}
        assert owners <= {number for number, _field in words_of(message.to[0])}


def write_to_everybody(crowd):
    for things in crowd.things.values():
        if things.user:
            Client().post("/accounts/password/reset/", {"email": things.user.email})
    reminders.queue_due(now=timezone.now() + timedelta(days=1))


@pytest.mark.usefixtures("what_commits")
def test_no_word_is_in_the_log(crowd, caplog):
    caplog.set_level("INFO")
    caplog.set_level("INFO", logger="django.request")
    write_to_everybody(crowd)
    for number, things in list(crowd.things.items())[-LOGGED:]:
        if things.user:
            crowd.look(number, number)
            Client().post("/accounts/login/", {"login": things.user.email, "password": "wrong"})
            crowd.look("owner", number)
    lines = [LineFormatter().format(one) for one in caplog.records]
    assert len(lines) > PEOPLE
    assert [line for line in lines if words_of(line)] == []
