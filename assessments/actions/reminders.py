"""Reminders somebody asked for. They name nothing: whoever sees the mail learns of a date at most.

What has passed is looked for a week back, so that a night without us loses nothing; well below
the 30 days for which a mail's key is kept, so that none comes twice.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import plans
from assessments.models import Assessment, Occupation, OutgoingMail, Plan, Reminders, User

from . import mail
from .mail_links import address, one_click, reminders_off_link

COME_BACK_AFTER = timedelta(days=91)  # three months, to the same day of the week
LOOKED_BACK = timedelta(days=7)


# --- Asking for them ----------------------------------------------------------------------------


@transaction.atomic
def choose(*, member: User, plan_dates: bool, come_back: bool) -> None:
    if not (plan_dates or come_back):
        end(member=member.pk)
        return
    Reminders.objects.update_or_create(
        member=member, defaults={"plan_dates": plan_dates, "come_back": come_back}
    )


@transaction.atomic
def end(*, member: int) -> None:
    """Also of what has been written and has not left yet."""
    Reminders.objects.filter(member_id=member).delete()
    OutgoingMail.objects.filter(
        member_id=member, key__startswith="reminder:", state=OutgoingMail.State.WAITING
    ).delete()


# --- Writing them -------------------------------------------------------------------------------


def queue_due(*, now: datetime | None = None) -> int:
    """How many were written. Any number of runs a day write the same ones once."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    count = 0
    for plan, day in plans_with_passed_dates(today):
        subject = _("A date in your plan has passed")
        key = f"reminder:plan:{plan.pk}:{day.isoformat()}"
        count += remind(plan.member, key, subject, "reminder_plan", address("plan"))
    for assessment in reports_to_come_back_to(moment):
        subject = _("Three months since your report")
        key = f"reminder:report:{assessment.pk}"
        link = address("assessment_list")
        count += remind(assessment.member, key, subject, "reminder_report", link)
    return count


def remind(member: User | None, key: str, subject: str, template: str, link: str) -> bool:
    if member is None:
        return False
    off = reminders_off_link(member.pk)
    with transaction.atomic():
        # Whoever ends them at this moment waits for us and takes this one along, or comes first.
        if not Reminders.objects.select_for_update().filter(member=member).exists():
            return False
        return mail.queue(
            key=key,
            recipient=member.email,
            member=member,
            subject=subject,
            text=render_to_string(f"assessments/mail/{template}.txt", {"link": link, "off": off}),
            headers=one_click(off),
        )


def plans_with_passed_dates(today: date) -> Iterator[tuple[Plan, date]]:
    """With the date that passed last, if that was in the last days."""
    asked = Plan.objects.filter(member__reminders__plan_dates=True, member__is_active=True)
    for plan in asked.select_related("member").order_by("pk").iterator():
        passed = [day for day in open_dates(plan) if today - LOOKED_BACK <= day < today]
        if passed:
            yield plan, max(passed)


def open_dates(plan: Plan) -> Iterator[date]:
    """Of what is not done: the date the member set, or else the one the hours lead to."""
    for line in plans.build(plan).lines:
        if line.due_on:
            yield line.due_on


def reports_to_come_back_to(now: datetime) -> Iterator[Assessment]:
    """Not where the member has finished another since: they have come back already."""
    day = now - COME_BACK_AFTER
    later = Assessment.objects.submitted().filter(
        member=OuterRef("member"), submitted_at__gt=OuterRef("submitted_at")
    )
    withdrawn = Occupation.objects.filter(role=OuterRef("role"), withdrawn=True)
    due = Assessment.objects.submitted().filter(
        ~Exists(later),
        ~Exists(withdrawn),  # nobody can answer that again
        submitted_at__gt=day - LOOKED_BACK,
        submitted_at__lte=day,
        member__reminders__come_back=True,
        member__is_active=True,
    )
    # By those who asked: SQLite goes through what the order begins with.
    return due.select_related("member").order_by("member__reminders", "pk").iterator()
