"""A site with every kind of page, for measuring them on the server as shipped.

`build` runs inside that site and prints JSON: whose cookies open which address, and which answer
404 or 410 on purpose. `test_budgets.py` holds that no page is left out.
"""

import json
import random
import time
import zlib
from dataclasses import replace
from unittest.mock import patch

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client

from assessments.actions import assessment as actions
from assessments.actions import guest as guests
from assessments.actions import mail_links, sharing
from assessments.actions import plan as plans
from assessments.actions.forgetting import import_slot
from assessments.importers.my_data import parse
from assessments.models import NewsletterIssue, PlanItem, RoleVersion, Skill, Subscriber, User
from assessments.models.assessment import new_key
from tests import my_data
from tests.access.passkeys import passkey
from tests.browser.journey import ROLE, START, question_path
from tests.conftest import PASSWORD
from tests.definitions import definition, requirement
from tests.occupations import bakery
from tests.published import answer, publish
from tests.rated import ladder

OURS = settings.AUTHENTICATION_BACKENDS[0]
LEVELS = (1, 3, 0, 2, 4, None, 2, 3)
DAY = 24 * 60 * 60  # of measuring: until then nothing asks again who it is, and nothing lapses
LAPSES = {"account_login": "initiated_at", "account_email_verification_code": "at"}
# Pages that say so, as the server answers them.
ABSENT = {
    "visitor: nothing here": 404,
    "visitor: link to a report, ended": 410,
    "visitor: newsletter link, too old": 410,
}


def build():
    built_in = RoleVersion.objects.get(role__slug=ROLE.split("/")[2])
    bakers, cooks = bakery()
    *_others, lawyers = ladder()
    person = User.objects.create_verified_user("member@example.org", None)
    careful = User.objects.create_verified_user("careful@example.org", PASSWORD)
    editor = User.objects.create_user("editor@example.org", is_staff=True)
    editor.groups.set(Group.objects.filter(name__in=["Editor", "Publisher"]))
    guest = guests.begin(version=built_in)
    of_guest = open_pages(guest.assessment) | {
        "report": report_path(sent(guest.guest, lawyers.role.versions.get())),
        "forget": "/assessments/forget/",
    }
    of_member = member_pages(person, built_in, lawyers)
    pages = {
        "visitor": visitor_pages(bakers, cooks) | pages_by_link(person, built_in),
        "guest": of_guest,
        "member": of_member,
        "member with things of a guest": {"claim": "/assessments/claim/"},
        "careful": careful_pages(careful),
        "signing in": {"second step": "/accounts/2fa/authenticate/"},
        "signing up": {"code from a mail": "/accounts/confirm-email/"},
        "forgetful": {"new password": f"{RESET}key/{user_pk_to_url_str(careful)}-set-password/"},
        "editor": editor_pages(built_in.role, editor),
    }
    as_member = cookie_of(session_of(person))
    as_guest = f"{settings.GUEST_COOKIE_NAME}={guest.token}"
    cookies = {
        "guest": as_guest,
        "member": as_member,
        "member with things of a guest": f"{as_member}; {as_guest}",
        "careful": cookie_of(session_of(careful, **just_now(careful))),
        "signing in": cookie_of(
            half_in("/accounts/login/", login=careful.email, password=PASSWORD)
        ),
        "signing up": cookie_of(
            half_in("/accounts/signup/", email="new@example.org", password1=PASSWORD)
        ),
        "forgetful": cookie_of(with_reset_link(careful)),
        "editor": cookie_of(session_of(editor)),
    }
    return json.dumps({"cookies": cookies, "pages": pages, "absent": ABSENT})


RESET = "/accounts/password/reset/"


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
        "closed account": "/accounts/inactive/",
        "deleted account": "/account/gone/",
        "forgotten password": RESET,
        "forgotten password, asked": f"{RESET}done/",
        "forgotten password, old link": f"{RESET}key/abc-def/",
        "forgotten password, changed": f"{RESET}key/done/",
        "newsletter": "/newsletter/",
        "newsletter, asked": "/newsletter/asked/",
        "nothing here": "/nowhere/",
    }


