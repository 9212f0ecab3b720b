"""Sending an issue: decided once, handed out in parts, to nobody twice.

Sending sets `sent_at`; from then on the issue cannot change. Handing out writes, for a few hundred
subscribers a transaction, their deliveries and mails together. Whoever dies in between has left
whole parts behind, and the next one goes on with those who have no delivery yet.
"""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from assessments.exporters.newsletter import as_html
from assessments.models import Delivery, NewsletterIssue, OutgoingMail, Subscriber, User

from . import mail
from .mail_links import address, one_click, unsubscribe_link
from .revision import ChangedMeanwhile

PART = 200


def send(*, issue: NewsletterIssue, seen: int) -> bool:
    """The text as it was shown. True for the one who sent it; whoever presses again goes on."""
    with transaction.atomic():
        rows = NewsletterIssue.objects.filter(pk=issue.pk, sent_at__isnull=True)
        first = rows.filter(revision=seen).update(
            sent_at=timezone.now(), revision=F("revision") + 1
        )
        if not first and rows.exists():
            raise ChangedMeanwhile(issue)
        transaction.on_commit(lambda: hand_out_task.enqueue(issue.pk))
    return bool(first)


@task()
def hand_out_task(pk: int) -> int:
    count = hand_out(issue=NewsletterIssue.objects.get(pk=pk))
    mail.send_waiting_task.enqueue()
    return count


def hand_out(*, issue: NewsletterIssue) -> int:
    """How many got theirs just now. Can be run again, and by several at once."""
    html = as_html(issue.body)
    count = last = 0
    while part := hand_out_part(issue, html, after=last):
        count += len(part)
        last = part[-1].pk
    return count


@transaction.atomic
def hand_out_part(issue: NewsletterIssue, html: str, *, after: int = 0) -> list[Subscriber]:
    """`after` is where the last part ended: those before it need not be looked at again."""
    # One part at a time of one issue: the second to come takes the next part.
    issue = NewsletterIssue.objects.select_for_update().filter(pk=issue.pk).first() or issue
    subscribers = list(missing(issue).filter(pk__gt=after).select_for_update()[:PART])
    mails = [mail_of(issue, html, subscriber) for subscriber in subscribers]
    OutgoingMail.objects.bulk_create(mails)
    # By key: as objects, a mail and its delivery would hold each other until the next collection.
    Delivery.objects.bulk_create(
        Delivery(issue_id=issue.pk, subscriber_id=subscriber.pk, mail_id=one.pk)
        for subscriber, one in zip(subscribers, mails, strict=True)
    )
    return subscribers


def missing(issue: NewsletterIssue) -> QuerySet[Subscriber]:
    """Subscribers of the moment of sending who have no delivery yet."""
    if issue.sent_at is None:
        return Subscriber.objects.none()
    delivered = Delivery.objects.filter(issue=issue, subscriber=OuterRef("pk"))
    return Subscriber.objects.filter(~Exists(delivered), confirmed_at__lte=issue.sent_at).order_by(
        "pk"
    )


def is_handed_out(issue: NewsletterIssue) -> bool:
    return issue.sent_at is not None and not missing(issue).exists()


def send_test(*, issue: NewsletterIssue, to: User) -> None:
    mail.queue(
        key=f"newsletter-test:{uuid4()}",
        recipient=to.email,
        member=to,
        subject=_("Test: %(subject)s") % {"subject": issue.subject},
        **contents(issue, as_html(issue.body), address("newsletter")),
    )


def mail_of(issue: NewsletterIssue, html: str, subscriber: Subscriber) -> OutgoingMail:
    unsubscribe = unsubscribe_link(subscriber.key)
    return mail.outgoing(
        key=f"newsletter:{issue.pk}:{subscriber.pk}",
        recipient=subscriber.email,
        subject=issue.subject,
        headers=one_click(unsubscribe),
        **contents(issue, html, unsubscribe),
    )


def contents(issue: NewsletterIssue, html: str, unsubscribe: str) -> dict[str, Any]:
    """The Markdown as it was typed reads well as plain text."""
    context = {"issue": issue, "html": html, "unsubscribe": unsubscribe, "site": settings.SITE_URL}
    return {
        "text": render_to_string("assessments/mail/newsletter.txt", context),
        "html": render_to_string("assessments/mail/newsletter.html", context),
    }
