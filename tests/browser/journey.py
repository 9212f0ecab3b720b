"""One person's way through the built-in role: what to answer, and how to do it by keyboard."""

import re
from itertools import cycle

from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.domain.answers import Answer, LastDone
from assessments.domain.questions import next_question, questions
from tests.published import answer

ROLE = "/roles/machine-learning-engineer/"
START = f"{ROLE}start/"
EXAMPLE = "I rebuilt the nightly training job; it has run since May. Ünïcode & <b>tags</b>."
CANNOT_JUDGE = 5  # its card comes after those of levels 0 to 4
MOST_TABS = 80


def plan(definition):
    """An answer to each question: every level, "can't judge", every age."""
    levels = cycle([3, 2, 0, 4, None, 1, 3, 4, 2, 3, 3])
    ages = cycle([LastDone.NOT_SAID, LastDone.ONE_TO_THREE_YEARS, LastDone.THIS_YEAR])
    return {
        one.skill: Answer(level, LastDone.NOT_SAID if level is None else age)
        for one, level, age in zip(questions(definition), levels, ages, strict=False)
    }


def asked(definition, planned):
    """Those of the planned answers that the site asks for, in its order."""
    given = {}
    while upcoming := next_question(definition, given, after=next(reversed(given), None)):
        given[upcoming.skill] = planned[upcoming.skill]
    return given


def slug_of(page):
    return re.search(r"/skills/([\w-]+)/", page.url).group(1)


def key_of(page):
    return re.search(r"/(?:assessments|reports)/([\w-]{22})/", page.url).group(1)


def question_path(key, slug):
    return f"/assessments/{key}/skills/{slug}/"


def card(page, level):
    return page.locator("input[name=level]").nth(CANNOT_JUDGE if level is None else level)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def press(page, name):
    """A click ends when the next page begins to arrive: what is asked right then meets a page
    that has nothing in it yet."""
    button(page, name).click()
    page.wait_for_load_state()


def choose(page, level, name="Continue"):
    page.locator(".level-card label").nth(CANNOT_JUDGE if level is None else level).click()
    press(page, name)


def submitted(member, role, **levels):
    """Straight into the database, where the report itself is what a test is about."""
    assessment = actions.start(by=member, version=role)
    answer(assessment, **{slug.replace("_", "-"): level for slug, level in levels.items()})
    return actions.submit(assessment=assessment)


# --- By keyboard ------------------------------------------------------------------------------


def has_focus(locator):
    return locator.evaluate("element => element === document.activeElement")


def tab_to(page, locator):
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if has_focus(locator):
            return
    raise AssertionError(f"Tab never came to {locator}")


def follow(page, target):
    tab_to(page, target.first)
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def pick(page, group, index):
    """A radio of a group in which nothing is chosen yet: Tab goes to its first."""
    radios = page.locator(f"input[name={group}]")
    expect(page.locator(f"input[name={group}]:checked")).to_have_count(0)
    tab_to(page, radios.first)
    if index == 0:
        page.keyboard.press("Space")
    for _step in range(index):
        page.keyboard.press("ArrowDown")
    expect(radios.nth(index)).to_be_checked()


def answer_by_keyboard(page, given, *, example=""):
    """Enter submits from the radio; with more to fill in, from the button."""
    before = page.url
    pick(page, "level", CANNOT_JUDGE if given.level is None else given.level)
    if given.last_done:
        pick(page, "last_done", [*LastDone].index(given.last_done))
    if example:
        tab_to(page, page.locator("textarea[name=example]"))
        page.keyboard.type(example)
        tab_to(page, button(page, "Continue"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
