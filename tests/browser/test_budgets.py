"""How much goes over the wire, on the server as shipped, which compresses."""

import http.client
import json

import pytest

from tests.sites import ROOT, Server, empty_site

KB = 1024
MOST_REQUESTS = 4
MOST_NODES = {"question": 150, "report of 200": 4_500}
FIRST_VISIT = {"question": 30, "report": 40, "report of 40": 40, "report of 200": 80}
EDITING = 32
MOST_SECOND, MOST_STYLES, MOST_SCRIPTS = 8, 10, 6


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("site")) as made:
        made.must("prepare_site")
        yield made


@pytest.fixture(scope="module")
def made(site):
    printed = site.python("from tests.browser.every_page import build; print(build())")
    return json.loads(printed.splitlines()[-1])


@pytest.fixture(scope="module")
def server(site, made):
    with Server(site) as running:
        yield running


class Visit:
    """What comes over the wire, in bytes with headers."""

    def __init__(self, page):
        self.page, self.wire = page, page.context.new_cdp_session(page)
        self.kinds, self.weights, self.cached = {}, {}, set()
        self.wire.send("Network.enable")
        self.wire.on("Network.responseReceived", self.note)
        self.wire.on("Network.loadingFinished", self.weigh)
        self.wire.on("Network.requestServedFromCache", self.skip)

    def note(self, event):
        response = event["response"]
        if response["url"].startswith("http") and not response.get("fromDiskCache"):
            self.kinds[event["requestId"]] = event["type"]

    def skip(self, event):
        self.cached.add(event["requestId"])

    def weigh(self, event):
        self.weights[event["requestId"]] = event["encodedDataLength"]

    def opens(self, address):
        """Bytes and kinds of what the page asked for."""
        self.kinds.clear()
        self.weights.clear()
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        came = [one for one in self.kinds if one not in self.cached]
        return sum(self.weights.get(one, 0) for one in came), [self.kinds[one] for one in came]


@pytest.fixture
def visit(browser, server, made, request):
    """As that person (the member, unless the test says otherwise), with nothing in the browser's
    memory yet."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.port}")
    context.set_default_timeout(60_000)
    name, value = made["cookies"][getattr(request, "param", "member")].split("=")
    context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{server.port}"}])
    yield Visit(context.new_page())
    context.close()


@pytest.mark.parametrize("name", FIRST_VISIT)
def test_a_first_visit_is_light(visit, made, name):
    weight, kinds = visit.opens(made["pages"]["member"][name])
    assert 0 < weight <= FIRST_VISIT[name] * KB
    assert 2 <= len(kinds) <= MOST_REQUESTS
    assert "Font" not in kinds


@pytest.mark.parametrize("name", ["sign in", "sign up"])
def test_an_entrance_takes_few_requests(visit, made, name):
    """Of somebody who is not signed in. The fourth is the site's symbol."""
    visit.page.context.clear_cookies()
    _weight, kinds = visit.opens(made["pages"]["visitor"][name])
    assert {"Document", "Stylesheet", "Script"} <= {*kinds}
    assert len(kinds) <= MOST_REQUESTS


@pytest.mark.parametrize("path", ["{skill}", "/admin/assessments/skill/", "{skill}../../add/"])
@pytest.mark.parametrize("visit", ["editor"], indirect=True)
def test_editing_a_skill_is_as_light(visit, made, path):
    weight, kinds = visit.opens(path.format(**made["pages"]["editor"]))
    assert 0 < weight <= EDITING * KB
    assert len(kinds) <= MOST_REQUESTS
    assert sorted({*kinds} - {"Other"}) == ["Document", "Script", "Stylesheet"]


@pytest.mark.parametrize("name", MOST_NODES)
def test_a_page_has_few_elements(visit, made, name):
    visit.opens(made["pages"]["member"][name])
    count = visit.page.evaluate("document.querySelectorAll('*').length")
    assert 50 < count <= MOST_NODES[name]


def test_the_second_page_is_the_page_alone(visit, made):
    visit.opens(made["pages"]["member"]["tasks"])
    visit.opens(made["pages"]["member"]["question"])
    weight, kinds = visit.opens(made["pages"]["member"]["check answers"])
    assert kinds == ["Document"]
    assert weight <= MOST_SECOND * KB


@pytest.mark.parametrize("who", ["visitor", "guest", "member"])
def test_every_page_is_compressed_to_16_kb_at_most(server, made, who):
    """A test of the text alone: headers are some 1 KB more."""
    heavy = {}
    for name, path in made["pages"][who].items():
        size, encoding = asked(server, path, made["cookies"].get(who, ""))
        if size > 16 * KB or (size > 300 and encoding != "gzip"):
            heavy[name] = size, encoding
    assert heavy == {}


def asked(server, path, cookie):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return len(body), response.headers["Content-Encoding"]


@pytest.mark.parametrize(("kind", "most"), [("css", MOST_STYLES), ("js", MOST_SCRIPTS)])
def test_styles_and_scripts_stay_small(site, kind, most):
    """As collected for the site, for browsers that take no Brotli."""
    files = [*(ROOT / "collected" / "careerpath").glob(f"*.{kind}.gz")]
    assert 0 < sum(one.stat().st_size for one in files) <= most * KB


def test_no_web_font_is_ours():
    files = (ROOT / "careerpath" / "static").rglob("*")
    assert not [one for one in files if one.suffix in (".woff", ".woff2", ".ttf", ".otf")]
    assert "@font-face" not in (ROOT / "careerpath/static/careerpath/site.css").read_text()
