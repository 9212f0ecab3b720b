"""Links that we send by mail. Whoever holds one may do the one thing it is for.

They hold a key or a number and our signature, no address. One character changed, and none fits.
"""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner
from django.urls import reverse

CONFIRM_WITHIN = timedelta(days=7)
PARTED_BY = "."

__all__ = [
    "CONFIRM_WITHIN",
    "BadSignature",
    "SignatureExpired",
    "address",
    "confirm_link",
    "one_click",
    "read_confirm",
    "read_reminders_off",
    "read_unsubscribe",
    "reminders_off_link",
    "unsubscribe_link",
]

confirming = TimestampSigner(salt="newsletter.confirm", sep=PARTED_BY)
unsubscribing = Signer(salt="newsletter.unsubscribe", sep=PARTED_BY)
ending_reminders = Signer(salt="reminders.off", sep=PARTED_BY)


def address(name: str, *args: str) -> str:
    """From the settings, not from a request: most mail is written where there is none."""
    return settings.SITE_URL + reverse(name, args=args)


def confirm_link(key: str) -> str:
    return address("newsletter_confirm", confirming.sign(key))


def read_confirm(token: str) -> str:
    return confirming.unsign(token, max_age=CONFIRM_WITHIN)


def unsubscribe_link(key: str) -> str:
    return address("newsletter_unsubscribe", unsubscribing.sign(key))


def read_unsubscribe(token: str) -> str:
    return unsubscribing.unsign(token)


def reminders_off_link(member: int) -> str:
    return address("reminders_off", ending_reminders.sign(str(member)))


def read_reminders_off(token: str) -> int:
    return int(ending_reminders.unsign(token))


def one_click(link: str) -> dict[str, str]:
    """RFC 8058: mail programs show a button of their own, which sends a POST to the link."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
