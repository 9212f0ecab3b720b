"""A site to measure: a thousand roles, and people in the middle of everything. Made from the
tests' factories, so nothing from outside is needed.
"""

import json
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from time import process_time
from typing import cast
from unittest.mock import patch

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from assessments.access import PersonRequest
from assessments.actions.search_index import rebuild_search
from assessments.domain import onet_scale
from assessments.domain.carrying import meaning
from assessments.models import (
    Answer,
    Assessment,
    Correspondence,
    LastDone,
    Plan,
    PlanItem,
    ResourceLink,
    RoleVersion,
    Scale,
    ScaleLevel,
    User,
)
from assessments.views.report import make_ready
from tests import published
from tests.definitions import requirement, wide_definition
from tests.factories import (
    AnchorFactory,
    OutlookFactory,
    ReleaseFactory,
    ResourceFactory,
    SkillFactory,
    WageFactory,
)
from tests.occupations import occupation

QUESTIONS = 40
ROLES = 1_000
ELEMENTS = tuple(f"2.{number}" for number in range(68))
ANSWERED = ELEMENTS[1:QUESTIONS:2]  # what every other skill of the analyst stands for
NEARBY = 10  # roles that ask for nothing else: however few there are, some are ranked as near
AT_ONCE = 4_000
LEVELS = (None, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4)
PLANNED = 5
OURS = settings.AUTHENTICATION_BACKENDS[0]
PLAIN = "django.contrib.auth.backends.ModelBackend"  # of the baselines, which go without allauth


def build(people: int, reports: int, roles: int = ROLES, versions: int = 1) -> str:
    """JSON of what requests are made from: see `bench.pages`.

    `versions` of every role. The reports of each person are on all of analyst's, the last one and
    what is open on the newest. More of anything changes nothing about the first people.
    """
    make_roles(roles, random.Random(7))  # noqa: S311 - nothing secret
    make_role()
    make_versions(versions)
    published_so_far = list(RoleVersion.objects.filter(role__slug="analyst").order_by("number"))
    version = published_so_far[-1]
    persons = make_people(people)
    keys = make_reports(persons, published_so_far, reports)
    opened = make_open(persons, version)
    make_plans(persons, keys)
    asked = [one.slug for one in version.definition.skills]
    return json.dumps(
        {
            "sessions": [session_of(one, OURS) for one in persons],
            "beside": [session_of(one, PLAIN) for one in persons],
            "assessments": [one.key for one in opened],
            "reports": keys,
            "skills": asked,
            "meanings": [meaning(version.definition, slug) for slug in asked],
        }
    )


def make_roles(count: int, chance: random.Random) -> None:
    """As an import of O*NET leaves them, each with all ratings, pay and outlook."""
    scale, _new = Scale.objects.get_or_create(slug=onet_scale.SLUG, name=onet_scale.NAME)
    for one in onet_scale.LEVELS:
        ScaleLevel.objects.get_or_create(scale=scale, value=one.value, word=one.word)
    for number, element in enumerate(ELEMENTS):
        named = {"slug": f"element-{number}", "name": f"Element {number}"}
        SkillFactory(**named, element=element, scale=scale, anchors=())
    ReleaseFactory(source="onet", name="O*NET", period="February 2025", sha256=token_hex(32))
    ReleaseFactory(source="oews", sha256=token_hex(32))
    ReleaseFactory(source="projections", period="2021 to 2031", sha256=token_hex(32))
    asked = [f"element-{number}" for number in range(30)]
    with patch.object(published, "rebuild_search"):
        for number in range(count):
            occupation(
                f"Occupation number {number}",
                summary=f"Do what people of kind {number} do, plan it, and tell others about it.",
                skills=asked,
                ratings=ratings(chance, ANSWERED if number < NEARBY else ELEMENTS),
                job_zone=1 + number % 5,
                wage=WageFactory(annual_median=30_000 + 100 * number),
                outlook=OutlookFactory(growth=number % 20),
            )


def ratings(chance: random.Random, asked: Collection[str]) -> str:
    """Importance and level of every element, none suppressed; only those `asked` are relevant."""
    return json.dumps(
        [
            [one, f"{chance.uniform(1, 5):.2f}", f"{chance.uniform(1, 7):.2f}", False, one in asked]
            for one in ELEMENTS
        ]
    )


def make_role() -> RoleVersion:
    """Forty requirements in four groups, and three places to learn each, in today's catalogue."""
    definition = wide_definition(QUESTIONS)
    targets = [
        requirement(
            f"s{number}",
            2 + number % 3,
            importance=1 + number % 5,
            essential=number % 3 == 0,
            group=f"g{number // 10}",
        )
        for number in range(QUESTIONS)
    ]
    role = replace(definition, slug="analyst", title="Analyst", requirements=tuple(targets))
    resources = [ResourceFactory() for _number in range(20)]
    for number, one in enumerate(role.skills):
        skill = SkillFactory(slug=one.slug, name=one.name, anchors=())
        for anchor in one.anchors:
            AnchorFactory(skill=skill, level=anchor.level, text=anchor.text)
        for place in range(3):
            resource = resources[(number + place) % len(resources)]
            ResourceLink.objects.create(
                resource=resource,
                skill=skill,
                from_level=0,
                to_level=4,
                url=f"https://learn.example.org/{number}/{place}/",
                reason="Takes you all the way.",
            )
        if number % 2:
            Correspondence.objects.create(
                skill=skill, kind="element", code=ELEMENTS[number], loose=number % 3 == 0
            )
    version = published.publish(role)
    rebuild_search()
    return version


