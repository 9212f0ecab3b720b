"""Who gets the newsletter: nobody whose mailbox has not said yes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import OutgoingMail, Subscriber, in_any_case

from . import mail
from .mail_links import (
    CONFIRM_WITHIN,
    confirm_link,
    one_click,
    unsubscribe_link,
)
from .parts import delete_in_parts

ASKED_AT_MOST_EVERY = timedelta(hours=1)


@transaction.atomic
def subscribe(*, email: str) -> None:
    """Asks the mailbox. Whether it was known already, only its owner learns."""
    now = timezone.now()
    mine = Subscriber(email=email.strip().lower(), asked_at=now)
    # Of several at once one makes the row; an error would end the transaction on PostgreSQL.
    Subscriber.objects.bulk_create([mine], ignore_conflicts=True)
    row = Subscriber.objects.get(in_any_case("email", [mine.email]))
    if row.key != mine.key:
        earlier = Subscriber.objects.filter(pk=row.pk, asked_at__lte=now - ASKED_AT_MOST_EVERY)
        if not earlier.update(asked_at=now):
            return
    ask(row, now)


def ask(subscriber: Subscriber, now: datetime) -> None:
    unsubscribe = unsubscribe_link(subscriber.key)
    if subscriber.confirmed_at:
        subject, template = _("You get our newsletter already"), "newsletter_already"
    else:
        subject, template = _("Confirm that you want our newsletter"), "newsletter_confirm"
    context = {"confirm": confirm_link(subscriber.key), "unsubscribe": unsubscribe}
    mail.queue(
        key=f"newsletter-ask:{subscriber.key}:{now.timestamp()}",
        recipient=subscriber.email,
        subject=subject,
        text=render_to_string(f"assessments/mail/{template}.txt", context),
        headers=one_click(unsubscribe),
    )


def confirm(*, key: str) -> bool:
    """False where there is nobody of this key any more. A second time changes nothing."""
    rows = Subscriber.objects.filter(key=key)
    rows.filter(confirmed_at__isnull=True).update(confirmed_at=timezone.now())
    return rows.exists()


@transaction.atomic
def unsubscribe(*, key: str) -> bool:
    """Gone, with every mail that has not left yet. False where nobody was subscribed."""
    # Locked first: an issue that is being handed out waits, and adds nothing behind our back.
    row = Subscriber.objects.select_for_update().filter(key=key).first()
    if row is None:
        return False
    OutgoingMail.objects.filter(delivery__subscriber=row, state=OutgoingMail.State.WAITING).delete()
    row.delete()
    return True


def purge(*, now: datetime | None = None) -> int:
    """Addresses that never said yes, once their link is dead."""
    before = (now or timezone.now()) - CONFIRM_WITHIN
    old = Subscriber.objects.filter(confirmed_at__isnull=True, asked_at__lt=before)
    return delete_in_parts(old)
