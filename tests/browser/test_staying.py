"""A page that is left open says in time that its session ends, and one press makes it longer."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from tests.browser import checks
from tests.browser.journey import button, question_path

SOON = re.compile(r"^You will be signed out at \d\d:\d\d\.$")
LONGER = re.compile("^You stay signed in until ")


@pytest.fixture
def left_open(page, member, version, enter):
    """Opens a question whose session ends in so many minutes."""

    def opened(minutes):
        mine = actions.start(by=member, version=version)
        enter(member)
        ends_in(minutes=minutes)
        page.goto(question_path(mine.key, "algorithms"))
        return page

    return opened


def ends_in(**left):
    Session.objects.update(expire_date=timezone.now() + timedelta(**left))


def region(page):
    return page.locator(".session-end")


def is_of_the_press(response):
    """And not to the page, which asks at the same address how long there is left."""
    return response.request.method == "POST" and response.url.endswith("/account/stay/")


def look(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_it_is_said_ten_minutes_before_and_takes_no_focus(left_open):
    page = left_open(9)
    page.locator("textarea").fill("In the middle of a")
    expect(region(page).get_by_role("status")).to_have_text(SOON)
    expect(page.locator("textarea")).to_be_focused()
    expect(button(page, "Stay signed in")).to_be_in_viewport()


def test_long_before_it_says_nothing(left_open):
    page = left_open(11)
    page.wait_for_load_state("networkidle")
    expect(region(page)).to_be_hidden()


def test_one_press_makes_it_longer_as_often_as_one_likes(left_open):
    page = left_open(5)
    page.locator("textarea").fill("Still here")
    for _time in range(11):
        ends_in(minutes=3)
        with page.expect_response(is_of_the_press):
            button(page, "Stay signed in").click()
        assert Session.objects.get().expire_date > timezone.now() + timedelta(days=13)
    expect(region(page).get_by_role("status")).to_have_text(LONGER)
    expect(button(page, "Stay signed in")).to_be_focused()
    page.locator("textarea").focus()
    expect(region(page)).to_be_hidden()
    expect(page.locator("textarea")).to_have_value("Still here")


def test_what_another_tab_did_is_known(left_open):
    page = left_open(5)
    expect(region(page)).to_be_visible()
    ends_in(days=14)
    look(page)
    expect(region(page)).to_be_hidden()


def test_afterwards_it_says_where_to_sign_in(left_open, complaints):
    page = left_open(5)
    expect(region(page)).to_be_visible()
    Session.objects.all().delete()
    look(page)
    expect(region(page)).to_contain_text("You are no longer signed in.")
    expect(page.get_by_role("link", name="Sign in (opens in a new tab)")).to_be_visible()
    assert checks.in_each_theme(page, 320) == []
    complaints.clear()  # of the 401


def test_a_press_that_fails_says_so(left_open, complaints):
    page = left_open(5)
    expect(region(page).get_by_role("status")).to_have_text(SOON)
    page.route("**/account/stay/", lambda route: route.abort())
    button(page, "Stay signed in").click()
    expect(region(page).get_by_role("status")).to_have_text("That did not work. Try again.")
    complaints.clear()


def test_it_is_plain_in_each_theme(left_open):
    page = left_open(5)
    expect(region(page).get_by_role("status")).to_have_text(SOON)
    for width in (320, 1280):
        assert checks.in_each_theme(page, width) == []
        assert checks.focus(page) == []


def test_what_has_the_focus_is_not_behind_it(left_open):
    page = left_open(5)
    page.set_viewport_size({"width": 360, "height": 640})
    expect(region(page)).to_be_visible()
    for _press in range(20):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const bar = document.querySelector(".session-end").getBoundingClientRect();
              const here = document.activeElement;
              const box = here.getBoundingClientRect();
              return !here.closest(".session-end") && box.top >= bar.top && box.bottom <= bar.bottom
                && box.height > 0;
            }"""
        )
        assert not hidden
