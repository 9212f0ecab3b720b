"""A small site in which each of eleven people has one of everything, and how they reach it."""

import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver

from assessments.actions import assessment as assessing
from assessments.actions import mail_links, sharing
from assessments.actions import plan as planning
from assessments.models import (
    Answer,
    Guest,
    NewsletterIssue,
    OutgoingMail,
    PlanItem,
    QualificationAnswer,
    Reminders,
    ShareLink,
    Subscriber,
    User,
)
from assessments.models.assessment import new_key
from tests.access.passkeys import passkey
from tests.assessments.admin.world import filled
from tests.conftest import PASSWORD
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.guests import browser, guest
from tests.planned import link, resources
from tests.published import answer, publish
from tests.rated import ladder

STAFF = {"editor": "Editor", "publisher": "Publisher", "support": "Support"}
MISSING_KEY, MISSING_PK = "x" * 22, 2**40
HOUR = 3600
TARGETS = (requirement("python", essential=True), requirement("sql"), requirement("talking"))
BY_LINK = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "newsletter_confirm",
    "newsletter_unsubscribe",
    "reminders_off",
    "shared_report",
}
PARTS = {"qualifications": (qualification(),), "fields": FIELDS}
ROLE = definition(*TARGETS, **PARTS)
NEWER = definition(*TARGETS[:2], requirement("bash"), **PARTS)


@dataclass
class Things:
    """What one person has. Guests have no more than the first three."""

    open: str
    report: str
    second: str
    planned: str = "sql"
    link: ShareLink | None = None
    passkey: int = MISSING_PK
    subscriber: str = MISSING_KEY
    user: User | None = None
    words: SimpleNamespace = field(default_factory=SimpleNamespace)


def plain_words(_field):
    return ""


def make_things(person, versions, words=plain_words, planned="sql"):
    """`words` makes what the person typed into the field that it is called with."""
    first, second, opened = (report_or_open(person, versions, words, n) for n in range(3))
    more = assessing.start(by=person, version=versions.clerks)
    answer(more, reading=2)
    things = Things(opened.key, first.key, second.key, planned)
    if isinstance(person, Guest):
        return things
    things.user = person
    things.link = sharing.make(assessment=first, scope="examples", days=7, press=new_key())
    planning.add(by=person, assessment=first, chosen={planned: None})
    PlanItem.objects.filter(plan__member=person).update(
        notes=words("notes"), due_on="2027-01-31", link=link("good", planned)
    )
    Reminders.objects.create(member=person, come_back=True, plan_dates=True)
    things.subscriber = Subscriber.objects.create(email=person.email).key
    OutgoingMail.objects.create(
        key=new_key(), recipient=person.email, member=person, subject="A mail", text=words("mail")
    )
    EmailAddress.objects.create(user=person, email=f"new-{person.email}")  # not confirmed yet
    things.passkey = passkey(person, words("passkey") or "Phone").pk
    return things


def report_or_open(person, versions, words, number):
    mine = assessing.start(by=person, version=versions.first)
    answer(mine, python=1, sql=number, talking=3)
    for one in mine.answers.all():
        text = words(f"example{number}{one.skill}")
        Answer.objects.filter(pk=one.pk).update(example=text, last_done="this-year")
    QualificationAnswer.objects.create(
        assessment=mine, degree="master", field="physics", revision=1
    )
    return mine if number == 2 else assessing.submit(assessment=mine)


def publish_all():
    """The first version, on which people answer; and a newer one, once they have."""
    clerks, _assistants, _lawyers = ladder()
    first = publish(ROLE)
    resources(ROLE, good="free")
    return SimpleNamespace(first=first, clerks=clerks.role.versions.get(), occupation=clerks.role)


