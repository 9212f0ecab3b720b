"""Random requests at every address, by everybody: never an error of ours.

REQUESTS sets how many; `make soak` makes many more than `make test`.
"""

import os
import random
import re
from datetime import date
from urllib.parse import quote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path
from django.urls.resolvers import RoutePattern
from django.views.decorators.csrf import csrf_exempt

from assessments.domain.definition import Field
from assessments.models import User
from tests.definitions import definition, qualification, requirement
from tests.published import opened, submitted

REQUESTS = int(os.environ.get("REQUESTS", "600"))
METHODS = ["GET"] * 4 + ["POST"] * 4 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"]
ODD = [
    "", "0", "-1", "1", "2", "99999999999999999999", "9" * 5000, "１２", "1e9", "NaN", "null",
    "[]", "{}", "true",
    "\x00", "a\x00b", "\ud7ff", "\u202e", "ﷺ" * 50, "' OR 1=1 --", "<script>alert(1)</script>",
    "{{ 7*7 }}", "{% now %}", "../../etc/passwd", "%s%n", "=1+1", "x" * 5000, "\r\nSet-Cookie: a=b",
    "https://evil.example/", "//evil.example", "continue", "later", "clear", "on", "2026-02-30",
]  # fmt: skip
FIELDS = [
    "q", "page", "from", "next", "level", "last_done", "example", "revision", "meaning", "press",
    "degree", "field", "hours", "hours_a_week", "budget", "starts_on", "status", "notes", "due_on",
    "scope", "days", "email", "login", "password", "password1", "code", "zone", "education", "pay",
    "growth", "rated", "order", "sort", "o", "p", "_popup", "_to_field", "action", "id", "e", "all",
    "form-TOTAL_FORMS", "form-INITIAL_FORMS", "requirements-TOTAL_FORMS", "csrfmiddlewaretoken",
]  # fmt: skip
HEADERS = [f"HTTP_{name}" for name in (
    "ACCEPT", "ACCEPT_ENCODING", "ACCEPT_LANGUAGE", "RANGE", "IF_NONE_MATCH", "IF_MODIFIED_SINCE",
    "HOST", "X_FORWARDED_FOR", "X_FORWARDED_PROTO", "X_IN_BACKGROUND", "X_REQUESTED_WITH",
    "REFERER", "ORIGIN", "USER_AGENT", "X_REQUEST_ID", "X_CSRFTOKEN",
)]  # fmt: skip
HEADER_VALUES = [
    "*", "*/*;q=2", "text/html;q=x", "de-CH, en;q=0.1", "gzip;q=0", "bytes=0-", "bytes=5-1",
    "bytes=0-0,-1", 'W/"x"', '"', "Sun, 22 Nov 2026 02:00:00 GMT", "Sun, 99 Foo 99999 99:99:99 GMT",
    "127.0.0.1:99999", "[::1", "a b", "testserver:", "1.2.3.4, 5.6.7.8", "::ffff:1.2.3.4%eth0",
    "https", "XMLHttpRequest", "testserver",
]  # fmt: skip
# Longer than the body is the server's work: it waits for the rest, or hangs up.
LENGTHS = ["", "0", "1", "-1", "NaN", "0x1", "1e0", " 1", "+1"]
TODAY = "2026-11-22"
COOKIES = [
    "session",
    "guest",
    "messages",
    "csrf",
    "django_language",
    "timezone",
    "",
    "__Host-session",
]


def routes(patterns, before=""):
    for one in patterns:
        here = before + (
            str(one.pattern)
            if isinstance(one.pattern, RoutePattern)
            else str(one.pattern).strip("^$")
        )
        if isinstance(one, URLPattern):
            yield "/" + here
        else:
            yield from routes(one.url_patterns, here)


ROUTES = sorted(set(routes(get_resolver().url_patterns)))


@pytest.fixture
def keys(member):
    fields = (Field("mathematics", "Mathematics"),)
    role = definition(requirement("sql"), qualifications=(qualification(),), fields=fields)
    done = submitted(member, role, sql=2).key
    return [done, opened(member, role).key, "x" * 22, "sql", "tester", "1", "99", "machine"]


