from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from assessments.guests import has_cookie

# Features of the browser that no page of ours uses; passkeys are the exception.
PERMISSIONS_POLICY = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)

INTERNAL_ERROR = 500
# What Back would show after signing out. Chromium may take seconds over more than this.
FORGOTTEN = '"cache"'


class ResponseHeadersMiddleware:
    """Headers that Django leaves to us: nothing private is kept, nothing is embedded elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if ends_a_session(response):
            response.headers.setdefault("Clear-Site-Data", FORGOTTEN)
            add_never_cache_headers(response)
        # Not asked again when the database may be what failed; error pages are never kept anyway.
        if response.status_code < INTERNAL_ERROR and (has_cookie(request) or is_signed_in(request)):
            add_never_cache_headers(response)
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
