"""What is left of sessions that have ended: their rows, and the list of devices."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .parts import delete_in_parts


def purge() -> int:
    """`clearsessions` knows nothing of the devices, which hold an address and a browser each."""
    if not issubclass(import_module(settings.SESSION_ENGINE).SessionStore, SessionStore):
        return 0  # kept elsewhere, where they end by themselves
    gone = delete_in_parts(Session.objects.filter(expire_date__lt=timezone.now()))
    lives = Session.objects.filter(session_key=OuterRef("session_key"))
    return gone + delete_in_parts(UserSession.objects.exclude(Exists(lives)))
