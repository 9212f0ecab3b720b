"""Whatever the network does, the page says what is true. FAULTS=500 tries more: `make soak`."""

import os
import random
import re

import pytest
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.models import Answer
from careerpath.settings import BASE_DIR
from tests.browser import checks
from tests.browser.journey import card, press
from tests.browser.network import (
    NOT_SAVED,
    PERHAPS,
    SAVED,
    Network,
    is_saved_in_the_end,
    is_stored,
    is_true,
    last_word,
    line,
    open_question,
    pick,
)

FAULTS = int(os.environ.get("FAULTS", "40"))
KEEP = BASE_DIR / "careerpath" / "static" / "careerpath" / "keep.js"
NOTE_PAUSES = """() => {
  window.pauses = [];
  const wait = setTimeout;
  window.setTimeout = (what, time) => { pauses.push(time); return wait(what, 1); };
}"""


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


def test_whatever_the_network_does_it_says_what_is_true(asked, mine, complaints):
    network, luck = Network(asked), random.Random(20261121)
    cases = [(kind, times) for kind in Network.KINDS for times in (1, 2, 4, 9)]
    wrong, level = [], 0
    for number in range(FAULTS):
        kind, times = cases[number % len(cases)]
        level = (level + luck.randint(1, 5)) % 6
        network.fail(kind, times)
        pick(asked, level)
        if luck.random() < 0.3:
            asked.locator("textarea").fill(f"Example {number}")
        if luck.random() < 0.3:  # changes their mind, perhaps before any reply
            asked.wait_for_timeout(luck.randint(0, 30))
            level = (level + 1) % 6
            pick(asked, level)
        status = last_word(asked)
        if not is_true(asked, status):
            wrong.append((number, kind, times, status, is_stored(asked)))
        network.fail("", 0)
        if luck.random() < 0.3:
            press(asked, "Continue")
            asked.wait_for_url(lambda url: "algorithms" not in url)
            network.arrive()
            ends_well = Answer.objects.get(skill="algorithms").level == (None, *range(5))[level - 5]
            open_question(asked, mine)
        else:
            asked.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            ends_well = is_saved_in_the_end(asked)
            network.arrive()
            ends_well = ends_well and is_stored(asked)
        if not ends_well:
            wrong.append((number, kind, times, "in the end"))
    agreed = FAULTS - len({number for number, *_what in wrong})
    print(f"{agreed} of {FAULTS} agreed, {network.late} came late")  # noqa: T201  for -s
    assert wrong == []
    assert network.late
    assert all("Failed to load resource" in one for one in complaints), complaints
    complaints.clear()


@pytest.mark.parametrize(("kind", "said"), [("500", NOT_SAVED), ("lost", PERHAPS)])
def test_without_a_reply_continue_still_saves(asked, complaints, kind, said):
    network = Network(asked)
    network.fail(kind, 99)
    pick(asked, 3)
    expect(line(asked)).to_have_text(said)
    expect(card(asked, 3)).to_be_checked()
    assert checks.in_each_theme(asked, 320) == []
    press(asked, "Continue")
    expect(asked).not_to_have_url(re.compile("algorithms"))
    assert stored().level == 3
    complaints.clear()


def test_a_server_that_stays_broken_is_tried_so_often_and_ever_later(asked, complaints):
    tries = int(re.search(r"TRIES = (\d+);", KEEP.read_text(encoding="utf-8")).group(1))
    network = Network(asked)
    network.fail("500", 99)
    line(asked).evaluate("line => { line.dataset.wait = '1000'; }")
    asked.evaluate(NOTE_PAUSES)
    pick(asked, 3)
    assert last_word(asked) == NOT_SAVED
    assert 99 - network.left == tries == 4
    pauses = [one for one in asked.evaluate("pauses") if one >= 1000]
    assert pauses == [1000, 2000, 4000]
    complaints.clear()


def test_one_at_a_time_and_the_last_choice_wins(asked):
    """The first is held up until others are chosen."""
    held, seen = [], []

    def hold(route):
        seen.append(route.request.post_data)
        route.continue_() if held else held.append(route)

    asked.route("**/skills/**", hold)
    with asked.expect_request("**/skills/**"):
        pick(asked, 0)
    for level in (1, 2, 3):
        pick(asked, level)
        asked.wait_for_timeout(450)
    assert len(seen) == 1
    held[0].continue_()
    expect(line(asked)).to_have_text(SAVED)
    assert len(seen) == 2
    assert stored().level == 3


def test_continue_before_the_reply_is_no_conflict_with_oneself(asked, complaints):
    """The save has reached the server; its reply has not reached the page."""
    Network(asked).fail("cut", 9)
    pick(asked, 1)
    expect(line(asked)).to_have_text(PERHAPS)
    assert stored().level == 1
    pick(asked, 4)
    press(asked, "Continue")
    expect(asked).not_to_have_url(re.compile("algorithms"))
    assert stored().level == 4
    complaints.clear()
