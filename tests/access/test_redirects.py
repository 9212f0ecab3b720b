"""No address in `next`, or in anything of that kind, leads to another site."""

import re
from urllib.parse import urlencode, urlsplit

import pytest
from django.core.exceptions import DisallowedRedirect
from django.http import HttpResponseRedirect
from django.utils import timezone

from tests.access.doors import DOORS, Here, through
from tests.access.matrix import kinds_of_ids
from tests.access.world import World, routes
from tests.hostile_links import HOSTS, SCHEMES

pytestmark = pytest.mark.django_db
OURS = {"testserver", "localhost"}
EVIL = "evil.example"
AT_US = ("testserver", "testserver:80", "testserver%40", "a@testserver")
AFTER = ("\\@testserver", "#@testserver", "?@testserver", "%23.testserver")
ELSEWHERE = [
    *(f"{slashes}{EVIL}" for slashes in ("//", "///", "////", "/\\", "\\/", "\\\\", "/\\/", "\\")),
    *(f"{before}//{EVIL}" for before in ("\t", " ", "\n", "\x00", "\x1f", "\u2028", "\xa0", "/.")),
    *(f"/{between}/{EVIL}" for between in ("\t", "\n", "\r\n", "\x00", "%09", "%0a", "%2f", ".")),
    *(f"{scheme}://{EVIL}/" for scheme in ("http", "https", "HTTP", "hTTps", "ftp", "ws", "")),
    *(f"http:{slashes}{EVIL}" for slashes in ("", "/", "///", "\\\\", "/\\", "\t//", "/\t/")),
    *(f"//{user}@{EVIL}" for user in AT_US),
    *(f"//{EVIL}{after}" for after in AFTER),
    *("//testserver.evil.example", "//testserverevil.example", "//evil.example:80", "//%65vil.org"),
    *("//[::1]/", "//0x7f.1/", "//2130706433/", "http://testserver@evil.example", "//⑯9.254.1.2/"),
    *("https://testserver\\.evil.example", "//testserver%2eevil.example", "x-data://evil.example"),
    *(
        "/\r\nLocation: //evil.example",
        "//evil.example\r\nSet-Cookie: a=b",
        "//evil。example",
        "//",
    ),
    *(
        "https://[::1",
        "//[",
        "//]",
        "//evil.example:port",
        "//evil.example:99999",
        "//evil_host",
        "/%",
    ),
]
BAD = list(dict.fromkeys([*ELSEWHERE, *SCHEMES[::2], *HOSTS[::4]]))
# They take `next` from nobody, or only show a form that takes it.
GO_THEIR_OWN_WAY = {
    "sign in to the editing area",
    "sign in to the editing area, though one is in",
    "sign out of the editing area",
    "sessions",
}
FORM = "application/x-www-form-urlencoded"
NAMES = ("next", "next_url", "redirect_to", "return_to", "return", "back", "continue", "url", "to")


def where(location):
    """The host that a browser would go to, or its scheme; nothing where it goes nowhere else."""
    text = re.sub(r"[\t\r\n]", "", location).strip("".join(map(chr, range(33)))).replace("\\", "/")
    scheme, rest = re.fullmatch(r"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(.*)", text, re.DOTALL).groups()
    if scheme and scheme.lower() not in ("http", "https"):
        return scheme
    if not scheme and not rest.startswith("//"):
        return None
    host = re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0].rpartition("@")[2]
    return host.partition(":")[0].lower() or None


def away(door, here):
    """The bad addresses with which an answer leads to another site."""
    found = {}
    for to in BAD:
        for answer in through(door, here, to):
            if where(answer.headers.get("Location", "")) not in {None, *OURS}:
                found[to] = answer.headers["Location"]
    return found


@pytest.fixture
def here(member, settings, time_machine, what_commits):
    time_machine.move_to(timezone.now(), tick=False)
    return Here(member, settings)


def test_there_are_enough_of_them():
    assert len(BAD) >= 100


@pytest.mark.parametrize("name", DOORS)
def test_no_bad_address_leads_away(name, here):
    assert away(DOORS[name], here) == {}


@pytest.mark.parametrize("name", DOORS)
def test_a_good_one_leads_there(name, here):
    """So these pages do go on where `next` says, or there would be nothing to test."""
    led = [one.headers.get("Location") for one in through(DOORS[name], here, "/roles/")]
    assert ("/roles/" in led) == (name not in GO_THEIR_OWN_WAY), led


def careless(to):
    return to


def by_its_start(to):
    return to if to.startswith("/") else "/"


def by_its_host(to):
    return to if not urlsplit(to).netloc else "/"


def by_a_word(to):
    return to if "testserver" in to else "/"


@pytest.mark.parametrize("rule", [careless, by_its_start, by_its_host, by_a_word])
def test_a_page_that_believes_next_is_found(rule, here):
    def planted(_here, to):
        try:
            return [HttpResponseRedirect(rule(to))]
        except (DisallowedRedirect, ValueError):
            return []

    assert away(planted, here)


def test_no_other_page_does():
    """Whatever such a thing might be called, at every address."""
    world, found, asked = World(), {}, urlencode(dict.fromkeys(NAMES, f"//{EVIL}"))
    for who in ("anonymous", "guest", "owner", "editor"):
        visitor = world.visitor(who)
        for name, pattern in routes():
            address = world.address(pattern, name, who, kinds_of_ids(pattern)[0])
            for method in ("GET", "POST"):
                answer = visitor.ask(method, f"{address}?{asked}", asked, FORM)
                to = answer.headers.get("Location", "")
                if where(to) not in {None, *OURS}:
                    found[who, name, method] = to
    assert found == {}
