"""Pages for what went wrong. They ask the database nothing: it may be what is gone."""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from assessments.kept import kept_fields

RETRY_AFTER_SECONDS = 5
READ_ONLY = "25006"  # PostgreSQL's number for it, of a standby for instance
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, _TOO_MUCH):
        return _page("413.html", 413, {})
    return _page("400.html", 400, {})


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the exception is being handled. A database that is full, locked, read-only or
    gone is a pause, not a fault of the page."""
    if _is_pause(sys.exc_info()[1]):
        response = _page("503.html", 503, _kept(request))
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return _page("500.html", 500, _kept(request))


def _is_pause(cause: BaseException | None) -> bool:
    if isinstance(cause, InternalError):
        return getattr(cause.__cause__, "sqlstate", None) == READ_ONLY
    return isinstance(cause, OperationalError | InterfaceError)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page("403_csrf.html", 403, _kept(request))


def _kept(request: HttpRequest) -> dict[str, Any]:
    fields = kept_fields(request)
    if not fields:
        return {}
    return {
        "kept": fields,
        "kept_address": request.get_full_path(),
        "kept_files": bool(request.FILES),
        "csrf_token": get_token(request),
    }


def _page(template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(loader.get_template(template).render(context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
