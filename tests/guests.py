"""Somebody without an account, in tests: a row, or a browser with the cookie."""

from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from assessments.actions import guest as actions
from assessments.models import Guest
from tests.published import answer, publish

TOKEN = "x" * 43
COOKIE = settings.GUEST_COOKIE_NAME


def guest(token=TOKEN):
    return Guest.objects.create(token_sha256=Guest.fingerprint(token))


def begun(definition, **levels):
    """As a press of Start does it: a guest, the token, an open assessment."""
    made = actions.begin(version=publish(definition))
    answer(made.assessment, **levels)
    return made


def browser(token=TOKEN):
    client = Client()
    client.cookies[COOKIE] = token
    return client


def grow_old(guest, **ago):
    """As if it had been begun that long ago."""
    now = timezone.now()
    back = timedelta(**ago)
    Guest.objects.filter(pk=guest.pk).update(
        created_at=now - back, expires_at=now - back + timedelta(days=7)
    )
