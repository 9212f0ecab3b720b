from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import new_key
from .mail import OutgoingMail
from .revisioned import Revisioned


class Subscriber(models.Model):
    """Gets issues only after following the link in the first mail (double opt-in)."""

    email = models.EmailField(_("e-mail address"))
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscriber_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"


class NewsletterIssue(Revisioned):
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=20_000, help_text=_("Markdown."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-created_at", "-pk"]
        permissions = [("send_newsletterissue", _("Can send a newsletter issue"))]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One issue to one subscriber, once."""

    issue = models.ForeignKey(NewsletterIssue, models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries")
    mail = models.OneToOneField(
        OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="delivery"
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "subscriber"], name="issue_once_per_subscriber"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} → {self.subscriber_id}"
