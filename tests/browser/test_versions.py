"""A newer version of the role: the way to it and the pages on it, also narrow, dark, scriptless."""

import pytest
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.models import Assessment
from tests.assessments.domain.test_carrying import reworded
from tests.browser.journey import press, submitted
from tests.published import answer, publish


@pytest.fixture
def mine(member, version, built_in):
    one = actions.start(by=member, version=version)
    answer(one, python=3, algorithms=1, r=None)
    one.answers.filter(skill="python").update(example="A parser that has run for a year.")
    publish(reworded(built_in, "python"))
    return one


@pytest.fixture
def sent(member, version, built_in):
    one = submitted(member, version, python=3, algorithms=1, r=2)
    publish(reworded(built_in, "python", "algorithms"))
    return one


def fits(page, axe):
    """At two widths, in both themes: axe finds nothing, and nothing scrolls sideways."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert axe() == []


def test_one_moves_without_scripts(mine, member, enter, new_context):
    context = new_context(java_script_enabled=False)
    enter(member, context)
    page = context.new_page()
    page.goto(f"/assessments/{mine.key}/")
    expect(page.locator(".notice h2")).to_have_text(
        "The definition changed: 1 question was reworded"
    )
    page.get_by_role("link", name="See what changed").click()
    expect(page.get_by_text("A parser that has run for a year.")).to_be_visible()
    press(page, "Move to version 2")
    expect(page.locator(".messages")).to_contain_text("You are on version 2 now.")
    expect(page.locator(".notice")).to_have_count(0)
    assert Assessment.objects.get().version.number == 2


def test_the_pages_of_an_open_one_fit(mine, member, enter, page, axe, complaints):
    enter(member)
    for path in (f"/assessments/{mine.key}/", f"/assessments/{mine.key}/version/"):
        page.goto(path)
        fits(page, axe)
    Assessment.objects.update(revision=9)
    press(page, "Move to version 2")
    expect(page.locator(".conflict")).to_be_focused()
    fits(page, axe)
    complaints.clear()  # of 409, which is what this is for


def test_the_pages_of_a_report_fit(sent, member, enter, page, axe):
    enter(member)
    page.goto("/assessments/")
    fits(page, axe)
    page.get_by_role("link", name="see what changed").click()
    expect(page.locator("h1")).to_have_text("What your report would say under version 2")
    fits(page, axe)