@pytest.fixture
def clients(member, editor):
    boss = User.objects.create_superuser("boss@example.org", "correct horse battery staple")
    everybody = [
        (Client(raise_request_exception=False), one) for one in (None, member, editor, boss)
    ]
    for client, user in everybody:
        come_back(client, user)
    return everybody


def come_back(client, user):
    """Sooner or later something that was pressed signed them out."""
    if user is not None:
        client.force_login(user)


def address(route, chance, keys):
    def fill(_):
        return quote(chance.choice(keys if chance.random() < 0.8 else ODD), safe="")

    return re.sub(r"<[^>]+>|\(\?P<\w+>.*?\)", fill, route)


def odd_headers(client, chance):
    """A few, as a server may hand them on: bytes as latin-1, in one line, without NUL."""
    found = {name: as_header(chance.choice(ODD + HEADER_VALUES)) for name in some(HEADERS, chance)}
    if chance.random() < 0.2:
        found["CONTENT_LENGTH"] = chance.choice(LENGTHS)
    if chance.random() < 0.2:
        own = [f"{one.key}={one.value}" for one in client.cookies.values()]
        odd = f"{chance.choice(COOKIES)}={as_header(chance.choice(ODD))}"
        found["HTTP_COOKIE"] = "; ".join([*own, odd] if chance.random() < 0.5 else [odd, *own])
    return found


def some(names, chance):
    return chance.sample(names, chance.choice([0, 0, 1, 1, 2, 4]))


def as_header(text):
    return "".join(text.split("\r\n")).replace("\0", "").encode().decode("latin-1")


def ask(client, chance, keys, among):
    here = address(chance.choice(among), chance, keys)
    fields = {chance.choice(FIELDS): chance.choice(ODD) for _ in range(chance.randrange(5))}
    query = "&".join(f"{name}={quote(chance.choice(ODD))}" for name in fields)
    method = chance.choice(METHODS)
    headers = odd_headers(client, chance)
    body = {"data": b"\xff\xfe{", "content_type": "application/json"}
    if method == "POST" and chance.random() < 0.8:
        body = {"data": fields} if chance.random() < 0.7 else {"data": fields | {"file": "x"}}
        return f"{method} {here} {headers}", client.post(f"{here}?{query}", **body, **headers)
    response = client.generic(method, here, QUERY_STRING=query, **body, **headers)
    return f"{method} {here} {headers}", response


def first_error(clients, keys, part, among=ROUTES):
    """Which request is answered with an error of ours, if any."""
    chance = random.Random(part * 1_000_003 + REQUESTS)
    for number in range(REQUESTS // 4):
        client, user = clients[number % len(clients)]
        if chance.random() < 0.02:
            come_back(client, user)
        asked, response = ask(client, chance, keys, among)
        if response.streaming:
            b"".join(response)  # a download keeps its file open until it is read
        if response.status_code >= 500:
            return f"{response.status_code} at request {number} of part {part}: {asked}"
    return None


@pytest.mark.parametrize("part", range(4))
def test_no_request_is_too_odd(part, clients, keys):
    assert first_error(clients, keys, part) is None


CARELESS = {
    "a number": lambda request: int(request.GET.get("page") or 1),
    "a field": lambda request: 1 / ("\0" not in "".join(request.POST.values())),
    "a date": lambda request: date.fromisoformat(
        request.headers.get("If-Modified-Since", "2026-11-22")
    ),
    "a cookie": lambda request: int(request.COOKIES.get("guest", "1")),
}


@pytest.mark.parametrize("how", CARELESS)
def test_an_address_that_fails_at_one_odd_value_is_found(how, clients, keys, settings, caplog):
    def planted(request):
        CARELESS[how](request)
        return HttpResponse()

    caplog.set_level("CRITICAL")
    settings.ROOT_URLCONF = (path("planted/", csrf_exempt(planted)), *get_resolver().url_patterns)
    found = [first_error(clients, keys, part, ["/planted/"]) for part in range(4)]
    assert any(found)
    assert first_error(clients, keys, 0, ["/livez"]) is None
