"""What is left of sessions that have ended: their rows, and the list of devices."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from .parts import AT_A_TIME, delete_in_parts


def purge() -> int:
    """`clearsessions` knows nothing of the devices, which hold an address and a browser each."""
    if not issubclass(import_module(settings.SESSION_ENGINE).SessionStore, SessionStore):
        return 0  # kept elsewhere, where they end by themselves
    ended = Session.objects.filter(expire_date__lt=timezone.now())
    return delete_in_parts(ended, first="expire_date") + _forget_devices()


def _forget_devices() -> int:
    """Those of no session. All are gone through, a part at a time."""
    gone = last = 0
    while part := dict(_devices_after(last)):
        last = max(part)
        alive = set(
            Session.objects.filter(pk__in=part.values()).values_list("session_key", flat=True)
        )
        ended = [device for device, session in part.items() if session not in alive]
        gone += UserSession.objects.filter(pk__in=ended).delete()[0]
    return gone


def _devices_after(last: int) -> "QuerySet[UserSession, tuple[int, str]]":
    devices = UserSession.objects.filter(pk__gt=last).order_by("pk")
    return devices.values_list("pk", "session_key")[:AT_A_TIME]
