"""Saving while the page is still open: nothing moves, nothing is lost, nobody is overwritten."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.models import Answer, Assessment
from careerpath.settings import BASE_DIR
from tests.browser import checks
from tests.browser.journey import button, card, press, question_path
from tests.browser.network import SAVED, heard, hurry, line, listen, open_question, pick

SCRIPTS = [*(BASE_DIR / "careerpath" / "static" / "careerpath").glob("*.js")]


@pytest.fixture
def mine(member, version):
    return actions.start(by=member, version=version)


@pytest.fixture
def asked(page, member, mine, enter):
    enter(member)
    open_question(page, mine)
    return page


def stored():
    return Answer.objects.get(skill="algorithms")


# --- All goes well ----------------------------------------------------------------------------


def test_a_choice_is_saved_and_nothing_moves(asked):
    asked.set_viewport_size({"width": 360, "height": 640})
    asked.reload()
    asked.evaluate(
        """() => {
          window.shifts = 0;
          new PerformanceObserver(list => {
            for (const one of list.getEntries()) window.shifts += one.value;
          }).observe({type: "layout-shift"});
        }"""
    )
    pick(asked, 2)
    top = asked.evaluate("scrollY")
    expect(line(asked)).to_have_text(SAVED)
    expect(card(asked, 2)).to_be_focused()
    assert asked.evaluate("[scrollY, shifts]") == [top, 0]
    assert stored().level == 2
    expect(button(asked, "Clear my answer")).to_be_visible()


def test_it_is_told_politely(asked):
    expect(asked.get_by_role("status")).to_have_count(1)
    assert line(asked).get_attribute("aria-live") in (None, "polite")
    expect(asked.get_by_role("status")).to_have_text("")


def test_what_is_typed_is_saved_after_a_pause_in_the_same_row(asked):
    pick(asked, 2)
    expect(line(asked)).to_have_text(SAVED)
    listen(asked)
    asked.locator("textarea").fill("One\nTwo")
    unsaved, saved = heard(asked, 2)
    assert unsaved == ""  # no longer what is stored
    assert re.fullmatch(SAVED, saved)
    assert (stored().level, stored().example) == (2, "One\nTwo")


def test_the_time_is_that_of_the_reader(browser, base_url, member, mine, enter):
    far = browser.new_context(base_url=base_url, timezone_id="Asia/Kolkata")
    enter(member, far)
    page = far.new_page()
    open_question(page, mine)
    pick(page, 1)
    expect(line(page)).to_have_text(SAVED)
    minutes = stored().saved_at.hour * 60 + stored().saved_at.minute + 330
    assert line(page).inner_text()[-5:] == f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    far.close()


def test_continue_goes_on_and_back_can_be_changed(asked):
    pick(asked, 2)
    expect(line(asked)).to_have_text(SAVED)
    pick(asked, 3)
    press(asked, "Continue")
    expect(asked).not_to_have_url(re.compile("algorithms"))
    assert stored().level == 3
    asked.go_back()
    expect(card(asked, 3)).to_be_checked()
    hurry(asked)
    pick(asked, 1)
    expect(line(asked)).to_have_text(SAVED)
    assert stored().level == 1


def test_looking_saves_nothing(asked, mine):
    before = Assessment.objects.get().revision
    asked.mouse.wheel(0, 400)
    asked.keyboard.press("Tab")
    asked.reload()
    press(asked, "Save and come back later")
    expect(asked.get_by_role("heading", level=1)).to_have_text("Your assessment")
    assert Assessment.objects.get().revision == before


def test_an_example_without_a_level_waits_for_one(asked):
    asked.locator("textarea").fill("Typed first")
    expect(line(asked)).to_have_text("Not saved yet. Choose a level as well.")
    assert checks.in_each_theme(asked, 320) == []
    pick(asked, 4)
    expect(line(asked)).to_have_text(SAVED)
    assert (stored().level, stored().example) == (4, "Typed first")


def test_leaving_at_once_saves_too(asked, mine):
    pick(asked, 3)
    asked.get_by_role("link", name="Roles", exact=True).click()
    asked.wait_for_url("**/roles/")
    for _wait in range(500):
        if Answer.objects.exists():
            break
        asked.wait_for_timeout(20)
    open_question(asked, mine)
    expect(card(asked, 3)).to_be_checked()


def test_what_it_says_is_plain_in_each_theme(asked):
    """What it says of failures, the tests of these look at."""
    pick(asked, 2)
    expect(line(asked)).to_have_text(SAVED)
    assert checks.in_each_theme(asked, 320) == []


# --- Not so well ------------------------------------------------------------------------------


def test_another_tab_is_never_overwritten(asked, mine, complaints):
    other = asked.context.new_page()
    open_question(other, mine)
    pick(other, 1)
    expect(line(other)).to_have_text(SAVED)
    asked.bring_to_front()
    pick(asked, 4)
    expect(line(asked)).to_have_text(
        "Not saved. This answer was changed somewhere else. Continue shows both."
    )
    pick(asked, 3)
    asked.wait_for_timeout(700)
    assert stored().level == 1
    press(asked, "Continue")
    expect(asked.locator(".conflict")).to_contain_text("Aware")
    expect(card(asked, 3)).to_be_checked()
    pick(asked, 2)  # nothing is overwritten until they choose
    asked.wait_for_timeout(700)
    assert stored().level == 1
    complaints.clear()


def test_too_long_an_example_is_told_and_kept(asked, complaints):
    pick(asked, 2)
    asked.locator("textarea").fill("x" * 501)
    expect(line(asked)).to_have_text(re.compile("^Not saved. Shorten your example to 500"))
    asked.locator("textarea").fill("x" * 500)
    expect(line(asked)).to_have_text(SAVED)
    assert len(stored().example) == 500
    complaints.clear()


# --- Signed out -------------------------------------------------------------------------------


def sign_in_again(page, member, sign_in):
    """In the tab that the link opened."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens in a new tab)").click()
    tab = opened.value
    tab.locator("input[name=login]").fill(member.email)
    tab.locator("input[name=password]").fill("correct horse battery staple")
    tab.locator("input[name=password]").press("Enter")
    tab.wait_for_url("**/assessments/")
    tab.close()


