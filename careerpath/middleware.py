from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from assessments.guests import has_cookie
from assessments.pacing import wait_since
from careerpath.headers import FIXED

NOT_MODIFIED, INTERNAL_ERROR = 304, 500
# What Back would show after signing out. Chromium may take seconds over more than this.
FORGOTTEN = '"cache"'
# Forms that take an address, or the code sent to one: there is less to do where nobody has it.
EVENLY_PACED = {
    "account_email",
    "account_email_verification_sent",
    "account_login",
    "account_reauthenticate",  # goes on with the change of address that it was asked for
    "account_reset_password",
    "account_signup",
    "mfa_reauthenticate",
}


class FixedHeadersMiddleware:
    """Nothing is embedded elsewhere: headers that Django leaves to us."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        return response


class EvenPaceMiddleware:
    """These forms take as long for an address that nobody has, all the writing included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = monotonic()
        response = self.get_response(request)
        page = request.resolver_match.url_name if request.resolver_match else None
        if request.method == "POST" and page in EVENLY_PACED:
            wait_since(began)
        return response


class ResponseHeadersMiddleware:
    """Nothing private is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if ends_a_session(response):
            response.headers.setdefault("Clear-Site-Data", FORGOTTEN)
            add_never_cache_headers(response)
        # Not asked again when the database may be what failed; error pages are never kept anyway.
        if response.status_code < INTERNAL_ERROR and (has_cookie(request) or is_signed_in(request)):
            add_never_cache_headers(response)
        if response.status_code == NOT_MODIFIED:
            # It would have to be that of the page, which nobody has made.
            response.headers.pop("Content-Length", None)
        return response


def ends_a_session(response: HttpResponse) -> bool:
    """Its cookie is taken back, at signing out and when it has died by itself; or a guest's."""
    names = (settings.SESSION_COOKIE_NAME, settings.GUEST_COOKIE_NAME)
    found = [response.cookies[name] for name in names if name in response.cookies]
    return any(not cookie.value for cookie in found)


def is_signed_in(request: HttpRequest) -> bool:
    """Asked only of requests that read their session, so that no page pays a query for it."""
    session = getattr(request, "session", None)
    return bool(session is not None and session.accessed and request.user.is_authenticated)
