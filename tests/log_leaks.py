"""What came into the site while a suite ran, and whether any of it is in the site's log.

A line of the log is taken apart: each part is one of few words or a number, and what is left over,
texts, is searched for all that was typed or sent along.
"""

import json
import logging
import re
from dataclasses import dataclass, field

from django.urls import URLResolver, get_resolver

from careerpath import events
from careerpath.logs import JsonFormatter

OF_THE_TESTS = "django.server"  # Django's own server, which no site in use runs on
SHORTEST = 4  # of what is searched for in texts: less is in every word
HEX = re.compile(r"[0-9a-f]{16}")
KINDS = {
    "time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    "level": re.compile(r"INFO|WARNING|ERROR|CRITICAL"),
    "method": re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|\*\*\*"),
    "request": HEX,
    "person": HEX,
    "status": re.compile(r"\d{3}"),
    "milliseconds": re.compile(r"\d+"),
}
SEARCHED = ("message", "error")
ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+|\b\d{1,3}(\.\d{1,3}){3}\b|::1\b")
FUNCTION = re.compile(r"\w+(\.\w+)+")  # of a route without a name
FRAME = re.compile(r"[\w./-]+\.py:\d+ [\w<>]+")  # of a traceback: names of the code's own
# What pytest-django says to a request that is still under way when its test has ended.
TOO_LATE = "RuntimeError: Database access not allowed"
FIXED = re.compile(
    r"^(Not Found|Gone|Conflict|Bad Request|Forbidden|Unauthorized|Too Many Requests|request"
    r"|Request Entity Too Large|Content Too Large|Service Unavailable|Internal Server Error"
    r"|Method Not Allowed \([A-Z]+\))(: )?"
    r"|^DatabaseError: Save with update_fields did not affect any rows\."  # Django's own words
)


@dataclass
class Suite(logging.Handler):
    """Attach it to the root of all loggers, and have `note` see every request."""

    lines: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def __post_init__(self):
        super().__init__()
        self.setFormatter(JsonFormatter())

    __hash__ = object.__hash__

    def emit(self, record):
        if record.name != OF_THE_TESTS:
            self.lines.append(self.format(record))

    def note(self, request, response):
        """After the answer, so that nothing is read too early."""
        match = request.resolver_match
        fields = [getattr(request, "_post", None) or {}, request.GET]
        found = [one for query in fields for key in query for one in query.getlist(key)]
        found += [*request.COOKIES.values(), *(one.value for one in response.cookies.values())]
        found += [str(one) for one in (match.kwargs.values() if match else ())]
        self.words.update(word for one in found for word in {one.strip(), *one.split("\n")})

    def leaks(self):
        """In words; each once."""
        routes = set(view_names(get_resolver().url_patterns))
        typed = {word.strip().lower() for word in self.words if len(word.strip()) >= SHORTEST}
        parts = {part for line in self.lines for part in json.loads(line).items()}
        return sorted(leak for part in parts for leak in leaks_of(*part, routes, typed))


def leaks_of(name, value, routes, typed):
    if name in SEARCHED:
        yield from (f"{word}: {name} {value}" for word in words_in(value, routes, typed))
    elif name == "route":
        if value is not None and value not in routes and not FUNCTION.fullmatch(value):
            yield f"{value}: route"
    elif name == "logger":
        if value not in logging.Logger.manager.loggerDict:
            yield f"{value}: logger"
    elif name not in KINDS or not KINDS[name].fullmatch(str(value)):
        yield f"{value}: {name}"


def words_in(text, routes, typed):
    if text in OURS or text.startswith(TOO_LATE):
        return []
    rest = FRAME.sub("", FIXED.sub("", text))
    rest = "" if rest in routes or rest == "***" else rest.lower()
    found = [word for word in typed if word in rest]
    return found + [match[0] for match in ADDRESS.finditer(rest)]


OURS = {event for _signal, event, _level in events.TOLD} | {
    *events.DONE.values(),
    *events.DENIED.values(),
    "An account was deleted by its owner",
    "Not ready: the database does not answer",
    "The mail server does not answer",
    "The mail server had hung up already",
    "account closed",
    "account opened again",
    "edited",
    "link made",
    "link revoked",
    "not theirs, or not there",
    "published",
    "request",
}


def view_names(patterns, before=""):
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{before}{one.namespace}:" if one.namespace else before
            yield from view_names(one.url_patterns, inner)
        elif one.name:
            yield before + one.name
