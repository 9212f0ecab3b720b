from django.core.signing import Signer
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment, new_key


def signer() -> Signer:
    return Signer(salt="assessments.share-link", sep=".")


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def active(self) -> "ShareLinkQuerySet":
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def readable(self) -> "ShareLinkQuerySet":
        """A closed account shows nothing either."""
        return self.active().filter(assessment__member__is_active=True)

    def ended(self) -> "ShareLinkQuerySet":
        return self.exclude(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def behind(self, token: str) -> "ShareLinkQuerySet":
        """The link that an address names. Raises BadSignature if it was not made by us."""
        return self.filter(key=signer().unsign(token))


class ShareLink(models.Model):
    """Lets whoever holds its address read a report, in part and for a time.

    The address carries `key` under a signature, so that altering one character of it fails.
    """

    class Scope(models.TextChoices):
        STATEMENT = "statement", _("The statement only")
        GAPS = "gaps", _("The statement and the table of targets")
        EXAMPLES = "examples", _("The statement, the table and my examples")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="share_links")
    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    scope = models.CharField(_("what it shows"), max_length=10, choices=Scope)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    visits = models.PositiveIntegerField(default=0)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=["statement", "gaps", "examples"]),
                name="share_scope_is_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="share_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def token(self) -> str:
        """What its address ends in."""
        return signer().sign(self.key)

    @property
    def is_active(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def shows_gaps(self) -> bool:
        return self.scope in (self.Scope.GAPS, self.Scope.EXAMPLES)

    @property
    def shows_examples(self) -> bool:
        return self.scope == self.Scope.EXAMPLES
