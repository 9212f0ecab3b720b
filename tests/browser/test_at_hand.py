"""On a phone Continue stays in reach of the thumb, and in nobody's way."""

import pytest
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.models import Answer
from tests.browser.journey import button, question_path
from tests.browser.test_staying import ends_in, region

PHONE, ZOOMED_IN = {"width": 360, "height": 740}, {"width": 320, "height": 256}
OVERLAP = """(button, selector) => {
  const here = document.activeElement.closest(selector).getBoundingClientRect();
  return here.bottom - button.getBoundingClientRect().top;
}"""


@pytest.fixture
def asked(page, member, version, enter):
    mine = actions.start(by=member, version=version)
    enter(member)
    page.set_viewport_size(PHONE)
    page.goto(question_path(mine.key, "algorithms"))
    return page


def test_it_is_in_sight_before_anybody_scrolls(asked):
    asked.evaluate("scrollTo(0, 0)")
    expect(button(asked, "Continue")).to_be_in_viewport(ratio=1)
    expect(button(asked, "Save and come back later")).not_to_be_in_viewport()


def test_a_press_there_saves(asked):
    asked.locator(".level-card label").first.click()
    asked.evaluate("scrollTo(0, 0)")
    button(asked, "Continue").click()
    asked.wait_for_url(lambda url: "algorithms" not in url)
    assert Answer.objects.get(skill="algorithms").level == 0


def test_on_a_low_screen_it_stays_in_its_place(asked):
    asked.set_viewport_size(ZOOMED_IN)
    asked.evaluate("scrollTo(0, 0)")
    expect(button(asked, "Continue")).not_to_be_in_viewport()


def test_what_has_the_focus_is_not_behind_it(asked):
    """A field that is there already when it gets the focus: nothing would have to scroll."""
    field = asked.locator("textarea")
    asked.locator("input[name=last_done]").last.focus()
    asked.evaluate("top => scrollBy(0, top - 690)", field.bounding_box()["y"])
    asked.keyboard.press("Tab")
    expect(field).to_be_focused()
    assert button(asked, "Continue").evaluate(OVERLAP, "textarea") <= 0


def test_all_of_a_level_is_seen_that_an_arrow_chose(asked):
    asked.evaluate("scrollTo(0, 0)")
    asked.locator("input[name=level]").first.focus()
    for _press in range(5):
        asked.keyboard.press("ArrowDown")
        assert button(asked, "Continue").evaluate(OVERLAP, ".level-card") <= 0


def test_it_gives_way_to_the_end_of_the_session(asked):
    ends_in(minutes=5)
    asked.reload()
    expect(region(asked)).to_be_visible()
    asked.evaluate("scrollTo(0, 0)")
    expect(button(asked, "Continue")).not_to_be_in_viewport()
