"""A real browser against a real server. A page that complains in the console fails its test."""

import logging
import os
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from playwright.sync_api import (
    BrowserContext,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from assessments.actions.search_index import rebuild_search
from assessments.domain.definition import Definition
from assessments.importers.role_file import parse
from assessments.models import RoleVersion, User
from careerpath.logs import RequestLogMiddleware
from careerpath.settings import BASE_DIR
from tests.browser.chromium import FLAGS, of_the_system
from tests.browser.tour import Tour
from tests.conftest import PASSWORD
from tests.log_leaks import Suite
from tests.published import publish

# Playwright runs a loop of its own in this thread, and Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BUILT_IN = BASE_DIR / "assessments" / "content" / "machine-learning-engineer.yaml"
AXE = BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
# Colours on their way from one theme to the other are nobody's; preloading breaks our policy.
RUN_AXE = """
async tags => {
  for (let moving; (moving = document.getAnimations()).length;) moving.forEach(one => one.finish());
  return (await axe.run(document, {runOnly: tags, preload: false})).violations;
}
"""
CONFLICT = 409
PATIENCE = 30_000  # milliseconds; only what fails waits as long, and machines are busy
expect.set_options(timeout=PATIENCE)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = of_the_system()
    found = {"executable_path": path} if path else {}
    return browser_type_launch_args | found | {"args": FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return browser_context_args | {"locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture(scope="session")
def first_rows(django_db_setup: None) -> str:
    """What migrations put into the database."""
    return connection._test_serialized_contents


@pytest.fixture(scope="session")
def playwright(first_rows: str, playwright: Playwright) -> Playwright:
    """While its loop runs, Django gives this thread another connection, which has to know as well
    what to put back into the emptied database: the second test found no groups.
    """
    connection._test_serialized_contents = first_rows
    return playwright


@pytest.fixture(autouse=True)
def _database(transactional_db: None, django_db_serialized_rollback: None) -> None:
    """The server runs in another thread, so it sees only what is committed."""


@pytest.fixture(scope="session", autouse=True)
def _log_of_the_suite(django_test_environment: None) -> Iterator[None]:
    """After the last test: nothing that anybody typed or sent along is in the log of the site."""
    suite, root, answer = Suite(), logging.getLogger(), RequestLogMiddleware.__call__

    def noted(middleware: RequestLogMiddleware, request: HttpRequest) -> HttpResponse:
        response = answer(middleware, request)
        suite.note(request, response)
        return response

    root.addHandler(suite)
    lines = logging.getLogger("requests")
    before = lines.level
    lines.setLevel(logging.INFO)  # a line for each request, as in production
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RequestLogMiddleware, "__call__", noted)
        yield
    lines.setLevel(before)
    root.removeHandler(suite)
    assert suite.lines or not suite.words
    assert suite.leaks() == []


@pytest.fixture
def complaints(page: Page, base_url: str) -> list[str]:
    """What the browser complained about: errors, all that the security policy stopped, and
    every request to another host.

    A test that causes one on purpose empties the list.
    """
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on(
        "console",
        lambda message: (
            found.append(f"{message.type}: {message.text}")
            if message.type in ("error", "warning")
            else None
        ),
    )
    page.context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((base_url, "data:", "blob:", "about:"))
            else found.append(f"asked another host: {request.url}")
        ),
    )
    return found


@pytest.fixture(autouse=True)
def _no_complaints(page: Page, complaints: list[str]) -> Iterator[None]:
    """A save in the background that a press of the same form has overtaken is refused, and the
    browser says so; one that nothing has overtaken stays a complaint."""
    pressed: set[str] = set()
    overtaken: list[str] = []

    def asked(request: Request) -> None:
        if request.method == "POST" and "x-in-background" not in request.headers:
            pressed.add(request.url)

    def answered(answer: Response) -> None:
        in_background = "x-in-background" in answer.request.headers
        if answer.status == CONFLICT and in_background and answer.url in pressed:
            overtaken.append(answer.url)

    page.context.on("request", asked)
    page.context.on("response", answered)
    yield
    refusals = [one for one in complaints if f"status of {CONFLICT}" in one]
    for one in refusals[: len(overtaken)]:
        complaints.remove(one)
    assert complaints == []


@pytest.fixture(autouse=True)
def _soon(context: BrowserContext) -> None:
    context.set_default_timeout(PATIENCE)


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """Tell what axe finds wrong with the page as it is now: `assert axe() == []`."""

    def violations() -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(RUN_AXE, AXE_TAGS)
        return [
            f"{violation['id']}: {violation['help']} at {node['target']}: {node['html'][:120]}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations


@pytest.fixture
def sign_in(page: Page) -> Callable[[User], None]:
    """Sign in through the sign-in page, as a person does."""

    def through_the_page(user: User) -> None:
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(user.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/accounts/login/" not in url)

    return through_the_page


@pytest.fixture
def enter(page: Page, live_server: LiveServer) -> Callable[..., None]:
    """Be signed in at once, where signing in is not what the test is about."""

    def with_a_session(user: User, context: BrowserContext | None = None) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        (context or page.context).add_cookies([cookie])

    return with_a_session


@pytest.fixture(scope="session")
def built_in() -> Definition:
    return parse(BUILT_IN.read_bytes())


@pytest.fixture
def version(db: None, built_in: Definition) -> RoleVersion:
    """The built-in role, published; its draft and the catalogue of resources stay empty."""
    return publish(built_in)


@pytest.fixture(scope="session")
def imported_rows() -> dict[str, list[tuple]]:
    """What the import of the built-in role wrote, by table: filled by the first test with it."""
    return {}


@pytest.fixture
def role(db: None, imported_rows: dict[str, list[tuple]]) -> RoleVersion:
    """The built-in role and its resources, as `make run` loads them.

    Importing takes a second, and the same rows again none.
    """
    if imported_rows:
        put_back(imported_rows)
        rebuild_search()
    else:
        before = all_rows()
        call_command("import_role", str(BUILT_IN), "--publish", stdout=StringIO())
        imported_rows |= {name: rows for name, rows in all_rows().items() if rows != before[name]}
    return RoleVersion.objects.get()


def all_rows() -> dict[str, list[tuple]]:
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("assessments").get_models(include_auto_created=True):
            name = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608  our own tables
            found[name] = cursor.fetchall()
    return found


def put_back(rows: dict[str, list[tuple]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name, lines in rows.items():
            marks = ", ".join(["%s"] * len(lines[0]))
            table = connection.ops.quote_name(name)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  our own tables
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)  # noqa: S608  our own tables


@pytest.fixture
def tour(
    page: Page,
    role: RoleVersion,
    member: User,
    editor: User,
    enter: Callable[..., None],
    complaints: list[str],
) -> Tour:
    return Tour(page, role, member, editor, enter, complaints)
