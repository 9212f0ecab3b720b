"""A small site with one row of everything, and a member whose words nobody may read."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLResolver, get_resolver

from assessments.actions import assessment as actions
from assessments.actions import sharing
from assessments.actions.publication import publish
from assessments.models import Answer, NewsletterIssue, Role, Scale, User
from assessments.models.assessment import new_key
from tests.conftest import PASSWORD
from tests.factories import (
    FactFactory,
    FieldOfStudyFactory,
    OccupationFactory,
    OutlookFactory,
    PassageFactory,
    QualificationFactory,
    ReleaseFactory,
    WageFactory,
    role_with,
)
from tests.guests import browser, guest

# Written by signing in and by looking: no definition, account or answer.
TRACKS = {"Session", "UserSession", "DBTaskResult"}
SECRET = "My-canary-sang-at-Aviary-Ltd"
MEMBER = "canary@example.org"
MISSING = 2**40
GROUPS = {
    "anonymous": None,
    "guest": None,
    "holder": None,
    "deactivated": ["Editor", "Publisher"],
    "signed-out": ["Editor", "Publisher"],
    "member": [],
    "editor": ["Editor"],
    "publisher": ["Publisher"],
    "support": ["Support"],
    "both": ["Editor", "Publisher"],
    "superuser": [],
}


@dataclass
class World:
    role: Role
    member: User
    people: dict[str, User | None] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)  # from before

    def client(self, name):
        """Signed in, without the trace that signing in leaves in the account."""
        client, user = Client(), self.people.get(name)
        if name in self.cookies:
            client.cookies = deepcopy(self.cookies[name])
        elif user:
            at = user.last_login
            client.force_login(user)
            user.last_login = at
            user.save(update_fields=["last_login"])
        return client

    def arguments(self, name, which="own"):
        """What the parts of an address stand for; `which` is one of own, missing, bad."""
        values = self._existing(name)
        if which == "own":
            return values
        return {part: elsewhere(value, which) for part, value in values.items()}

    def _existing(self, name):
        skill = self.role.requirements.first().skills.first()
        values = {
            "app_label": "assessments",
            "kind": "role",
            "history_id": Role.history.model.objects.first().pk,
            "content_type_id": ContentType.objects.get_for_model(Role).pk,
            "id": self.member.pk,
            "issue_id": NewsletterIssue.objects.get().pk,
            "object_id": self.role.pk,
            "role_id": self.role.pk,
            "scale_id": Scale.objects.get().pk,
            "skill_id": skill.pk,
            "url": "nowhere",
            "version_id": self.role.versions.get().pk,
        }
        model = model_of(name)
        if model is User:
            values["object_id"] = self.member.pk
        elif model is EmailAddress:
            values["object_id"] = self.member.emailaddress_set.get().pk
        elif model:
            values["object_id"] = model.objects.order_by("pk").first().pk
        return values


def elsewhere(value, which):
    if which == "bad":
        return "no.such!"
    return MISSING if isinstance(value, int) else {"assessments": "nothing"}.get(value, value)


def model_of(name):
    for model in admin.site._registry:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return None


def make_world():
    role = role_with(requirements=2)
    FactFactory(role=role)
    PassageFactory(role=role)
    QualificationFactory(role=role).fields.add(FieldOfStudyFactory())
    boss = User.objects.create_superuser("superuser@example.org", PASSWORD)
    publish(role=role, by=boss, note="First")
    OccupationFactory(wage=WageFactory(), outlook=OutlookFactory())
    ReleaseFactory()
    NewsletterIssue.objects.create(subject="News", body="All is well.", created_by=boss)
    world = World(role, User.objects.create_verified_user(MEMBER, PASSWORD))
    answered(world.member, role)
    for name, groups in GROUPS.items():
        if groups is None:
            world.people[name] = None
        elif name == "superuser":
            world.people[name] = boss
        else:
            staff = bool(groups)
            user = User.objects.create_verified_user(
                f"{name}@staff.example.org", PASSWORD, is_staff=staff
            )
            user.groups.set(Group.objects.filter(name__in=groups))
            world.people[name] = user
    keep_cookies(world)
    return world


def keep_cookies(world):
    """Of those who are in no longer, or never were with an account."""
    guest()
    report = world.member.assessments.get(submitted_at__isnull=False)
    link = sharing.make(assessment=report, scope="gaps", days=7, press=new_key())
    clients = {"guest": browser(), "holder": Client()}
    clients |= {name: world.client(name) for name in ("deactivated", "signed-out")}
    world.cookies = {name: deepcopy(client.cookies) for name, client in clients.items()}
    clients["holder"].get(f"/shared/{link.token}/")
    clients["signed-out"].post("/accounts/logout/")
    User.objects.filter(pk=world.people["deactivated"].pk).update(is_active=False)


def answered(member, role):
    """One report and one open assessment, each with the words."""
    version = role.versions.get()
    for submit in (True, False):
        mine = actions.start(by=member, version=version)
        for skill in version.definition.skills:
            Answer.objects.create(
                assessment=mine, skill=skill.slug, level=2, example=SECRET, revision=1
            )
        if submit:
            actions.submit(assessment=mine)


def addresses():
    """Every address below /admin/: its name, or its pattern where it has none, and the pattern."""
    found = _walk(get_resolver().url_patterns, "")
    return [(name, pattern) for name, pattern in found if pattern.startswith("admin/")]


def _walk(patterns, before) -> Any:
    for one in patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, pattern)
        else:
            yield one.name or pattern.removeprefix("admin/"), pattern


def filled(pattern, values):
    """`<int:role_id>/publish/` with the world's role."""
    pattern = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).replace("^", "").replace("$", "")
    part = r"<(?:\w+:)?(\w+)>"
    return "/" + re.sub(part, lambda found: str(values[found.group(1)]), pattern)


def everything():
    """All rows of all tables."""
    return {
        model.__name__: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model.__name__ not in TRACKS
    }


def changed(before):
    after = everything()
    return {name for name in before if before[name] != after[name]}
