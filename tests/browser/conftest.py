"""A real browser against a real server. A page that complains in the console fails its test."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from assessments.models import User
from careerpath.settings import BASE_DIR
from tests.browser.chromium import FLAGS, of_the_system
from tests.conftest import PASSWORD

# Playwright runs a loop of its own in this thread, and Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
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


@pytest.fixture(autouse=True)
def _database(transactional_db: None, django_db_serialized_rollback: None) -> None:
    """The server runs in another thread, so it sees only what is committed."""


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained about: errors, and all that the security policy stopped.

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
    return found


@pytest.fixture(autouse=True)
def _no_complaints(complaints: list[str]) -> Iterator[None]:
    yield
    assert complaints == []


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """Tell what axe finds wrong with the page as it is now: `assert axe() == []`."""

    def violations() -> list[str]:
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)",
            AXE_TAGS,
        )
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
