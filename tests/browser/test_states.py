"""axe and our own checks on every page state, in every kind of browser people come with.

`make test` looks at each state once or twice, spread so that every two of theme, width and scripts
meet; `make a11y` (MATRIX=1) looks at each in all 24.
"""

import os
import re
from itertools import combinations, product
from urllib.parse import urlsplit

import pytest

from tests.browser import checks
from tests.browser.checks import THEMES, dressed, focused, seen
from tests.browser.states import EVERY_PART, STATES, States

MATRIX = bool(os.environ.get("MATRIX"))
WIDTHS = [320, 375, 768, 1280]
LOOKS = list(product(THEMES, WIDTHS))
# Each part with and without scripts by turns; the one that scripts do most for, both ways.
SPREAD = [(part, number % 3 > 0) for number, part in enumerate(EVERY_PART)]
SPREAD += [("assessment", False)]
RUNS = [*product(EVERY_PART, [True, False])] if MATRIX else sorted({*SPREAD})


def look_at(part, number, scripts):
    return LOOKS[(5 * (EVERY_PART.index(part) + number) + scripts) % len(LOOKS)]


class Scripts:
    """Off while pages load, on while they are measured."""

    def __init__(self, page, wanted):
        self.page, self.wanted = page, wanted
        self.session = page.context.new_cdp_session(page)

    def allow(self, value):
        if not self.wanted:
            self.session.send("Emulation.setScriptExecutionDisabled", {"value": not value})
            if value:
                self.page.evaluate(STYLED_WITHOUT_SCRIPTS)


# A browser whose scripts are turned on again takes the style for that as well.
STYLED_WITHOUT_SCRIPTS = """() => {
  for (const {cssRules} of document.styleSheets) {
    for (const {media} of cssRules) {
      if (!media?.mediaText.includes("scripting")) continue;
      media.mediaText = media.mediaText.includes("none") ? "all" : "not all";
    }
  }
}"""


@pytest.fixture
def states(page, role, member, editor, enter, complaints):
    return States(page, role, member, editor, enter, complaints)


def measured(page):
    found = [*checks.as_it_is(page), *checks.narrow(page)]
    dressed(page, ("light", 1280))
    found += [*checks.wide(page), *checks.changes(page), *checks.focus(page)]
    if MATRIX and "/admin/" not in page.url:
        found += [*checks.tabs(page), *checks.printed(page)]
        with checks.sized(page, checks.ZOOMED):
            found += checks.focus(page)
    return found


@pytest.mark.parametrize(("part", "scripts"), RUNS)
def test_nothing_is_wrong(states, complaints, part, scripts):
    page, turned, found, titles = states.page, Scripts(states.page, scripts), {}, {}
    turned.allow(False)
    number = -1
    for number, state in enumerate(states.stops(part)):
        page.wait_for_load_state()
        turned.allow(True)
        focused(page)
        wrong = measured(page)
        kind = re.sub(r"[\w-]{22}", "KEY", urlsplit(page.url).path)
        if titles.setdefault(page.title(), kind) != kind:
            wrong.append(f"has the title of {titles[page.title()]}")
        for look in LOOKS if MATRIX else [look_at(part, number, scripts)]:
            wrong += [f"{look}: {one}" for one in seen(page, look)]
        for one in wrong:
            found.setdefault(one, []).append(state)
        dressed(page, ("light", 1280))
        complaints[:] = [one for one in complaints if "axe" not in one]
        turned.allow(False)
    if found:
        told = [f"{one}  ON {where}" for one, where in found.items()]
        pytest.fail("\n".join(told), pytrace=False)
    assert number + 1 == STATES[part], "count its states anew"


def test_the_spread_brings_every_two_together():
    met = {
        pair
        for part, scripts in SPREAD
        for number in range(STATES[part])
        for pair in combinations((scripts, *look_at(part, number, scripts)), 2)
    }
    wanted = [*product([True, False], THEMES), *product([True, False], WIDTHS), *LOOKS]
    assert met == set(wanted)
    assert sum(STATES.values()) >= 40
