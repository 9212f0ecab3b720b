"""Mail that is to leave, and who asked for which."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """Written in the transaction that causes it, sent by a worker, never twice.

    `key` says what the mail is about, once for all time: a second one with the same key is
    refused. A worker claims a mail before it sends it; one that died in between leaves it
    claimed, and it is not tried again, since it may have left.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CLAIMED = "claimed", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    key = models.CharField(max_length=200, unique=True)
    recipient = models.EmailField()
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outgoing_mail",
    )
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="outgoing_mail_waiting"),
            models.Index(Lower("recipient"), name="outgoing_mail_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "claimed", "sent", "failed"]),
                name="outgoing_mail_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class Reminders(models.Model):
    """What a person asked to be reminded of. No row: nothing."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders"
    )
    plan_dates = models.BooleanField(_("when a date of my plan passes"), default=False)
    come_back = models.BooleanField(_("three months after a report"), default=False)

    class Meta:
        verbose_name = _("reminders")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return f"Reminders {self.pk}"
