"""A site with every kind of page, for measuring them on the server as shipped.

`build` runs inside that site and prints JSON: whose cookie opens which address.
"""

import json
import random
from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore

from assessments.actions import assessment as actions
from assessments.actions import guest as guests
from assessments.actions import plan as plans
from assessments.actions import sharing
from assessments.models import PlanItem, RoleVersion, Skill, User
from assessments.models.assessment import new_key
from tests.browser.journey import ROLE, START, question_path
from tests.definitions import definition, requirement
from tests.occupations import bakery
from tests.published import answer, publish
from tests.rated import ladder

NOBODY = ""
PYTHON = "from tests.browser.every_page import build; print(build())"
OURS = settings.AUTHENTICATION_BACKENDS[0]
LEVELS = (1, 3, 0, 2, 4, None, 2, 3)


@dataclass(frozen=True)
class Page:
    """`cookie` is "name=value", or nothing for a visitor."""

    name: str
    path: str
    cookie: str


def pages_of(site):
    found = json.loads(site.python(PYTHON).splitlines()[-1])
    return [
        Page(f"{who}: {name}", path, found["cookies"].get(who, NOBODY))
        for who, pages in found["pages"].items()
        for name, path in pages.items()
    ]


def build():
    person = User.objects.create_user("member@example.org")
    built_in = RoleVersion.objects.get(role__slug=ROLE.split("/")[2])
    bakers, cooks = bakery()
    *_others, lawyers = ladder()
    guest = guests.begin(version=built_in)
    pages = {
        "visitor": visitor_pages(bakers, cooks),
        "guest": open_pages(guest.assessment)
        | {"report": report_path(sent(guest.guest, lawyers.role.versions.get()))},
        "member": member_pages(person, built_in, lawyers),
        "editor": {"skill": f"/admin/assessments/skill/{Skill.objects.first().pk}/change/"},
    }
    editor = User.objects.create_user("editor@example.org", is_staff=True)
    editor.groups.set(Group.objects.filter(name__in=["Editor", "Publisher"]))
    shared = sharing.make(
        assessment=person.assessments.filter(version=built_in).exclude(submitted_at=None).first(),
        scope="examples",
        days=7,
        press=new_key(),
    )
    pages["visitor"]["shared report"] = f"/shared/{shared.token}/"
    cookies = {
        "guest": f"{settings.GUEST_COOKIE_NAME}={guest.token}",
        "member": f"{settings.SESSION_COOKIE_NAME}={session_of(person)}",
        "editor": f"{settings.SESSION_COOKIE_NAME}={session_of(editor)}",
    }
    return json.dumps({"cookies": cookies, "pages": pages})


def visitor_pages(bakers, cooks):
    return {
        "home": "/",
        "roles": "/roles/",
        "search": "/roles/?q=bakers&zone=3",
        "role": ROLE,
        "occupation": f"/roles/{bakers.role.slug}/",
        "unrated occupation": f"/roles/{cooks.role.slug}/",
        "start": START,
        "sign up": "/accounts/signup/",
        "sign in": "/accounts/login/",
        "new password": "/accounts/password/reset/",
        "newsletter": "/newsletter/",
        "nothing here": "/nowhere/",
    }


def member_pages(person, built_in, lawyers):
    wanted = built_in.definition.requirements[:2]
    nothing = {skill: 0 for one in wanted for skill in one.skills}
    first, second = sent(person, built_in, **nothing), sent(person, built_in, shift=1)
    plans.add(by=person, assessment=first, chosen=dict.fromkeys(one.slug for one in wanted))
    opened = actions.start(by=person, version=built_in)
    rated = actions.start(by=person, version=lawyers.role.versions.get())
    answer(rated, reading=4, law=2)
    own = f"/assessments/{opened.key}/"
    return open_pages(opened) | {
        "assessments": "/assessments/",
        "qualifications": f"{own}qualifications/",
        "check answers": f"{own}review/",
        "start": START,
        "home": "/",
        "role": ROLE,
        "roles": "/roles/",
        "report": report_path(first),
        "report of 40": report_path(sent(person, publish(wordy(40)))),
        "report of 200": report_path(sent(person, publish(wordy(200)))),
        "compare": f"/reports/{first.key}/compare/{second.key}/",
        "share": f"/reports/{first.key}/share/",
        "plan": "/plan/",
        "add to plan": f"/plan/add/{second.key}/",
        "planned skill": f"/plan/{PlanItem.objects.first().skill}/",
        "nearest": "/roles/nearest/",
        "nearest one": "/roles/nearest/lawyers/",
        "steps": "/roles/lawyers/steps/?from=clerks",
        "account": "/accounts/",
        "my data": "/account/",
        "import": "/account/import/",
        "addresses": "/accounts/email/",
        "password": "/accounts/password/set/",
        "devices": "/accounts/sessions/",
        "second factor": "/accounts/2fa/",
        "reminders": "/reminders/",
        "sign out": "/accounts/logout/",
    }


def open_pages(assessment):
    asked = assessment.version.definition.skills[2].slug
    return {
        "question": question_path(assessment.key, asked),
        "tasks": f"/assessments/{assessment.key}/",
    }


def report_path(assessment):
    return f"/reports/{assessment.key}/"


def sent(person, version, shift=0, **said):
    """With answers of every kind to every question."""
    mine = actions.start(by=person, version=version)
    levels = {
        one.slug: LEVELS[(number + shift) % len(LEVELS)]
        for number, one in enumerate(version.definition.skills)
    }
    answer(mine, **levels | said)
    return actions.submit(assessment=mine)


def session_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = OURS
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key


# --- A role as long as asked for, in words that are shuffled, which compress worse than prose ----


def wordy(count):
    built_in = RoleVersion.objects.get(role__slug=ROLE.split("/")[2]).definition
    said = " ".join(one.reason for one in built_in.requirements)
    words = sorted({word.strip(".,;:()") for word in said.split()} - {""})
    chance = random.Random(count)

    def some(number):
        return " ".join(chance.choices(words, k=number)).capitalize()

    asked = [
        replace(
            requirement(
                f"s{number}",
                2 + number % 3,
                importance=1 + number % 5,
                essential=number % 3 == 0,
                group=f"g{number // 10}",
            ),
            title=some(3),
            reason=f"{some(14)}.",
        )
        for number in range(count)
    ]
    role = definition(*asked, scale=built_in.scales[0], slug=f"role-{count}", title=some(3))
    skills = (
        replace(
            one,
            name=some(3),
            description=f"{some(14)}.",
            anchors=tuple(replace(anchor, text=f"I {some(12)}") for anchor in one.anchors),
        )
        for one in role.skills
    )
    return replace(role, skills=tuple(skills))
