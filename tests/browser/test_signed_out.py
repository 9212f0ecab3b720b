"""Back, on a computer that other people use, after signing out."""

import time

import pytest

from tests.browser.journey import EXAMPLE, press, question_path
from tests.conftest import PASSWORD
from tests.definitions import definition, requirement
from tests.published import opened

PRIVATE = ["/assessments/", "/plan/", "/account/", "/accounts/sessions/"]


@pytest.fixture
def keeps_pages(playwright, browser_type_launch_args, base_url):
    """A browser as people have it: it keeps the pages behind Back, which Playwright turns off."""
    browser = playwright.chromium.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser.new_page(base_url=base_url)
    browser.close()


@pytest.fixture(params=["keeps pages behind Back", "asks again"])
def tab(request):
    kept = request.param.startswith("keeps")
    return request.getfixturevalue("keeps_pages" if kept else "page")


def sign_in(tab, member):
    tab.goto("/accounts/login/")
    tab.locator("input[name=login]").fill(member.email)
    tab.locator("input[name=password]").fill(PASSWORD)
    tab.locator("input[name=password]").press("Enter")
    tab.wait_for_url("**/assessments/")


def test_back_after_signing_out_shows_nothing(tab, member):
    mine = opened(member, definition(requirement("python")))
    asked = question_path(mine.key, "python")
    mine.answers.create(skill="python", level=3, example=EXAMPLE, revision=1)
    sign_in(tab, member)
    for path in (asked, *PRIVATE, asked):
        tab.goto(path)
    assert EXAMPLE in tab.locator("textarea").input_value()
    tab.go_back()
    assert "Sign out" in tab.content()
    tab.go_forward()
    tab.goto("/accounts/logout/")
    press(tab, "Sign out")
    tab.wait_for_url("**/")
    for _step in range(len(PRIVATE) + 3):
        tab.go_back()
        shown = tab.content()
        assert tab.get_by_role("link", name="Sign in").count()
        for private in (member.email, EXAMPLE[:20], "Skill python", "Sign out"):
            assert private not in shown


def test_signing_out_takes_no_longer_for_it(page, member):
    sign_in(page, member)
    page.goto("/accounts/logout/")
    began = time.monotonic()
    press(page, "Sign out")
    page.wait_for_url("**/")
    assert time.monotonic() - began < 5
