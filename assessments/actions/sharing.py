"""Making links to a report, withdrawing them, and counting who opens them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assessments.models import Assessment, ShareLink
from assessments.models.assessment import new_key

MOST_ACTIVE = 20


class TooMany(Exception):
    """The report has as many working links as it may have."""


@transaction.atomic
def make(*, assessment: Assessment, scope: str, days: int, press: str) -> ShareLink:
    """`press` is a key that the page made: pressed twice, it makes one link."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    mine = ShareLink.objects.filter(assessment=locked)
    if made := mine.filter(key=press).first():
        return made
    if mine.active().count() >= MOST_ACTIVE:
        raise TooMany
    taken = ShareLink.objects.filter(key=press).exists()  # by hand only: it has 128 random bits
    now = timezone.now()
    return ShareLink.objects.create(
        assessment=locked,
        key=new_key() if taken else press,
        scope=scope,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )


def revoke(*, link: ShareLink) -> None:
    """The first time counts; every further call changes nothing."""
    ShareLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def visit(*, link: ShareLink) -> bool:
    """Counts one visit. False, and nothing counted, when the link has stopped working."""
    links = ShareLink.objects.readable().filter(pk=link.pk)
    return bool(links.update(visits=F("visits") + 1))
