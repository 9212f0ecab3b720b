"""How much goes over the wire, on the server as shipped, which compresses.

Every page of every_page.py is opened once, by a browser that was never there; the budgets are
those of `make lighthouse`.
"""

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.urls import resolve

from bench.audit import BUILD, KB, MOST_REQUESTS, MOST_SECOND, most_bytes
from tests.access.world import routes
from tests.assessments.admin.world import addresses
from tests.sites import ROOT, Server, empty_site

MOST_NODES = {"member: question": 150, "member: report of 200": 4_500}
MOST_STYLES, MOST_SCRIPTS = 10, 6
AT_ONCE = 6
# What nobody opens as a page.
NO_PAGE = {
    "livez": "a line for monitors",
    "readyz": "a line for monitors",
    "report_schema": "a file",
    "report_csv": "a file",
    "report_json": "a file",
    "report_pdf": "a file",
    "report_resume": "a file",
    "plan_ics": "a file",
    "my_data_export": "a file",
    "mfa_download_recovery_codes": "not found: codes are shown once, and go into no file",
    "account_confirm_email": "not found: codes are mailed, no links",
    "plan_rate": "pressed, never opened",
    "stay": "pressed; opened, it leads on",
    "mfa_login_webauthn": "for the script of the sign-in page",
    "account_confirm_login_code": "leads on: nobody signs in by a code from a mail",
}
NO_PAGE_OF_EDITING = {
    "login": "leads to our own",
    "logout": "leads to our own",
    "password_change": "leads to our own",
    "password_change_done": "nothing leads there",
    "autocomplete": "for scripts",
    "jsi18n": "a script",
    "view_on_site": "not found",
    "export_csv": "a file",
    "export_xlsx": "a file",
    "assessments_changes_export": "a file",
}
OF_A_MODEL = re.compile(
    r"^\w+?_\w+?_(changelist|add|history|delete|change|import|export_csv|export_xlsx)$"
)
REQUESTS = {"Document", "Stylesheet", "Script", "Image", "Other"}  # no font, nothing fetched later


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("site")) as made:
        made.must("prepare_site")
        yield made


@pytest.fixture(scope="module")
def made(site):
    return json.loads(site.python(BUILD).splitlines()[-1])


@pytest.fixture(scope="module")
def server(site, made):
    with Server(site) as running:
        yield running


@dataclass(frozen=True)
class Seen:
    """What came over the wire, in bytes with headers; `alone` is the page itself of it."""

    path: str
    status: int
    kinds: tuple[str, ...]
    weight: int
    alone: int
    encoding: str
    nodes: int


class Visit:
    def __init__(self, page, *, remembers=True):
        self.page, self.wire = page, page.context.new_cdp_session(page)
        self.answers, self.weights, self.cached = {}, {}, set()
        self.wire.send("Network.enable")
        self.wire.send("Network.setCacheDisabled", {"cacheDisabled": not remembers})
        self.wire.on("Network.responseReceived", self.note)
        self.wire.on("Network.loadingFinished", self.weigh)
        self.wire.on("Network.requestServedFromCache", self.skip)

    def note(self, event):
        response = event["response"]
        if response["url"].startswith("http") and not response.get("fromDiskCache"):
            self.answers[event["requestId"]] = event["type"], response

    def skip(self, event):
        self.cached.add(event["requestId"])

    def weigh(self, event):
        self.weights[event["requestId"]] = event["encodedDataLength"]

    def begin(self, path):
        self.answers.clear()
        self.weights.clear()
        self.page.goto(path, wait_until="commit")

    def end(self):
        self.page.wait_for_load_state("networkidle")
        came = {key: one for key, one in self.answers.items() if key not in self.cached}
        document = next(key for key, (kind, _answer) in came.items() if kind == "Document")
        answer = came[document][1]
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        return Seen(
            path=self.page.evaluate("location.pathname + location.search"),
            status=answer["status"],
            kinds=tuple(kind for kind, _answer in came.values()),
            weight=sum(self.weights.get(one, 0) for one in came),
            alone=self.weights[document],
            encoding=headers.get("content-encoding", ""),
            nodes=self.page.evaluate("document.querySelectorAll('*').length"),
        )

    def open(self, path):
        self.begin(path)
        return self.end()


