"""What is kept about one person: counted for their page, and compared with an export of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Count, Q, QuerySet, Value

from assessments.importers.my_data import MOST_ITEMS, MyData
from assessments.importers.my_data_plan import Here, Known, Mark, fingerprint
from assessments.models import (
    Assessment,
    OutgoingMail,
    Plan,
    PlanItem,
    Reminders,
    ResourceLink,
    RoleVersion,
    ShareLink,
    Subscriber,
    User,
    in_any_case,
)

# Of a report and its degree; the rest of each row is one of its answers.
OF_REPORT = (
    "pk",
    "role_id",
    "submitted_at",
    "qualification_answer__degree",
    "qualification_answer__field",
)
WIDE = len(OF_REPORT)
OF_ANSWER = ("answers__skill", "answers__level", "answers__last_done", "answers__example")


@dataclass(frozen=True)
class Kept:
    """How much there is of each kind."""

    addresses: tuple[str, ...]
    second_factors: int
    devices: int
    open: int
    reports: int
    planned: int
    links: int
    links_ended: int
    reminders: int
    subscribed: bool
    waiting_for_yes: bool
    mails: int
    may_edit: bool


def kept(member: User) -> Kept:
    addresses = addresses_of(member)
    assessments = Assessment.objects.filter(member=member)
    links = ShareLink.objects.filter(assessment__member=member)
    reminders = Reminders.objects.filter(member=member)
    readers = Subscriber.objects.filter(in_any_case("email", addresses))
    mails = OutgoingMail.objects.filter(Q(member=member) | in_any_case("recipient", addresses))
    found = _counted(
        second_factors=Authenticator.objects.filter(user=member),
        devices=UserSession.objects.filter(user=member),
        open=assessments.open(),
        reports=assessments.submitted(),
        planned=PlanItem.objects.filter(plan__member=member),
        links=links,
        links_active=links.active(),
        of_dates=reminders.filter(plan_dates=True),
        to_come_back=reminders.filter(come_back=True),
        asked=readers,
        confirmed=readers.filter(confirmed_at__isnull=False),
        mails=mails,
    )
    return Kept(
        addresses=addresses,
        second_factors=found["second_factors"],
        devices=found["devices"],
        open=found["open"],
        reports=found["reports"],
        planned=found["planned"],
        links=found["links_active"],
        links_ended=found["links"] - found["links_active"],
        reminders=found["of_dates"] + found["to_come_back"],
        subscribed=bool(found["confirmed"]),
        waiting_for_yes=bool(found["asked"]) and not found["confirmed"],
        mails=found["mails"],
        may_edit=member.is_staff,
    )


def _counted(**rows: QuerySet[Any]) -> dict[str, int]:
    """How many there are of each, in one query."""
    first, *others = (
        some.order_by().values(of=Value(name)).annotate(how_many=Count("pk"))
        for name, some in rows.items()
    )
    return {one["of"]: one["how_many"] for one in first.union(*others, all=True)}


def addresses_of(member: User) -> tuple[str, ...]:
    """In lower case; the one that the account goes by comes first."""
    others = EmailAddress.objects.filter(user=member).order_by("pk").values_list("email", flat=True)
    return tuple(dict.fromkeys(email.lower() for email in (member.email, *others)))


def here(member: User, data: MyData) -> Here:
    """What an export is compared with: nothing of anybody else."""
    mine = Assessment.objects.filter(member=member)
    # A plan with nothing in it is one row, without a skill.
    items = Plan.objects.filter(member=member).values_list("items__skill", flat=True)
    planned = frozenset(skill for skill in items if skill)
    return Here(
        versions=_versions({one.version.definition_sha256 for one in data.assessments}),
        reports=_reports(member, data),
        open_roles=frozenset(mine.open().values_list("role_id", flat=True)),
        planned=planned,
        has_plan=bool(items),
        room=max(0, MOST_ITEMS - len(planned)),
        links=_links(data),
    )


def _versions(hashes: Iterable[str]) -> dict[str, Known]:
    """A definition that was published more than once counts as the first of them."""
    rows = RoleVersion.objects.filter(sha256__in=list(hashes)).order_by("-number")
    return {one.sha256: Known(one.pk, one.role_id, one.number, one.definition) for one in rows}


def _reports(member: User, data: MyData) -> dict[Mark, int]:
    """Of those that were submitted when one of the file's was; others cannot be the same."""
    moments = {one.submitted_at for one in data.assessments if one.submitted_at}
    mine = Assessment.objects.filter(member=member, submitted_at__in=moments).order_by("-pk")
    rows = mine.values_list(*OF_REPORT, *OF_ANSWER).iterator()
    found: dict[Mark, int] = {}
    for (pk, role, moment, degree, field), group in groupby(rows, itemgetter(*range(WIDE))):
        # A report without an answer is one row, without a skill.
        told = {
            skill: (level, last_done, example)
            for skill, level, last_done, example in (row[WIDE:] for row in group)
            if skill
        }
        mark = (role, moment, fingerprint(told, (degree, field) if degree else None))
        found[mark] = pk
    return found


def _links(data: MyData) -> dict[tuple[str, str, int], int]:
    wanted = {one.resource.slug for one in data.plan.items if one.resource} if data.plan else set()
    if not wanted:
        return {}
    rows = ResourceLink.objects.filter(resource__slug__in=wanted).order_by("pk")
    return {
        (resource, skill, level): pk
        for pk, resource, skill, level in rows.values_list(
            "pk", "resource__slug", "skill__slug", "from_level"
        )
    }
