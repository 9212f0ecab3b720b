"""Which events matter for security: each is a line of the logger "security".

allauth and Django tell of theirs by signals; the rest is seen in how a request ended. What only a
view knows, it logs itself (a link to a report was made).
"""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse

from careerpath import logs

security = logging.getLogger("security")

# The signals, what to call them, and whether somebody should look if there are many.
TOLD: tuple[tuple[Signal, str, int], ...] = (
    (user_logged_in, "signed in", logging.INFO),
    (user_logged_out, "signed out", logging.INFO),
    (user_login_failed, "sign-in failed", logging.WARNING),
    (account.user_signed_up, "signed up", logging.INFO),
    (account.password_set, "password set", logging.INFO),
    (account.password_changed, "password changed", logging.INFO),
    (account.password_reset, "password reset", logging.WARNING),
    (account.email_changed, "address changed", logging.WARNING),
    (account.email_verification_code_rejected, "wrong code", logging.WARNING),
    (mfa.authenticator_added, "second step added", logging.INFO),
    (mfa.authenticator_removed, "second step removed", logging.WARNING),
    (mfa.authenticator_reset, "recovery codes renewed", logging.INFO),
    (mfa.authentication_failed, "second step failed", logging.WARNING),
)
# Route, method, whether it has to redirect.
DONE = {
    ("account_reset_password", "POST", True): "password reset asked for",
    ("my_data_export", "GET", False): "data exported",
    ("my_data_delete", "POST", True): "account deleted",
    ("guest_forget", "POST", True): "guest forgotten",
    ("usersessions_list", "POST", True): "other sessions ended",
}
DENIED = {401: "denied", 403: "denied", 429: "limit hit"}
# What forms of allauth call it.
LIMITS = {"rate_limited", "too_many_login_attempts"}
NOT_FOUND = 404
TOO_MANY = 429
REDIRECTS = range(300, 400)
EDITING = "admin:"
PUBLISHED = {"admin:assessments_role_publish"}


def connect() -> None:
    for signal, event, level in TOLD:
        signal.connect(_logging(event, level), weak=False, dispatch_uid=f"careerpath {event}")


def _logging(event: str, level: int) -> Callable[..., None]:
    def log(sender: object, user: Any = None, **more: Any) -> None:
        known = {"person": logs.member(user.pk)} if getattr(user, "pk", None) else {}
        security.log(level, event, extra=known)

    return log


class EventsMiddleware:
    """Inside the log of requests, so that its lines carry the request's number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        route = logs.route_of(request)
        redirects = response.status_code in REDIRECTS
        if event := DENIED.get(response.status_code):
            security.warning(event, extra={"status": response.status_code})
        elif response.status_code == NOT_FOUND and names_a_thing(request):
            # Somebody else's, or nobody's: the page does not tell, and so cannot this.
            security.warning("not theirs, or not there", extra={"status": NOT_FOUND})
        elif event := DONE.get((route or "", request.method or "", redirects)):
            if response.status_code < NOT_FOUND:
                security.info(event)
        elif (route or "").startswith(EDITING) and request.method == "POST" and redirects:
            security.info("published" if route in PUBLISHED else "edited")
        return response


def names_a_thing(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.kwargs)


def limit_hit() -> None:
    """For forms that say so themselves, on a page like any other."""
    security.warning("limit hit", extra={"status": TOO_MANY})