def pages_by_link(person, built_in):
    report = person.assessments.filter(version=built_in).exclude(submitted_at=None).first()
    link, ended = (
        sharing.make(assessment=report, scope=scope, days=7, press=new_key())
        for scope in ("examples", "gaps")
    )
    sharing.revoke(link=ended)
    reader = Subscriber.objects.create(email="reader@example.org").key
    with patch("django.core.signing.time.time", return_value=0):
        too_old = mail_links.confirming.sign(reader)
    return {
        "shared report": f"/shared/{link.token}/",
        "link to a report, ended": f"/shared/{ended.token}/",
        "newsletter, confirm": f"/newsletter/confirm/{mail_links.confirming.sign(reader)}/",
        "newsletter link, too old": f"/newsletter/confirm/{too_old}/",
        "newsletter, end": f"/newsletter/unsubscribe/{mail_links.unsubscribing.sign(reader)}/",
        "reminders, end": f"/reminders/off/{mail_links.ending_reminders.sign(str(person.pk))}/",
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
    older, older_report = outdated(person)
    file_to_bring_back(person)
    return open_pages(opened) | {
        "assessments": "/assessments/",
        "qualifications": f"{own}qualifications/",
        "check answers": f"{own}review/",
        "newer version": f"/assessments/{older.key}/version/",
        "newer version of a report": f"{report_path(older_report)}version/",
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
        "import, to check": "/account/import/check/",
        "delete account": "/account/delete/",
        "addresses": "/accounts/email/",
        "set password": "/accounts/password/set/",
        "devices": "/accounts/sessions/",
        "second factor": "/accounts/2fa/",
        "new app for codes": "/accounts/2fa/totp/activate/",
        "reminders": "/reminders/",
        "sign out": "/accounts/logout/",
    }


def outdated(person):
    """An open assessment and a report of a role of which there is a newer version."""
    role = replace(wordy(20), slug="older")
    version = publish(role)
    report = sent(person, version)
    opened = actions.start(by=person, version=version)
    answer(opened, **{one.slug: 2 for one in role.skills[:9]})
    first, *others = role.requirements
    reworded = (replace(role.skills[0], description="Said otherwise."), *role.skills[1:])
    asked = (replace(first, level=first.level % 4 + 1), *others)
    publish(replace(role, requirements=asked, skills=reworded))
    return opened, report


def file_to_bring_back(person):
    """As if chosen a moment ago."""
    data = parse(json.dumps(my_data.raw(person)))
    cache.set(import_slot(person.pk), zlib.compress(data.as_text().encode()), DAY)


def careful_pages(person):
    """Of somebody with a password, an app for codes, recovery codes and a passkey."""
    TOTP.activate(person, "A" * 32)
    RecoveryCodes.activate(person)
    own = f"/accounts/2fa/webauthn/keys/{passkey(person, 'Phone').pk}/"
    return {
        "change password": "/accounts/password/change/",
        "is it you": "/accounts/reauthenticate/",
        "is it you, by code": "/accounts/2fa/reauthenticate/",
        "is it you, by passkey": "/accounts/2fa/webauthn/reauthenticate/",
        "second factor": "/accounts/2fa/",
        "no app for codes": "/accounts/2fa/totp/deactivate/",
        "recovery codes": "/accounts/2fa/recovery-codes/",
        "new recovery codes": "/accounts/2fa/recovery-codes/generate/",
        "passkeys": "/accounts/2fa/webauthn/",
        "new passkey": "/accounts/2fa/webauthn/add/",
        "name of a passkey": f"{own}edit/",
        "remove a passkey": f"{own}remove/",
    }


def editor_pages(role, editor):
    skill = Skill.objects.first()
    skill.description = "Said otherwise."
    skill.save()
    changed = skill.history.latest().pk
    issue = NewsletterIssue.objects.create(subject="News", body="All is well.", created_by=editor)
    requirement_id = role.requirements.first().pk
    resource = skill.resource_links.first().resource_id
    paths = {
        "index": "",
        "models": "assessments/",
        "roles": "assessments/role/",
        "new role": "assessments/role/add/",
        "role": f"assessments/role/{role.pk}/change/",
        "publish": f"assessments/role/{role.pk}/publish/",
        "history of a role": f"assessments/role/{role.pk}/history/",
        "requirements": f"assessments/requirement/?role__id__exact={role.pk}",
        "requirement": f"assessments/requirement/{requirement_id}/change/",
        "skills": "assessments/skill/",
        "new skill": "assessments/skill/add/",
        "skill": f"assessments/skill/{skill.pk}/change/",
        "skill as asked": f"assessments/skill/preview/{skill.scale_id}/",
        "import of skills": "assessments/skill/import/",
        "resources": "assessments/resource/",
        "resource": f"assessments/resource/{resource}/change/",
        "links": "assessments/resourcelink/",
        "scale": f"assessments/scale/{skill.scale_id}/change/",
        "fields of study": "assessments/fieldofstudy/",
        "versions": "assessments/roleversion/",
        "version": f"assessments/roleversion/{role.versions.get().pk}/change/",
        "health": f"assessments/roleversion/{role.versions.get().pk}/health/",
        "changes": "assessments/changes/",
        "put back": f"assessments/changes/skill/{changed}/put-back/",
        "newsletters": "assessments/newsletterissue/",
        "newsletter": f"assessments/newsletterissue/{issue.pk}/change/",
        "delete newsletter": f"assessments/newsletterissue/{issue.pk}/delete/",
        "newsletter as sent": f"assessments/newsletterissue/{issue.pk}/preview/",
        "occupations": "assessments/occupation/",
    }
    return {name: f"/admin/{path}" for name, path in paths.items()}


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


# --- Who they are to the site -------------------------------------------------------------------


def cookie_of(session):
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def session_of(person, **more):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = OURS
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.update(more)
    session.create()
    return session


def just_now(person):
    """They have shown who they are."""
    shown = {"method": "password", "at": time.time() + DAY, "reauthenticated": True}
    return {
        "account_authentication_methods": [shown],
        "account_authentication_methods_user": str(person.pk),
    }


def half_in(path, **fields):
    """What was filled in was right; a code is still to come."""
    client = Client(headers={"host": "localhost"})
    client.post(path, fields)
    session = client.session
    for what, began in LAPSES.items():
        if what in session:
            session[what][began] += DAY
    session.save()
    return session


def with_reset_link(person):
    """They have opened the link of that mail."""
    session = SessionStore()
    session[INTERNAL_RESET_SESSION_KEY] = default_token_generator.make_token(person)
    session.create()
    return session


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
