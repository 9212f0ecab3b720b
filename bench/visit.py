"""What a first visit takes: `make visit`, or `python -m bench.visit http://localhost:8000`.

On a running site with the built-in role (without an address: a fresh one of its own) somebody
who has never been there goes from the front page to the report, by mouse and by keyboard, without
an account and with a new one. Prints clicks to the first answer, page loads and key presses;
exits with 1 where one is missed. Key presses count Tab, arrows, Space and Enter: what is typed
into a field (an address, a password) is counted apart.

make visit ARGS=--clone   on a fresh clone of what is committed here, served by the README's
                          command, with the seconds that took
"""

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from playwright.sync_api import Browser, Locator, Page, Request, sync_playwright

from bench import clone
from tests.browser.chromium import FLAGS, of_the_system
from tests.sites import Server, empty_site

MOST_CLICKS, MOST_LOADS, MOST_KEYS = 4, 60, 150
MOST_COMMANDS = 1  # from a clone to a served site
MOST_TABS = 80
LONGEST = 60_000  # milliseconds: a busy machine may be slow


@dataclass
class Counted:
    """`typed` are the characters of what was written into fields."""

    clicks: int = 0
    loads: int = 0
    keys: int = 0
    typed: int = 0

    def note(self, request: Request) -> None:
        """Every document that the browser shows: a redirect is no page."""
        if request.is_navigation_request() and request.redirected_from is None:
            self.loads += 1


class Visitor:
    def __init__(self, page: Page) -> None:
        self.page, self.counted = page, Counted()
        page.set_default_timeout(LONGEST)
        page.on("request", self.counted.note)

    def click(self, target: Locator) -> None:
        target.click()
        self.counted.clicks += 1

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.counted.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.counted.typed += len(text)

    def tab_to(self, target: Locator) -> None:
        for _press in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.key("Tab")
        raise AssertionError(f"Tab never came to {target}")

    def leave(self, name: str) -> None:
        """Press this key, and wait for the next page."""
        with self.page.expect_navigation(wait_until="load"):
            self.key(name)


def first_answer(page: Page, address: str) -> Counted:
    """By mouse, from the front page until the first answer is saved."""
    visitor = Visitor(page)
    page.goto(address)
    visitor.click(page.locator("main a.btn-primary").first)
    visitor.click(page.get_by_role("button", name="Start", exact=True))
    page.wait_for_url("**/skills/**")
    first = page.url
    visitor.click(page.locator(".level-card label").nth(2))
    visitor.click(page.get_by_role("button", name="Continue", exact=True))
    page.wait_for_url(lambda url: "/skills/" in url and url != first)
    return visitor.counted


def whole_journey(page: Page, address: str, *, account: bool) -> Counted:
    """By keyboard, from the front page to the report: the first choice of each question."""
    visitor = Visitor(page)
    page.goto(address)
    if account:
        sign_up(visitor)
        page.goto(address)
    visitor.tab_to(page.locator("main a.btn-primary").first)
    visitor.leave("Enter")
    visitor.tab_to(page.get_by_role("button", name="Start", exact=True))
    visitor.leave("Enter")
    while "/skills/" in page.url:
        visitor.tab_to(page.locator("input[name=level]").first)
        visitor.key("ArrowDown")
        visitor.leave("Enter")
    if "/qualifications/" in page.url:
        visitor.tab_to(page.locator("input[name=degree]").first)
        visitor.key("Space")
        visitor.leave("Enter")
    visitor.tab_to(page.locator("main a[href='#end']"))
    visitor.key("Enter")
    visitor.tab_to(page.get_by_role("button", name="Get my gap report", exact=True))
    visitor.leave("Enter")
    assert "/reports/" in page.url, page.url  # noqa: S101
    return visitor.counted


def sign_up(visitor: Visitor) -> None:
    page = visitor.page
    visitor.tab_to(page.locator("header a[href*=signup]"))
    visitor.leave("Enter")
    visitor.tab_to(page.locator("input[name=email]"))
    visitor.type(f"{secrets.token_hex(6)}@example.org")
    visitor.tab_to(page.locator("input[name=password1]"))
    visitor.type(secrets.token_urlsafe(12))
    visitor.leave("Enter")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("address", nargs="?", help="of a running site; a fresh one unless given")
    asked.add_argument("--clone", action="store_true", help="on a fresh clone of this checkout")
    options = asked.parse_args()
    if options.clone:
        with clone.served() as found:
            few = show("commands from a clone to a site", len(found.commands), MOST_COMMANDS)
            print(f"   {found.commit}: {'; '.join(found.commands)} took {found.seconds:.0f} s")
            sys.exit(0 if visited(found.address) and few else 1)
    with site_at(options.address) as address:
        sys.exit(0 if visited(address) else 1)


def visited(address: str) -> bool:
    """Whether every target is met."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=of_the_system(), args=FLAGS)
        met = all([told(browser, address, "without"), told(browser, address, "with")])
        clicks = on_new_page(browser, address)
        browser.close()
    return show("clicks to the first answer, without an account", clicks, MOST_CLICKS) and met


def on_new_page(browser: Browser, address: str) -> int:
    with browser.new_context(locale="en-GB") as context:
        return first_answer(context.new_page(), address).clicks


def told(browser: Browser, address: str, account: str) -> bool:
    with browser.new_context(locale="en-GB") as context:
        found = whole_journey(context.new_page(), address, account=account == "with")
    loads = show(f"page loads to the report, {account} an account", found.loads, MOST_LOADS)
    keys = show(f"key presses to the report, {account} an account", found.keys, MOST_KEYS)
    if found.typed:
        print(f"{'   and characters typed into fields':50} {found.typed:4}")
    return loads and keys


def show(what: str, count: int, most: int) -> bool:
    verdict = "met" if count <= most else "MISSED"
    print(f"{what:50} {count:4}  at most {most}: {verdict}", flush=True)
    return count <= most


@contextmanager
def site_at(address: str | None) -> Iterator[str]:
    if address:
        yield address
        return
    prefix = "careerpath-visit-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        with Server(site) as server:
            yield f"http://localhost:{server.port}/"


if __name__ == "__main__":
    main()