def test_signed_out_meanwhile_nothing_is_lost(asked, member, sign_in, complaints):
    Session.objects.all().delete()
    asked.locator("textarea").fill("Typed while signed out")
    pick(asked, 3)
    expect(line(asked)).to_contain_text("You are no longer signed in.")
    assert checks.in_each_theme(asked, 320) == []
    assert not Answer.objects.exists()
    sign_in_again(asked, member, sign_in)
    asked.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # back in this tab
    expect(line(asked)).to_have_text(SAVED)
    assert (stored().level, stored().example) == (3, "Typed while signed out")
    press(asked, "Continue")
    expect(asked).not_to_have_url(re.compile("algorithms"))
    complaints.clear()


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without"])
def test_continue_while_signed_out_keeps_what_was_typed(
    new_context, member, mine, enter, complaints, sign_in, scripts
):
    context = new_context(java_script_enabled=scripts)
    enter(member, context)
    page = context.new_page()
    page.goto(question_path(mine.key, "algorithms"))
    Session.objects.all().delete()
    page.locator("textarea").fill("Typed <b>while</b> signed out")
    pick(page, 3)
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("You are no longer signed in")
    sign_in_again(page, member, sign_in)
    press(page, "Send it again")
    if button(page, "Send it again").count():  # signing in has changed the form's token
        press(page, "Send it again")
    expect(page).to_have_url(re.compile("/skills/(?!algorithms)"))
    assert (stored().level, stored().example) == (3, "Typed <b>while</b> signed out")
    complaints.clear()


# --- Never ------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_nothing_is_kept_in_the_browser(script):
    text = script.read_text(encoding="utf-8")
    assert not re.search("localStorage|sessionStorage|indexedDB|document.cookie|caches", text)


def test_the_browser_has_kept_nothing(asked):
    cookies = asked.evaluate("document.cookie")
    pick(asked, 2)
    asked.locator("textarea").fill("A secret")
    expect(line(asked)).to_have_text(SAVED)
    kept = asked.evaluate(
        "async () => [localStorage.length, sessionStorage.length,"
        " (await indexedDB.databases()).length, (await caches.keys()).length, document.cookie]"
    )
    assert kept == [0, 0, 0, 0, cookies]


def test_without_scripts_continue_saves_as_ever(new_context, member, mine, enter):
    context = new_context(java_script_enabled=False)
    enter(member, context)
    page = context.new_page()
    page.goto(question_path(mine.key, "algorithms"))
    pick(page, 2)
    page.wait_for_timeout(600)
    assert not Answer.objects.exists()
    expect(button(page, "Clear my answer")).to_have_count(0)
    press(page, "Continue")
    expect(page).not_to_have_url(re.compile("algorithms"))
    assert stored().level == 2
