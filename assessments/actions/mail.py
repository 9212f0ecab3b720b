"""The outbox: mail is written down with what causes it, and leaves afterwards, once.

A mail is claimed, and the claim committed, before the mail server hears of it. Whoever dies in
between leaves it claimed: it may have left, so nobody tries again. It is rather lost than doubled.
"""

import logging
import smtplib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from assessments.models import OutgoingMail, User

from .parts import delete_in_parts

KEPT_FOR = timedelta(days=30)
TRIED_FOR = timedelta(days=1)  # after "not now", the answer of a server that wants us to wait
BATCH = 50

State = OutgoingMail.State
logger = logging.getLogger(__name__)


# --- Writing ------------------------------------------------------------------------------------


def outgoing(
    *,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    member: User | None = None,
) -> OutgoingMail:
    """One mail, not stored yet. A line break in a header would let its writer add others."""
    lines = [recipient, subject, *(headers or {}), *(headers or {}).values()]
    if any(char in line for line in lines for char in "\r\n\0"):
        raise BadHeaderError("A line break in the head of a mail.")
    return OutgoingMail(
        key=key,
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        headers=dict(headers or {}),
        member=member,
    )


def queue(**mail: Any) -> bool:
    """In the transaction of its cause; False where a mail of this key was there already."""
    row = outgoing(**mail)
    # "Do nothing" on a conflict: an error would end the transaction around us on PostgreSQL.
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    stored = OutgoingMail.objects.filter(key=row.key, created_at=row.created_at)
    pk = stored.values_list("pk", flat=True).first()
    if pk is None:
        return False
    transaction.on_commit(lambda: send_task.enqueue(pk))
    return True


# --- Sending ------------------------------------------------------------------------------------


class ServerSilent(Exception):
    """The mail server does not answer. Whatever waits goes on waiting."""


@task()
def send_task(pk: int) -> int:
    try:
        return send([pk])
    except ServerSilent:
        return 0


@task()
def send_waiting_task(after: int = 0) -> int:
    """A part at a time, so that other mail gets in between when a newsletter goes out."""
    pks = waiting(after=after, limit=BATCH)
    try:
        sent = send(pks)
    except ServerSilent:
        return 0
    # In a page there is no time for more than one part: the rest is left to `send_mail`.
    if len(pks) == BATCH and settings.TASKS_BACKEND == "database":
        send_waiting_task.enqueue(after=pks[-1])
    return sent


def send_waiting() -> int:
    """How many were sent. Each is tried once, the oldest first."""
    return send(waiting())


def waiting(*, after: int = 0, limit: int | None = None) -> list[int]:
    rows = OutgoingMail.objects.filter(state=State.WAITING, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def send(pks: Iterable[int]) -> int:
    connection = get_connection()
    try:
        return sum(send_one(pk, connection) for pk in pks)
    finally:
        hang_up(connection)


def send_one(pk: int, connection: BaseEmailBackend) -> bool:
    call(connection)
    mail = claim(pk)
    if mail is None:
        return False
    try:
        hand_over(mail, connection)
    except Exception as error:
        # Whatever is wrong with this one, the others are to leave.
        hang_up(connection)
        if is_for_now(error) and mail.created_at > timezone.now() - TRIED_FOR:
            settle(pk, State.WAITING)
            logger.warning("Mail %s was put off by the mail server", pk)
        else:
            settle(pk, State.FAILED)
            # Not the error itself: it tells whom the mail is for.
            logger.warning("Mail %s could not be sent: %s", pk, type(error).__name__)
        return False
    settle(pk, State.SENT)
    return True


def call(connection: BaseEmailBackend) -> None:
    """Before the claim: without a server nothing has left, and everything can be tried again."""
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        logger.exception("The mail server does not answer")
        raise ServerSilent from error


def claim(pk: int) -> OutgoingMail | None:
    """Of any number who ask, one gets it. Durable: inside somebody's transaction it is no claim."""
    with transaction.atomic(durable=True):
        rows = OutgoingMail.objects.filter(pk=pk, state=State.WAITING)
        if not rows.update(state=State.CLAIMED):
            return None
        return OutgoingMail.objects.filter(pk=pk).first()


def hand_over(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.recipient], headers=mail.headers, connection=connection
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    message.send()


def settle(pk: int, state: OutgoingMail.State) -> None:
    values: dict[str, Any] = {"state": state}
    if state != State.WAITING:
        # What it said is nobody's business any more: codes, links, names.
        values |= {"settled_at": timezone.now(), "subject": "", "text": "", "html": ""}
        values |= {"headers": {}, "recipient": ""}
    OutgoingMail.objects.filter(pk=pk, state=State.CLAIMED).update(**values)


def is_for_now(error: Exception) -> bool:
    """An answer 4xx: surely not taken, and worth another try later."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    else:
        return False
    return bool(codes) and all(400 <= code < 500 for code in codes)


def hang_up(connection: BaseEmailBackend) -> None:
    """The next one opens it again."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.info("The mail server had hung up already")


# --- Forgetting ---------------------------------------------------------------------------------


def purge(*, now: datetime | None = None) -> int:
    """What was settled 30 days ago, and what nobody will ever settle."""
    before = (now or timezone.now()) - KEPT_FOR
    old = OutgoingMail.objects.filter(
        Q(settled_at__lt=before) | Q(settled_at__isnull=True, created_at__lt=before)
    )
    return delete_in_parts(old)
