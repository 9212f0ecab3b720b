"""The log: one line an event, times in UTC, nothing in it that names a person.

Every line of a request carries the request's number and, for whoever is signed in or a guest, a
name made for that day: see `day_name`.
"""

import hmac
import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

HIDDEN = "***"
MAIL_ADDRESS = re.compile(r"[^\s@<>\"'(=]+@[^\s@<>\"')]+")
# What follows these words in an address names one person's things, or lets its holder in.
ADDRESS_OF_SOMEBODY = re.compile(
    r"/(assessments|reports|shared|key|confirm-email|confirm|unsubscribe|off)/[^/\s\"']+"
)
NETWORK_ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])[0-9a-f:]*:[0-9a-f]*:[0-9a-f:]+", re.I
)
IN_QUOTES = re.compile(r"'[^']*'|\"[^\"]*\"")
INNERMOST_FRAMES = 6
SERVER_ERROR = 500
# Asked every few seconds by whoever watches the site.
PROBES = {"livez", "readyz"}

requests = logging.getLogger("requests")


@dataclass
class Current:
    """The request that this thread is about."""

    request: HttpRequest
    number: str = field(default_factory=lambda: secrets.token_hex(8))


_current: ContextVar[Current | None] = ContextVar("request of the log", default=None)


class RequestLogMiddleware:
    """Gives each request a number, in its lines and as X-Request-ID, and writes one line about it.

    What a browser says its number is counts for nothing: it could be anything, or a lie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = monotonic()
        current = Current(request)
        token = _current.set(current)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = current.number
            if route_of(request) not in PROBES or response.status_code >= SERVER_ERROR:
                milliseconds = round((monotonic() - began) * 1000)
                extra = {"status": response.status_code, "milliseconds": milliseconds}
                requests.info("request", extra=extra)
        finally:
            _current.reset(token)
        return response


class JsonFormatter(logging.Formatter):
    """For programs. Only ASCII, so that no control character or line separator is left."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(parts_of(record))


class LineFormatter(logging.Formatter):
    """For eyes, on one's own computer."""

    def format(self, record: logging.LogRecord) -> str:
        parts = parts_of(record)
        first = [parts.pop(name) for name in ("time", "level", "logger")]
        message = json.dumps(parts.pop("message"))
        return " ".join([*first, message, *(f"{k}={json.dumps(v)}" for k, v in parts.items())])


def parts_of(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC)
    time = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    parts: dict[str, Any] = {
        "time": time,
        "level": record.levelname,
        "logger": record.name,
        "message": message_of(record),
    }
    if current := _current.get():
        parts |= {
            "request": current.number,
            "method": current.request.method if known_method(current.request) else HIDDEN,
            "route": route_of(current.request),
        }
    if person := getattr(record, "person", None) or person_of(current):
        parts["person"] = day_name(person, moment)
    for name in ("status", "milliseconds"):
        if name in record.__dict__:
            parts[name] = record.__dict__[name]
    if record.exc_info and record.exc_info[1]:
        parts["error"] = describe(record.exc_info[1])
    return parts


def known_method(request: HttpRequest) -> bool:
    """Others are text that somebody made up."""
    return request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


def route_of(request: HttpRequest) -> str | None:
    """The name of the address; None for one that leads nowhere. Never the address itself."""
    return request.resolver_match.view_name or None if request.resolver_match else None


def person_of(current: Current | None) -> str | None:
    """Without a query: only what the request has found out by itself."""
    if current is None:
        return None
    session = getattr(getattr(current.request, "session", None), "_session_cache", None)
    if session and SESSION_KEY in session:
        return member(session[SESSION_KEY])
    guest = getattr(current.request, "guest", None)
    return f"guest {guest.pk}" if guest else None


def member(pk: object) -> str:
    return f"member {pk}"


def day_name(person: str, moment: datetime) -> str:
    """Another one every day, so that no log tells what somebody did over weeks. Whoever has the
    secret key can make the name of an account for a day, and find its lines."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"careerpath.logs", sha256)
    return hmac.new(key, f"{moment:%Y-%m-%d} {person}".encode(), sha256).hexdigest()[:16]


def message_of(record: logging.LogRecord) -> str:
    """Django tells the path of a request that failed: here the name of its route instead."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
        route = route_of(request) or HIDDEN
        told = {request.path, request.get_full_path()}
        record = logging.makeLogRecord(
            record.__dict__ | {"args": tuple(route if a in told else a for a in record.args)}
        )
    return without_persons(record.getMessage())


def without_persons(text: str) -> str:
    for pattern, instead in (
        (MAIL_ADDRESS, HIDDEN),
        (ADDRESS_OF_SOMEBODY, rf"/\1/{HIDDEN}"),
        (NETWORK_ADDRESS, HIDDEN),
    ):
        text = pattern.sub(instead, text)
    return text


def describe(error: BaseException) -> str:
    """Type, first line of the message, and where. A database tells rows from the second line on,
    and in quotes stands what somebody typed."""
    first_line = IN_QUOTES.sub(HIDDEN, without_persons(str(error).partition("\n")[0]))
    frames = traceback.extract_tb(error.__traceback__)[-INNERMOST_FRAMES:]
    where = " < ".join(
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in reversed(frames)
    )
    return f"{type(error).__name__}: {first_line} at {where}"
