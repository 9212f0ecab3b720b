"""What pages cost a process of their own, without a server: `bench.flat` asks for it by site.

python manage.py shell -c "from bench.work import costs; print(costs('world.json', 0, 20))"
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import rendered
from bench.pages import PAGES, SECRET, Page, Request, World, reading
from bench.world import send

BEFORE = 2  # requests that warm up and are counted, before those whose work is measured
BROWSE, SEARCH, NEAREST = "browse roles", "search", "nearest roles"
MORE = (
    Page(BROWSE, reading(lambda *_: "/roles/")),
    Page(SEARCH, reading(lambda *_: "/roles/?q=occupation+number")),
    Page(NEAREST, reading(lambda *_: "/roles/nearest/")),
    Page("list of assessments", reading(lambda *_: "/assessments/")),
    Page(
        "check answers",
        reading(lambda world, one: f"/assessments/{world['assessments'][one]}/review/"),
    ),
    Page(
        "report, newest version",
        reading(lambda world, one: f"/reports/{world['reports'][one][0]}/version/"),
    ),
    Page(
        "comparison",
        reading(lambda world, one: "/reports/{}/compare/{}/".format(*world["reports"][one][-2:])),
    ),
    Page("my data", reading(lambda *_: "/account/")),
)
# The list of all pages of it: here its first page alone, in each world the same.
ASKED = (*(one for one in PAGES if not one.name.startswith("browse")), *MORE)


def costs(file: str, turn: int, times: int) -> str:
    """JSON: by page how often it asks the database, and milliseconds of work of each request."""
    number = times + BEFORE
    world = json.loads(Path(file).read_text())
    world |= json.loads(send(1, 0, number))
    requests = {one: _requests(one, world, turn, number) for one in ASKED}
    client = Client(headers={"host": "127.0.0.1"})
    for asked in requests.values():
        _ask(client, asked[0])  # a process that was forked copies its memory as it touches it
    return json.dumps({one.name: _cost(client, one, asked) for one, asked in requests.items()})


def _requests(page: Page, world: World, turn: int, number: int) -> Sequence[Request]:
    """A save names the revision after the one before, so it can be sent only once."""
    found = page.requests(world, range(number))
    first = turn * number if found[0].fields else 0
    return found[first : first + number]


def _cost(client: Client, page: Page, requests: Sequence[Request]) -> tuple[int, list[float]]:
    tag = _ask(client, requests[0])
    if page.unchanged:
        requests = [replace(one, tag=tag) for one in requests]
    queries, spent = 0, []
    for number, one in enumerate(requests[1:], 1):
        if page.again:
            _ask(client, one)
        elif page.once and not one.fields:
            rendered.forget_all()
        if number < BEFORE:
            with CaptureQueriesContext(connection) as asked:
                _ask(client, one)
            queries = len(asked)
            continue
        began = _work()
        _ask(client, one)
        spent.append(_work() - began)
    return queries, spent


def _ask(client: Client, one: Request) -> str:
    """The tag of its page."""
    client.cookies = SimpleCookie()
    if one.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = one.session
        client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    more: dict[str, Any] = {"headers": {"if-none-match": one.tag}} if one.tag else {}
    if one.fields is None:
        response, wanted = client.get(one.path, **more), 304 if one.tag else 200
    else:
        kind = "application/x-www-form-urlencoded"
        response = client.post(one.path, urlencode(one.fields), content_type=kind)
        wanted = 302
    if response.status_code != wanted:
        sys.exit(f"{one.path} answered {response.status_code}, not {wanted}")
    return str(response.get("ETag", ""))


def _work() -> float:
    """Milliseconds so far: of this process, and of the one that PostgreSQL has for it."""
    spent = 1000 * process_time()
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        server = connection.connection.info.backend_pid
        spent += int(Path(f"/proc/{server}/schedstat").read_text().split()[0]) / 1e6
    return spent
