import pytest

from tests.browser.chromium import BESIDE, BY_PLAYWRIGHT, FLAGS

TELLING = "--enable-automation"  # else a browser does not tell how it was started
SWITCH = "--disable-features="


@pytest.fixture
def switched_off(launch_browser):
    """What each of these switches names, in their order. The last one counts."""
    browser = launch_browser(args=[*FLAGS, TELLING])
    session = browser.new_browser_cdp_session()
    given = session.send("Browser.getBrowserCommandLine")["arguments"]
    browser.close()
    return [one.removeprefix(SWITCH).split(",") for one in given if one.startswith(SWITCH)]


def test_what_playwright_turns_off_stays_off(switched_off):
    assert sorted(BY_PLAYWRIGHT) in map(sorted, switched_off)
    assert set(BY_PLAYWRIGHT) <= set(switched_off[-1])


def test_nothing_runs_beside_a_page(switched_off):
    assert set(BESIDE) <= set(switched_off[-1])


def test_a_window_comes_without_a_page_of_the_browser_s_own(page, browser):
    page.goto("about:blank")
    session = browser.new_browser_cdp_session()
    targets = session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
    types = {one["type"] for one in targets}
    assert "page" in types
    assert "browser_ui" not in types
