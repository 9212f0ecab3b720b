"""Random requests at every address, by everybody: never an error of ours.

REQUESTS sets how many; `make soak` makes many more than `make test`.
"""

import os
import random
import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from assessments.domain.definition import Field
from assessments.models import User
from tests.conftest import signed_in
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
    everybody = [Client(), signed_in(member), signed_in(editor), signed_in(boss)]
    for client in everybody:
        client.raise_request_exception = False
    return everybody


def address(route, chance, keys):
    def fill(_):
        return quote(chance.choice(keys if chance.random() < 0.8 else ODD), safe="")

    return re.sub(r"<[^>]+>|\(\?P<\w+>.*?\)", fill, route)


def ask(client, chance, keys):
    path = address(chance.choice(ROUTES), chance, keys)
    fields = {chance.choice(FIELDS): chance.choice(ODD) for _ in range(chance.randrange(5))}
    query = "&".join(f"{name}={quote(chance.choice(ODD))}" for name in fields)
    method = chance.choice(METHODS)
    body = {"data": b"\xff\xfe{", "content_type": "application/json"}
    if method == "POST" and chance.random() < 0.8:
        body = {"data": fields} if chance.random() < 0.7 else {"data": fields | {"file": "x"}}
        return path, method, client.post(f"{path}?{query}", **body)
    return path, method, client.generic(method, path, QUERY_STRING=query, **body)


@pytest.mark.parametrize("part", range(4))
def test_no_request_is_too_odd(part, clients, keys):
    chance = random.Random(part * 1_000_003 + REQUESTS)
    for number in range(REQUESTS // 4):
        path, method, response = ask(clients[number % len(clients)], chance, keys)
        if response.streaming:
            b"".join(response)  # a download keeps its file open until it is read
        assert response.status_code < 500, f"request {number} of part {part}: {method} {path}"
