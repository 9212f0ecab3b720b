"""Pages without scripts, and without style: test_states.py sees to how they look."""

import pytest
from playwright.sync_api import expect

from assessments.models import Answer
from tests.browser.journey import START, choose, press
from tests.browser.tour import Tour
from tests.conftest import PASSWORD


def test_without_scripts_one_gets_from_sign_up_to_the_report(new_context, version):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(START)
    page.get_by_role("link", name="Create an account first").click()
    page.locator("input[name=email]").fill("new@example.org")
    page.locator("input[name=password1]").fill(PASSWORD)
    press(page, "Create an account")
    press(page, "Start")
    press(page, "Continue")
    expect(page.locator(".error-summary")).to_contain_text("Select your level for Python")
    for level in (3, None, 1):
        choose(page, level)
    choose(page, 2, "Save and come back later")
    page.get_by_role("link", name="Check your answers and get the report").click()
    press(page, "Get my gap report")
    expect(page.locator(".report-statement")).to_contain_text("of the 27 targets.")
    assert [one.level for one in Answer.objects.order_by("pk")] == [3, None, 1, 2]


@pytest.mark.parametrize("part", ["public", "assessment", "plan", "mail"])
def test_pages_work_with_nothing_but_html(new_context, role, member, editor, enter, part):
    context = new_context(java_script_enabled=False)
    context.route("**/static/**", lambda route: route.abort())
    page = context.new_page()

    def into_this_one(user):
        enter(user, context)

    for stop in Tour(page, role, member, editor, into_this_one, []).stops(part):
        assert page.locator("main").inner_text().strip(), stop
