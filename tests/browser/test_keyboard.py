"""From signing up to leaving with nothing but keys: Tab, arrows, Space, Enter and letters."""

import json
import zipfile

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment, PlanItem, User
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


@pytest.mark.usefixtures("erasures")
def test_from_signing_up_to_leaving(page, role):
    page.goto("/roles/tester/start/")
    follow(page, page.get_by_role("link", name="Create an account first"))
    sign_up(page)
    follow(page, button(page, "Start"))
    answer_all(page)
    expect(page.locator(".report-statement")).to_contain_text("You meet 1 of the")
    follow(page, page.get_by_role("link", name="Plan this"))
    page.wait_for_url("**/plan/add/*/")
    follow(page, button(page, "Add to my plan"))
    page.wait_for_url("**/plan/")
    assert {one.skill for one in PlanItem.objects.all()} == {"python", "talking"}
    assert Assessment.objects.get().submitted_at
    assert [len(one["answers"]) for one in taken_along(page)["assessments"]] == [len(LEVELS)]
    leave(page)
    assert not User.objects.exists()


def answer_all(page):
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


def taken_along(page):
    """What is in the file of one's own data."""
    follow(page, page.get_by_role("link", name="Account", exact=True))
    follow(page, page.get_by_role("link", name="My data", exact=True))
    tab_to(page, page.get_by_role("link", name="Download my data"))
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    with zipfile.ZipFile(found.value.path()) as archive:
        return json.loads(archive.read("careerpath-data.json"))


def leave(page):
    follow(page, page.get_by_role("link", name="Delete my account"))
    page.wait_for_url("**/reauthenticate/**")
    tab_to(page, page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/delete/")
    tab_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    tab_to(page, button(page, "Delete my account"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/gone/")


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
