"""A page of a question on a network that fails, and whether what the page then says is true."""

import random
import re

from assessments.models import Answer
from tests.browser.journey import question_path

SAVED = re.compile(r"^Saved at \d\d:\d\d$")
NOT_SAVED = "Not saved yet. Your choice is still on this page."
PERHAPS = "No reply yet, so perhaps not saved. Your choice is still on this page."
BUSY_AND_STATUS = """() => [
  document.querySelector("form[data-busy]") !== null,
  document.querySelector(".save-status").textContent,
]"""


# What gives up after ten seconds does so after some milliseconds.
IMPATIENT = """isImpatient => {
  window.given ??= AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = time => given(isImpatient ? 200 : time);
}"""


def open_question(page, mine, slug="algorithms"):
    page.goto(question_path(mine.key, slug))
    hurry(page)


def hurry(page):
    """What waits a second before it tries again waits a few milliseconds."""
    page.locator(".save-status").evaluate("line => { line.dataset.wait = '3'; }")


def line(page):
    return page.locator(".save-status")


def listen(page):
    """Notes all that the line says from now on: some of it stands there for a moment only."""
    line(page).evaluate(
        """line => {
          window.said = [];
          new MutationObserver(() => said.push(line.textContent)).observe(line, {childList: true});
        }"""
    )


def heard(page, times):
    """What it has said, once that is so many texts."""
    page.wait_for_function("times => said.length >= times", arg=times)
    return page.evaluate("said")


def pick(page, level):
    page.locator(".level-card label").nth(level).click()


class Network:
    """Fails the next so many saves in one way, then works.

    A "late" one gets no reply before the page gives up, and reaches the server after that: before
    the next request, or after it.
    """

    KINDS = ("offline", "500", "503", "refused", "lost", "cut", "bad gateway", "portal", "late")
    KINDS += ("mixed",)
    ONE_BY_ONE = KINDS[1:-1]

    def __init__(self, page):
        self.page, self.kind, self.left = page, "", 0
        self.underway, self.late = [], 0
        self.luck = random.Random(5)
        page.route("**/skills/**", self.handle)

    def fail(self, kind, times):
        self.kind, self.left = kind, times
        self.page.context.set_offline(kind == "offline" and times > 0)
        self.page.evaluate(IMPATIENT, kind in ("late", "mixed"))

    def arrive(self):
        """What was underway."""
        while self.underway:
            route = self.underway.pop(0)
            route.fetch()
            route.abort()
            self.late += 1

    def handle(self, route):
        is_save = "x-in-background" in route.request.headers
        if self.luck.random() < 0.5:
            self.arrive()
        if not is_save or self.left <= 0:
            return route.continue_()
        self.left -= 1
        kind = self.luck.choice(self.ONE_BY_ONE) if self.kind == "mixed" else self.kind
        if kind == "late":
            return self.underway.append(route)
        if kind in ("cut", "bad gateway"):  # the server has saved it
            route.fetch()
        if kind in ("cut", "lost", "refused", "offline"):
            return route.abort({"refused": "connectionrefused"}.get(kind, "timedout"))
        status = {"500": 500, "503": 503, "bad gateway": 502, "portal": 200}[kind]
        return route.fulfill(status=status, content_type="text/html", body="<p>No</p>")


def is_stored(page):
    shown = page.locator("input[name=level]:checked").get_attribute("value")
    row = Answer.objects.filter(skill="algorithms").first()
    return bool(
        row
        and shown == ("cannot-judge" if row.level is None else str(row.level))
        and row.example == page.locator("textarea").input_value()
    )


def is_true(page, status):
    """Neither "saved" nor "not saved" may be wrong; without a reply it claims neither."""
    if status.startswith("Saved"):
        return is_stored(page)
    return status in (PERHAPS, "") or (status == NOT_SAVED and not is_stored(page))


def last_word(page):
    """Once it tries no more, it says something; or nothing, where what is stored is chosen."""
    for _wait in range(1500):
        page.wait_for_timeout(20)
        is_busy, status = page.evaluate(BUSY_AND_STATUS)
        if not is_busy and (status or is_stored(page)):
            return status
    raise AssertionError("it goes on trying")


def is_saved_in_the_end(page):
    for _wait in range(1500):
        page.wait_for_timeout(20)
        if line(page).inner_text()[:5] in ("Saved", "") and is_stored(page):
            return True
    return False