class World:
    def __init__(self):
        self.versions = publish_all()
        self.things, self.cookies = {}, {}
        self._members()
        self._guest()
        User.objects.create_superuser("second@example.org", PASSWORD)  # the last could not leave
        publish(NEWER)
        boss = self.things["superuser"].user
        NewsletterIssue.objects.create(subject="News", body="All is well.", created_by=boss)
        self.cookies |= {"anonymous": {}, "holder": {}}
        Client().get(f"/shared/{self.things['owner'].link.token}/")
        User.objects.filter(pk=self.things["deactivated"].user.pk).update(is_active=False)
        self._sign_out("signed-out")

    def _members(self):
        for name in ("owner", "stranger", *STAFF, "superuser", "deactivated", "signed-out"):
            user = User.objects.create_verified_user(
                f"{name}@example.org",
                PASSWORD,
                is_staff=name in STAFF or name == "superuser",
                is_superuser=name == "superuser",
            )
            if name in STAFF:
                user.groups.add(Group.objects.get(name=STAFF[name]))
            planned = "python" if name == "owner" else "sql"
            self.things[name] = make_things(user, self.versions, planned=planned)
            self.cookies[name] = cookies_of(just_signed_in(user))

    def _guest(self):
        self.things["guest"] = make_things(guest(), self.versions)
        self.cookies["guest"] = cookies_of(browser())

    def _sign_out(self, name):
        client = Client()
        client.cookies = SimpleCookie(self.cookies[name])
        client.post("/accounts/logout/")

    def visitor(self, who):
        return Visitor(self.cookies[who])

    def others_of(self, who):
        return self.things["stranger" if who == "owner" else "owner"]

    def address(self, pattern, name, who, whose):
        return filled(pattern, self.values(name, who, whose))

    def values(self, name, who, whose):
        """What the parts of an address stand for; `whose` is one of own, other, missing, bad."""
        if whose == "bad":
            return dict.fromkeys(("key", "other", "slug", "pk", "uidb36", "token"), "no.such!")
        if name in BY_LINK and who == "guest":
            who = "owner"  # guests have no links and get no mail
        things = {
            "own": self.things.get(who, self.things["owner"]),
            "other": self.others_of(who),
            "missing": Things(MISSING_KEY, MISSING_KEY, MISSING_KEY, "nothing-such"),
        }[whose]
        return {"slug": self.slug(name, whose, things), "pk": things.passkey} | keys(name, things)

    def slug(self, name, whose, things):
        if name.startswith("plan"):
            return things.planned
        if name == "question":
            return "python"
        if whose == "missing":
            return "nothing-such"
        return self.versions.occupation.slug if name == "nearest_one" else ROLE.slug


def keys(name, things):
    if name == "account_confirm_email":
        address = things.user.emailaddress_set.get(verified=False) if things.user else None
        return {"key": EmailConfirmationHMAC(address).key if address else MISSING_KEY}
    if name == "account_reset_password_from_key":
        user = things.user
        if user is None:
            return {"uidb36": "zzzz", "key": "abc-def"}
        return {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    is_open = name.startswith(("assessment", "question", "qualifications", "review"))
    return {
        "key": things.open if is_open else things.report,
        "other": things.second,
        "token": token(name, things),
    }


def token(name, things):
    user = things.user.pk if things.user else MISSING_PK
    signed = {
        "newsletter_confirm": lambda: mail_links.confirming.sign(things.subscriber),
        "newsletter_unsubscribe": lambda: mail_links.unsubscribing.sign(things.subscriber),
        "reminders_off": lambda: mail_links.ending_reminders.sign(str(user)),
        "shared_report": lambda: (things.link or ShareLink(key=MISSING_KEY)).token,
    }
    return signed[name]() if name in signed else ""


def just_signed_in(user):
    """Signed in a moment ago, so that no page asks again who it is, however slow the machine."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + HOUR, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    known = {"session_key": session.session_key, "ip": "127.0.0.1", "user_agent": "A browser"}
    UserSession.objects.create(user=user, **known)
    return client


def cookies_of(client):
    return {name: morsel.value for name, morsel in client.cookies.items()}


class Visitor:
    """Asks as if for the first time: whatever an answer changes is put back after it."""

    def __init__(self, cookies, **options):
        self.cookies, self.client = cookies, Client(**options)

    def look(self, address):
        """Looking changes nothing, so nothing has to be put back: it is much quicker."""
        self.client.cookies = SimpleCookie(self.cookies)
        cache.clear()
        response = self.client.get(address)
        response.whole = b"".join(response)
        return response

    def ask(self, method, address, data="", content_type="application/octet-stream", **more):
        self.client.cookies = SimpleCookie(self.cookies)
        cache.clear()
        before = transaction.savepoint()
        try:
            response = self.client.generic(method, address, data, content_type, **more)
            response.whole = b"".join(response)  # while what it is made of is still there
        finally:
            transaction.savepoint_rollback(before)
        return response


def routes():
    """Every address outside the editing area: its name and its pattern."""
    return [one for one in _walk(get_resolver().url_patterns, "") if "admin/" not in one[1][:6]]


def _walk(patterns, before):
    for one in patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, pattern)
        else:
            yield one.name, pattern


def has_id(pattern):
    return "<" in pattern
