"""Leaving and returning, going back, changing one's mind, two tabs: nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.models import Answer
from tests.browser.journey import (
    START,
    button,
    card,
    choose,
    key_of,
    press,
    question_path,
    slug_of,
)
from tests.published import answer

REPORT = re.compile("/reports/")
REVIEW = re.compile("/review/$")


@pytest.fixture
def mine(member, version):
    return actions.start(by=member, version=version)


def started(page):
    page.goto(START)
    press(page, "Start")


def test_another_device_goes_on_with_the_next_unanswered_question(
    page, member, version, enter, new_context
):
    enter(member)
    started(page)
    choose(page, 3)
    choose(page, None)
    left_at = page.url.removesuffix("#question")
    page.close()
    elsewhere = new_context()
    enter(member, elsewhere)
    other = elsewhere.new_page()
    other.goto("/assessments/")
    other.get_by_role("link", name="Machine Learning Engineer").click()
    other.get_by_role("link", name="Go on where I left off").click()
    expect(other).to_have_url(left_at)


def test_save_and_come_back_later_saves(page, member, mine, enter):
    enter(member)
    page.goto(question_path(mine.key, "python"))
    choose(page, 2, "Save and come back later")
    expect(page).to_have_url(re.compile(f"/assessments/{mine.key}/$"))
    assert "1 of 27 answered" in page.locator(".lead").inner_text()
    page.goto(question_path(mine.key, "python"))
    expect(card(page, 2)).to_be_checked()


def test_later_without_an_answer_asks_for_none(page, member, mine, enter):
    enter(member)
    page.goto(question_path(mine.key, "python"))
    press(page, "Save and come back later")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your assessment")
    assert not Answer.objects.exists()


def test_back_shows_the_answer_as_it_was_given(page, member, mine, enter):
    enter(member)
    page.goto(question_path(mine.key, "python"))
    choose(page, 4)
    expect(page).not_to_have_url(re.compile("/python/"))
    page.go_back()
    expect(card(page, 4)).to_be_checked()


def test_back_after_submitting_leads_to_the_report(page, member, mine, enter):
    answer(mine, python=3)
    enter(member)
    page.goto(f"/assessments/{mine.key}/review/")
    press(page, "Get my gap report")
    expect(page).to_have_url(REPORT)
    report = page.locator("article").inner_text()
    page.go_back()
    if button(page, "Get my gap report").count():
        press(page, "Get my gap report")
    expect(page).to_have_url(REPORT)
    expect(page.locator(".messages")).to_contain_text("You have already sent this assessment")
    assert page.locator("article").inner_text() == report


def test_an_old_question_page_cannot_change_a_report(page, member, mine, enter, complaints):
    answer(mine, algorithms=1)
    enter(member)
    page.goto(question_path(mine.key, "python"))
    actions.submit(assessment=mine)
    choose(page, 4)
    expect(page).to_have_url(REPORT)
    expect(page.locator(".messages")).to_contain_text("You have already sent this assessment")
    assert not Answer.objects.filter(skill="python").exists()
    complaints.clear()  # of 409, if the choice was sent before Continue was pressed


def test_change_comes_back_to_the_answers(page, member, mine, enter):
    answer(mine, python=3, algorithms=1)
    enter(member)
    page.goto(f"/assessments/{mine.key}/review/")
    page.get_by_role("link", name="Change Algorithms").click()
    expect(card(page, 1)).to_be_checked()
    choose(page, 2)
    expect(page).to_have_url(REVIEW)
    assert Answer.objects.get(skill="algorithms").level == 2


def test_a_cleared_answer_is_not_provided(page, member, mine, enter):
    answer(mine, algorithms=1)
    enter(member)
    page.goto(f"/assessments/{mine.key}/review/")
    page.get_by_role("link", name="Change Algorithms").click()
    press(page, "Clear my answer")
    expect(page.locator("input[name=level]:checked")).to_have_count(0)
    expect(button(page, "Clear my answer")).to_have_count(0)
    page.get_by_role("link", name="Back to your answers").click()
    line = page.locator(".summary-list > div", has_text="Algorithms").first
    expect(line).to_contain_text("Not provided")
    assert not Answer.objects.exists()


def test_submitting_with_gaps_says_what_that_does(page, member, mine, enter):
    answer(mine, python=3, algorithms=None)
    enter(member)
    page.goto(f"/assessments/{mine.key}/review/")
    said = page.locator("main").inner_text()
    assert "25 targets have no answer. They will be listed as unknown, and your score" in said
    assert "You said “I can’t judge this” of 1 target." in said
    press(page, "Get my gap report")
    expect(page.locator(".unknown-list > li")).to_have_count(26)
    expect(page.locator(".report-statement")).to_contain_text("You meet 1 of the 27 targets.")


# --- Two tabs ---------------------------------------------------------------------------------


@pytest.fixture
def two_tabs(page, member, mine, enter, complaints):
    """Both opened the same question; the other tab has saved "Aware", this one chose "Leading"."""
    enter(member)
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(question_path(mine.key, "algorithms"))
    other.locator("textarea[name=example]").fill("Written in the other tab")
    choose(other, 1)
    page.bring_to_front()
    page.locator("textarea[name=example]").fill("Written in this tab")
    choose(page, 4)
    expect(page.locator(".conflict")).to_be_visible()
    assert all("409" in complaint for complaint in complaints)
    complaints.clear()
    return page


def test_two_tabs_show_both_answers(two_tabs):
    conflict = two_tabs.locator(".conflict")
    expect(conflict).to_be_focused()
    assert "Aware" in conflict.inner_text()
    assert "Written in the other tab" in conflict.inner_text()
    expect(card(two_tabs, 4)).to_be_checked()
    expect(two_tabs.locator("textarea")).to_have_value("Written in this tab")
    stored = Answer.objects.get()
    assert (stored.level, stored.example) == (1, "Written in the other tab")


def test_the_answer_of_this_tab_can_win(two_tabs):
    press(two_tabs, "Continue")
    expect(two_tabs).not_to_have_url(re.compile("algorithms"))
    stored = Answer.objects.get()
    assert (stored.level, stored.example) == (4, "Written in this tab")


def test_the_answer_of_the_other_tab_can_stay(two_tabs):
    two_tabs.get_by_role("link", name="Keep what was saved there").click()
    expect(card(two_tabs, 1)).to_be_checked()
    assert Answer.objects.get().level == 1


def test_an_error_keeps_what_was_typed(page, member, mine, enter):
    enter(member)
    page.goto(question_path(mine.key, "python"))
    page.locator("textarea").fill("Typed before choosing")
    press(page, "Continue")
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Select your level for Python").click()
    expect(card(page, 0)).to_be_focused()
    expect(page.locator("textarea")).to_have_value("Typed before choosing")
    choose(page, 0)
    assert slug_of(page) != "python"
    assert key_of(page) == mine.key
    assert Answer.objects.get().example == "Typed before choosing"
