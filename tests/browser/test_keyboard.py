"""From signing up to a plan with nothing but keys: Tab, arrows, Space, Enter and letters."""

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment, PlanItem
from tests.browser import checks
from tests.browser.journey import button, follow, pick, question_path, tab_to
from tests.conftest import PASSWORD
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.published import publish

LEVELS = {"python": 1, "sql": 4, "talking": 0}


@pytest.fixture
def role(db):
    asked = [requirement(slug, 3, essential=slug == "python") for slug in LEVELS]
    return publish(definition(*asked, qualifications=(qualification(),), fields=FIELDS))


@pytest.fixture(autouse=True)
def _no_mouse(page):
    """The test fails where something is pressed otherwise."""
    page.add_init_script(
        "addEventListener('pointerdown', () => { throw new Error('A mouse was used.'); }, true)"
    )


def test_from_signing_up_to_a_plan(page, role):
    page.goto("/roles/tester/start/")
    follow(page, page.get_by_role("link", name="Create one first"))
    sign_up(page)
    follow(page, button(page, "Start"))
    for level in LEVELS.values():
        page.wait_for_url("**/skills/**")
        before = page.url
        pick(page, "level", level)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before)
    page.wait_for_url("**/qualifications/#qualifications")
    pick(page, "degree", 0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/#review")
    follow(page, button(page, "Get my gap report"))
    page.wait_for_url("**/reports/*/")
    expect(page.locator(".report-statement")).to_contain_text("You meet 1 of the")
    follow(page, page.get_by_role("link", name="Plan this"))
    page.wait_for_url("**/plan/add/*/")
    follow(page, button(page, "Add to my plan"))
    page.wait_for_url("**/plan/")
    assert {one.skill for one in PlanItem.objects.all()} == {"python", "talking"}
    assert Assessment.objects.get().submitted_at


def sign_up(page):
    tab_to(page, page.locator("input[name=email]"))
    page.keyboard.type("new@example.org")
    tab_to(page, page.locator("input[name=password1]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/start/")


def test_tab_goes_through_each_page_in_its_order_and_out_again(page, role, member, enter):
    enter(member)
    found = {}
    page.goto("/roles/tester/start/")
    tab_to(page, button(page, "Start"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/skills/**")
    mine = Assessment.objects.get()
    own = f"/assessments/{mine.key}/"
    asked = question_path(mine.key, "sql")
    for path in ("/", "/roles/", own, asked, f"{own}qualifications/", f"{own}review/", "/plan/"):
        page.goto(path)
        found[path] = checks.tabs(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_skip_link_is_first_and_leads_past_the_header(page, role):
    page.goto("/roles/tester/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
