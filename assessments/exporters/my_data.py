"""Everything kept about one person as a zip: JSON for programs, HTML for people.

docs/my-data.md describes the format. Written a part at a time, so that a long history costs no
more memory than a short one. No secret is in it: no password, no key of a second factor, no
address of a shared link.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db.models import Q

from assessments.models import (
    Assessment,
    NewsletterIssue,
    OutgoingMail,
    Plan,
    PlanItem,
    QualificationAnswer,
    Reminders,
    RoleVersion,
    Subscriber,
    User,
    in_any_case,
)

from .my_data_page import Page

FORMAT = "careerpath-data/1"
DATA, PAGE = "careerpath-data.json", "careerpath-data.html"
PART = 50  # assessments held in memory at a time
IN_MEMORY = 1024 * 1024  # bytes of a file before it moves to the disk
MOST_EDITS = 10_000


def write(file: BinaryIO, member: User, *, moment: datetime) -> None:
    head = _head(member, moment)
    page = Page(head)
    with (
        ZipFile(file, "w", ZIP_DEFLATED) as archive,
        SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as text,
    ):
        text.write(page.before)
        with archive.open(DATA, "w") as out:
            for piece in _pieces(member, head, page, text):
                out.write(piece.encode())
        text.write(page.after)
        text.seek(0)
        with archive.open(PAGE, "w") as out:
            while piece := text.read(IN_MEMORY):
                out.write(piece.encode())


def _pieces(member: User, head: dict[str, Any], page: Page, text: Any) -> Iterator[str]:
    """The JSON; what the page says of each assessment goes into `text` on the way."""
    numbers: dict[int, int] = {}
    reported: set[int] = set()
    yield f'{_json(head)[:-1]},"assessments":['
    for assessment in _assessments(member):
        yield "," if numbers else ""
        numbers[assessment.pk] = len(numbers) + 1
        if assessment.is_submitted:
            reported.add(assessment.version_id)
        yield _json(_assessment(assessment, numbers[assessment.pk]))
        text.write(page.section(assessment))
    plan = _plan(member, numbers)
    text.write(page.plan(plan))
    yield f'],"plan":{_json(plan)},"definitions":{{'
    # Only of what is rated already: before, nobody is to see what a role asks for.
    versions = RoleVersion.objects.filter(pk__in=reported).values_list("sha256", "content")
    done: set[str] = set()
    for sha256, content in versions.order_by("pk").iterator(chunk_size=PART):
        if sha256 not in done:
            yield f'{"," if done else ""}"{sha256}":{content}'
            done.add(sha256)
    yield "}}\n"


def _assessments(member: User) -> Iterator[Assessment]:
    """In the order they were opened, a part at a time, each with its version and its rows."""
    rows = (
        Assessment.objects.filter(member=member)
        .select_related("role")
        .prefetch_related("answers", "share_links")
        .order_by("pk")
    )
    last = 0
    while part := list(rows.filter(pk__gt=last)[:PART]):
        versions = RoleVersion.objects.in_bulk({one.version_id for one in part})
        degrees = QualificationAnswer.objects.filter(assessment__in=part)
        by_assessment = {one.assessment_id: one for one in degrees}
        for one in part:
            one.version = versions[one.version_id]
            one.degree = by_assessment.get(one.pk)  # type: ignore[attr-defined]
        yield from part
        last = part[-1].pk


def _head(member: User, moment: datetime) -> dict[str, Any]:
    addresses = list(EmailAddress.objects.filter(user=member).order_by("pk"))
    emails = {member.email, *(one.email for one in addresses)}
    reminders = Reminders.objects.filter(member=member).first()
    return {
        "format": FORMAT,
        "exported_at": _time(moment),
        "site": settings.SITE_URL,
        "account": {
            "email": member.email,
            "addresses": [{"email": one.email, "verified": one.verified} for one in addresses],
            "joined_at": _time(member.date_joined),
            "last_signed_in_at": _time(member.last_login),
            "has_password": member.has_usable_password(),
            "second_factors": [
                {
                    "kind": one.type,
                    "added_at": _time(one.created_at),
                    "last_used_at": _time(one.last_used_at),
                }
                for one in Authenticator.objects.filter(user=member).order_by("pk")
            ],
            "may_edit": member.is_staff,
            "groups": sorted(member.groups.values_list("name", flat=True)),
        },
        "sessions": [
            {
                "signed_in_at": _time(one.created_at),
                "last_seen_at": _time(one.last_seen_at),
                "ip": one.ip,
                "browser": one.user_agent,
            }
            for one in UserSession.objects.filter(user=member).order_by("pk")
        ],
        "reminders": {
            "plan_dates": bool(reminders and reminders.plan_dates),
            "come_back": bool(reminders and reminders.come_back),
        },
        "newsletter": [
            {"asked_at": _time(one.asked_at), "confirmed_at": _time(one.confirmed_at)}
            for one in Subscriber.objects.filter(in_any_case("email", emails))
        ],
        "mail": [
            {
                "subject": one.subject,
                "state": one.state,
                "written_at": _time(one.created_at),
                "settled_at": _time(one.settled_at),
            }
            for one in OutgoingMail.objects.filter(
                Q(member=member) | in_any_case("recipient", emails)
            ).order_by("pk")
        ],
        "edited": _edited(member),
    }


def _edited(member: User) -> dict[str, Any]:
    """What an editor did, under their name."""
    versions = RoleVersion.objects.light().filter(published_by=member).select_related("role")
    issues = NewsletterIssue.objects.filter(created_by=member).order_by("pk")
    log = LogEntry.objects.filter(user_id=member.pk).order_by("-action_time")[:MOST_EDITS]
    return {
        "published": [
            {
                "role": one.role.slug,
                "version": one.number,
                "published_at": _time(one.published_at),
                "note": one.note,
            }
            for one in versions.order_by("pk")
        ],
        "newsletters": [
            {"subject": one.subject, "written_at": _time(one.created_at)} for one in issues
        ],
        "log": [
            {
                "at": _time(at),
                "what": {1: "added", 2: "changed", 3: "deleted"}.get(flag, ""),
                "object": name,
            }
            for at, flag, name in log.values_list("action_time", "action_flag", "object_repr")
        ],
    }


def _assessment(assessment: Assessment, number: int) -> dict[str, Any]:
    version = assessment.version
    degree: QualificationAnswer | None = assessment.degree  # type: ignore[attr-defined]
    return {
        "number": number,
        "role": {"slug": assessment.role.slug, "title": version.title},
        "version": {"number": version.number, "definition_sha256": version.sha256},
        "opened_at": _time(assessment.opened_at),
        "saved_at": _time(assessment.saved_at),
        "submitted_at": _time(assessment.submitted_at),
        "met": assessment.met,
        "targets": assessment.targets,
        "result_sha256": assessment.result_sha256,
        "answers": [
            {
                "skill": one.skill,
                "level": one.level,
                "last_done": one.last_done,
                "example": one.example,
                "saved_at": _time(one.saved_at),
                "seconds": one.seconds,
            }
            for one in assessment.answers.all()
        ],
        "qualification": {
            "degree": degree.degree,
            "field": degree.field,
            "saved_at": _time(degree.saved_at),
        }
        if degree
        else None,
        "shared_links": [
            {
                "shows": one.scope,
                "made_at": _time(one.created_at),
                "ends_at": _time(one.expires_at),
                "revoked_at": _time(one.revoked_at),
                "visits": one.visits,
            }
            for one in assessment.share_links.all()
        ],
    }


def _plan(member: User, numbers: dict[int, int]) -> dict[str, Any] | None:
    plan = Plan.objects.filter(member=member).first()
    if plan is None:
        return None
    items = plan.items.select_related("link__resource", "link__skill").order_by("pk")
    return {
        "hours_a_week": plan.hours_a_week,
        "budget": plan.budget,
        "starts_on": plan.starts_on.isoformat(),
        "items": [_item(one, numbers) for one in items],
    }


def _item(item: PlanItem, numbers: dict[int, int]) -> dict[str, Any]:
    link = item.link
    return {
        "assessment": numbers.get(item.assessment_id, 0),
        "requirement": item.requirement,
        "skill": item.skill,
        "from_level": item.from_level,
        "to_level": item.to_level,
        "hours": item.hours,
        "status": item.status,
        "notes": item.notes,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "added_at": _time(item.added_at),
        "resource": {
            "slug": link.resource.slug,
            "name": link.resource.name,
            "from_level": link.from_level,
            "url": link.url,
        }
        if link
        else None,
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
