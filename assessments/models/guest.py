"""Somebody who tries it without an account, known by nothing but a cookie."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=7)


def new_token() -> str:
    """256 random bits, for the cookie alone."""
    return secrets.token_urlsafe(32)


def seven_days_on() -> datetime:
    return timezone.now() + KEPT


class GuestQuerySet(models.QuerySet["Guest"]):
    def living(self) -> "GuestQuerySet":
        return self.filter(expires_at__gt=timezone.now())

    def expired(self) -> "GuestQuerySet":
        return self.filter(expires_at__lte=timezone.now())

    def behind(self, token: str) -> "GuestQuerySet":
        return self.living().filter(token_sha256=Guest.fingerprint(token))


class Guest(models.Model):
    """Whoever reads the database, or a copy of it, cannot make the cookie from what is here."""

    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(default=seven_days_on, editable=False, db_index=True)

    objects = GuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="guest_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"guest {self.pk}"

    @staticmethod
    def fingerprint(token: str) -> str:
        return sha256(token.encode()).hexdigest()