def make_versions(count: int) -> None:
    """Every role as if it had been published so often, each time with another summary."""
    if count == 1:
        return
    for first in list(RoleVersion.objects.order_by("pk")):
        known = first.definition
        contents = {
            number: replace(known, summary=f"{known.summary} Version {number}.").canonical_json()
            for number in range(2, count + 1)
        }
        RoleVersion.objects.bulk_create(
            RoleVersion(
                role_id=first.role_id,
                number=number,
                title=first.title,
                content=content,
                sha256=sha256(content.encode()).hexdigest(),
            )
            for number, content in contents.items()
        )


def make_people(count: int) -> list[User]:
    """Nobody has a password: their sessions are made here."""
    found = [User(email=f"{number}@example.org") for number in range(count)]
    for one in found:
        one.set_unusable_password()
    return User.objects.bulk_create(found)


def session_of(person: User, backend: str) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def make_open(persons: list[User], version: RoleVersion) -> list[Assessment]:
    """Begun, and nothing answered."""
    return Assessment.objects.bulk_create(
        Assessment(member=one, role_id=version.role_id, version=version) for one in persons
    )


def make_reports(
    persons: list[User],
    versions: Sequence[RoleVersion],
    each: int,
    began: datetime | None = None,
) -> list[list[str]]:
    """Keys of sent assessments, by person: every question answered, by each in their own way.

    One a day, 400 days ago; or one a second from `began` on. The first are on the oldest versions,
    the last one on the newest.
    """
    first = began or timezone.now() - timedelta(days=400)
    between = timedelta(seconds=1) if began else timedelta(days=1)
    found: list[list[str]] = [[] for _one in persons]
    for number in range(each):
        rows = make_open(persons, versions[-1 - (each - 1 - number) * len(versions) // each])
        Answer.objects.bulk_create(
            (
                answer
                for place, row in enumerate(rows)
                for answer in answers(row, random.Random(f"{number} of {place}"))  # noqa: S311 - nothing secret
            ),
            batch_size=AT_ONCE,
        )
        Assessment.objects.filter(pk__in=[row.pk for row in rows]).update(
            submitted_at=first + number * between,
            met=0,
            targets=QUESTIONS,
            result_sha256=token_hex(32),
        )
        for keys, row in zip(found, rows, strict=True):
            keys.append(row.key)
    return found


def send(each: int, start: int = 0, stop: int | None = None) -> str:
    """So many more reports of each person, their pages made ready as by the press that sends one.

    JSON of their keys by person, and milliseconds of work for each page. `start` and `stop` leave
    out people, by the order in which they were made.
    """
    version = RoleVersion.objects.filter(role__slug="newly").first() or publish_newly()
    persons = list(User.objects.order_by("pk")[start:stop])
    found = make_reports(persons, [version], each, timezone.now() - timedelta(minutes=1))
    began = process_time()
    for person, keys in zip(persons, found, strict=True):
        for key in keys:
            request = cast(PersonRequest, RequestFactory().post("/"))
            request.user = request.person = person
            request.guest = None
            make_ready(request, key)
    spent = 1000 * (process_time() - began)
    return json.dumps({"sent": found, "each": spent / (each * len(persons))})


def publish_newly() -> RoleVersion:
    newest = RoleVersion.objects.filter(role__slug="analyst").order_by("-number")[0]
    known = newest.definition
    return published.publish(replace(known, slug="newly", title="Analyst, newly sent"))


def answers(assessment: Assessment, chance: random.Random) -> Iterator[Answer]:
    for number in range(QUESTIONS):
        level = chance.choice(LEVELS)
        yield Answer(
            assessment=assessment,
            skill=f"s{number}",
            level=level,
            last_done="" if level is None else chance.choice(LastDone.values),
            example=f"I did it in project {chance.randint(1, 999)}." if number % 8 == 0 else "",
            revision=number + 1,
        )


def make_plans(persons: list[User], reports: list[list[str]]) -> None:
    plans = Plan.objects.bulk_create(Plan(member=one) for one in persons)
    latest = Assessment.objects.in_bulk([keys[-1] for keys in reports], field_name="key")
    links = {one.skill.slug: one for one in ResourceLink.objects.select_related("skill")}
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            assessment=latest[keys[-1]],
            requirement=f"s{number}",
            skill=f"s{number}",
            from_level=0,
            to_level=2,
            link=links[f"s{number}"],
            hours=10,
        )
        for plan, keys in zip(plans, reports, strict=True)
        for number in range(PLANNED)
    )
