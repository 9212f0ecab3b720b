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
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import mail
from django.db import models
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from assessments.actions import reminders
from assessments.models import OutgoingMail, PlanItem, User
from assessments.privacy import FIELDS as PERSONAL
from assessments.views import report_exports
from careerpath.logs import LineFormatter
from tests import my_data
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
ON_NO_PAGE = {"mail", "html", "headers", "change"}
CHOSEN = "one of a list, which everybody has"
RANDOM = "made by the site, and of no meaning"
HASH = "a hash, which has no words"
WITHOUT_WORDS = {
    "account.EmailConfirmation.key": "no row: links are signed, and their text is in the mail",
    "admin.LogEntry.object_id": "a number",
    "assessments.Answer.last_done": CHOSEN,
    "assessments.Answer.skill": CHOSEN,
    "assessments.Assessment.key": RANDOM,
    "assessments.Assessment.result_sha256": HASH,
    "assessments.Guest.token_sha256": HASH,
    "assessments.OutgoingMail.key": RANDOM,
    "assessments.OutgoingMail.state": CHOSEN,
    "assessments.Plan.budget": CHOSEN,
    "assessments.PlanItem.requirement": CHOSEN,
    "assessments.PlanItem.skill": CHOSEN,
    "assessments.PlanItem.status": CHOSEN,
    "assessments.QualificationAnswer.degree": CHOSEN,
    "assessments.QualificationAnswer.field": CHOSEN,
    "assessments.ShareLink.key": RANDOM,
    "assessments.ShareLink.scope": CHOSEN,
    "assessments.Subscriber.key": RANDOM,
    "assessments.User.password": HASH,
    "mfa.Authenticator.type": CHOSEN,
    "sessions.Session.session_data": "packed and signed: the words of a session are not in it",
    "sessions.Session.session_key": RANDOM,
    "usersessions.UserSession.data": "always empty",
    "usersessions.UserSession.ip": "numbers, and everybody's own computer here",
    "usersessions.UserSession.session_key": RANDOM,
}
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
        mails = OutgoingMail.objects.filter(member=user)
        mails.update(subject=words("subject"), html=words("html"), headers={"A": words("headers")})
        LogEntry.objects.create(
            user=user,
            object_repr=words("edited"),
            change_message=words("change"),
            action_flag=CHANGE,
        )
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


def text_fields():
    """Of all that is kept about a person, what can hold letters that they or others typed."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField)
    return {
        f"{label}.{name}"
        for label, names in PERSONAL.items()
        for name in names
        if isinstance(apps.get_model(label)._meta.get_field(name), kinds)
    }


def words_by_field():
    found = {}
    for place in text_fields():
        label, name = place.rsplit(".", 1)
        values = apps.get_model(label).objects.values_list(name, flat=True)
        if words := words_of(" ".join(map(str, values))):
            found[place] = words
    return found


def test_every_text_of_the_inventory_holds_such_words_or_says_why_not(crowd):
    with_words = set(words_by_field())
    assert with_words | set(WITHOUT_WORDS) == text_fields()
    assert with_words & set(WITHOUT_WORDS) == set()


def test_the_export_holds_the_words_of_the_fields_that_the_inventory_says(crowd):
    expected = {
        word
        for place, words in words_by_field().items()
        for word in words
        if word[0] == 0 and PERSONAL[place.rsplit(".", 1)[0]][place.rsplit(".", 1)[1]].exported
    }
    assert words_of(str(my_data.raw(crowd.things[0].user))) == expected


def test_everybody_finds_all_their_own_words_and_nobody_else_s(crowd):
    for number, fields in crowd.said.items():
        mine = {(number, field) for field in fields - ON_NO_PAGE}
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
