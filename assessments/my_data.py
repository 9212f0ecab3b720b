"""What is kept about one person: counted for their page, and compared with an export of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Count, Q

from assessments.importers.my_data import MOST_ITEMS, MyData
from assessments.importers.my_data_plan import Here, Known, Mark, fingerprint
from assessments.models import (
    Assessment,
    OutgoingMail,
    Plan,
    PlanItem,
    QualificationAnswer,
    Reminders,
    ResourceLink,
    RoleVersion,
    ShareLink,
    Subscriber,
    User,
    in_any_case,
)

AT_A_TIME = 100


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
    mine = Assessment.objects.filter(member=member).aggregate(
        open=Count("pk", filter=Q(submitted_at__isnull=True)),
        reports=Count("pk", filter=Q(submitted_at__isnull=False)),
    )
    links = ShareLink.objects.filter(assessment__member=member)
    active = links.active().count()
    reminders = Reminders.objects.filter(member=member).first()
    confirmed = [
        one.confirmed_at is not None
        for one in Subscriber.objects.filter(in_any_case("email", addresses))
    ]
    return Kept(
        addresses=addresses,
        second_factors=Authenticator.objects.filter(user=member).count(),
        devices=UserSession.objects.filter(user=member).count(),
        open=mine["open"],
        reports=mine["reports"],
        planned=PlanItem.objects.filter(plan__member=member).count(),
        links=active,
        links_ended=links.count() - active,
        reminders=reminders.plan_dates + reminders.come_back if reminders else 0,
        subscribed=any(confirmed),
        waiting_for_yes=bool(confirmed) and not any(confirmed),
        mails=OutgoingMail.objects.filter(
            Q(member=member) | in_any_case("recipient", addresses)
        ).count(),
        may_edit=member.is_staff,
    )


def addresses_of(member: User) -> tuple[str, ...]:
    """In lower case; the one that the account goes by comes first."""
    others = EmailAddress.objects.filter(user=member).order_by("pk").values_list("email", flat=True)
    return tuple(dict.fromkeys(email.lower() for email in (member.email, *others)))


def here(member: User, data: MyData) -> Here:
    """What an export is compared with: nothing of anybody else."""
    versions = _versions({one.version.definition_sha256 for one in data.assessments})
    mine = Assessment.objects.filter(member=member)
    plan = Plan.objects.filter(member=member).first()
    planned = frozenset(plan.items.values_list("skill", flat=True)) if plan else frozenset()
    return Here(
        versions=versions,
        reports=_reports(member, data),
        open_roles=frozenset(mine.open().values_list("role_id", flat=True)),
        planned=planned,
        has_plan=plan is not None,
        room=max(0, MOST_ITEMS - len(planned)),
        links=_links(data),
    )


def _versions(hashes: Iterable[str]) -> dict[str, Known]:
    """A definition that was published more than once counts as the first of them."""
    rows = RoleVersion.objects.filter(sha256__in=list(hashes)).order_by("-number")
    return {one.sha256: Known(one.pk, one.role_id, one.number, one.definition) for one in rows}


def _reports(member: User, data: MyData) -> dict[Mark, int]:
    """Of those that were submitted when one of the file's was; others cannot be the same."""
    moments = sorted({one.submitted_at for one in data.assessments if one.submitted_at})
    found: dict[Mark, int] = {}
    for start in range(0, len(moments), AT_A_TIME):
        part = list(
            Assessment.objects.filter(
                member=member, submitted_at__in=moments[start : start + AT_A_TIME]
            ).prefetch_related("answers")
        )
        degrees = {
            one.assessment_id: (one.degree, one.field)
            for one in QualificationAnswer.objects.filter(assessment__in=part)
        }
        for one in part:
            if one.submitted_at:
                told = {
                    row.skill: (row.level, row.last_done, row.example) for row in one.answers.all()
                }
                mark = (one.role_id, one.submitted_at, fingerprint(told, degrees.get(one.pk)))
                found[mark] = one.pk
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
