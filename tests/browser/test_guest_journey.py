"""Without an account and without JavaScript, from the first press into an account."""

import pytest
from playwright.sync_api import expect

from assessments.models import Answer, Assessment, User
from tests.browser.journey import START, choose, press
from tests.conftest import PASSWORD


@pytest.fixture
def browser_context_args(browser_context_args):
    return browser_context_args | {"java_script_enabled": False}


def test_two_answers_are_there_after_signing_up(page, role):
    page.goto(START)
    press(page, "Start")
    page.wait_for_url("**/skills/**")
    choose(page, 3)
    choose(page, 1)
    expect(page.get_by_text("Not saved to an account")).to_have_count(1)
    here = page.url.removesuffix("#question")
    assert User.objects.count() == 0

    page.get_by_role("link", name="Sign up to keep it").click()
    page.locator("input[name=email]").fill("new@example.org")
    page.locator("input[name=password1]").fill(PASSWORD)
    press(page, "Create an account")
    page.wait_for_url(here)
    mine = Assessment.objects.get()
    assert mine.member == User.objects.get()
    assert sorted(Answer.objects.values_list("level", flat=True)) == [1, 3]
    expect(page.get_by_text("Not saved to an account")).to_have_count(0)
    page.goto("/assessments/")
    expect(page.get_by_text("In progress: 2 questions answered")).to_have_count(1)


def test_the_one_that_is_kept_is_chosen_on_a_page(page, role, member, sign_in):
    sign_in(member)
    page.goto(START)
    press(page, "Start")
    choose(page, 4)
    page.goto("/accounts/logout/")
    press(page, "Sign out")
    page.goto(START)
    press(page, "Start")
    choose(page, 2)
    choose(page, 2)
    sign_in(member)
    page.wait_for_url("**/assessments/claim/**")
    assert Answer.objects.count() == 3
    page.get_by_role("button", name="Keep the one without an account").click()
    page.wait_for_url("**/assessments/")
    assert Assessment.objects.get().answers.count() == 2