@contextmanager
def as_one_of(who, browser, server, made):
    """In a browser of their own."""
    base = f"http://127.0.0.1:{server.port}"
    with browser.new_context(base_url=base) as context:
        context.set_default_timeout(60_000)
        for one in filter(None, made["cookies"].get(who, "").split("; ")):
            name, value = one.split("=")
            context.add_cookies([{"name": name, "value": value, "url": base}])
        yield context


@pytest.fixture(scope="module")
def seen(browser, server, made):
    """Each page by its name, a few at once, with nothing in the browser's memory yet."""
    found = {}
    for who, pages in made["pages"].items():
        with as_one_of(who, browser, server, made) as context:
            visits = [Visit(context.new_page(), remembers=False) for _turn in range(AT_ONCE)]
            names = list(pages)
            for start in range(0, len(names), AT_ONCE):
                part = list(zip(visits, names[start : start + AT_ONCE], strict=False))
                for visit, name in part:
                    visit.begin(pages[name])
                found |= {f"{who}: {name}": visit.end() for visit, name in part}
    return found


def kinds(names):
    """Models of the editing area all have the same pages: one of a kind is enough. What has no
    name leads on, or is not found."""
    return {OF_A_MODEL.sub(r"\1", one) for one in names if one.isidentifier()}


def test_no_page_is_left_out(made):
    """Nor is there an exception too many."""
    opened = {
        resolve(path.partition("?")[0]).url_name
        for who, pages in made["pages"].items()
        for name, path in pages.items()
        if f"{who}: {name}" not in made["absent"]
    }
    assert {name for name, _pattern in routes()} - opened == set(NO_PAGE)
    of_editing = kinds(name for name, _pattern in addresses())
    assert of_editing - kinds(opened) == set(NO_PAGE_OF_EDITING)


def test_every_page_is_there_and_leads_nowhere_else(seen, made):
    wanted = {
        f"{who}: {name}": (path, made["absent"].get(f"{who}: {name}", 200))
        for who, pages in made["pages"].items()
        for name, path in pages.items()
    }
    assert {name: (one.path, one.status) for name, one in seen.items()} == wanted


def test_a_page_takes_few_requests(seen):
    """The fourth is the site's symbol."""
    many = {name: one.kinds for name, one in seen.items() if len(one.kinds) > MOST_REQUESTS}
    assert many == {}
    for name, one in seen.items():
        assert {"Document", "Stylesheet"} <= {*one.kinds} <= REQUESTS, name


def test_a_first_visit_is_light(seen):
    most = {name: most_bytes(name)[0] for name in seen}
    assert {name: one.weight for name, one in seen.items() if one.weight > most[name]} == {}


def test_a_page_alone_is_light(seen):
    """What travels when style and script are there already."""
    most = {name: most_bytes(name)[1] for name in seen}
    assert {name: one.alone for name, one in seen.items() if one.alone > most[name]} == {}
    assert {one.encoding for one in seen.values()} == {"gzip"}


@pytest.mark.parametrize("name", MOST_NODES)
def test_a_page_has_few_elements(seen, name):
    assert 50 < seen[name].nodes <= MOST_NODES[name]


def test_the_second_page_is_the_page_alone(browser, server, made):
    """Of the pages on the way; the first question may bring its script."""
    pages = made["pages"]["member"]
    with as_one_of("member", browser, server, made) as context:
        visit = Visit(context.new_page())
        visit.open(pages["start"])
        first, second = visit.open(pages["question"]), visit.open(pages["check answers"])
    assert {*first.kinds} <= {"Document", "Script"}
    assert first.weight <= MOST_SECOND
    assert second.kinds == ("Document",)


@pytest.mark.parametrize(("kind", "most"), [("css", MOST_STYLES), ("js", MOST_SCRIPTS)])
def test_styles_and_scripts_stay_small(site, kind, most):
    """As collected for the site, for browsers that take no Brotli."""
    files = [*(ROOT / "collected" / "careerpath").glob(f"*.{kind}.gz")]
    assert 0 < sum(one.stat().st_size for one in files) <= most * KB


def test_no_web_font_is_ours():
    files = (ROOT / "careerpath" / "static").rglob("*")
    assert not [one for one in files if one.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    assert "@font-face" not in (ROOT / "careerpath/static/careerpath/site.css").read_text()
