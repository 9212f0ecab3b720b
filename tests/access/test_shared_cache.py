"""Several people behind one cache that keeps whatever it may: nobody gets somebody else's page.

A second one asks about what it has each time, as our pages tell it to, but hears nothing of `Vary`.
"""

import pytest
from django.http.cookie import SimpleCookie
from django.test import Client

from assessments.views import report_exports
from tests.access.answers import TOKEN
from tests.access.world import World, routes

pytestmark = pytest.mark.django_db
FORBIDS = ("no-store", "private", "no-cache", "max-age=0")


class SharedCache:
    """As greedy as HTTP allows: without a word from us it keeps, and keeps for ever."""

    def __init__(self):
        self.kept, self.varies = {}, {}

    def find(self, cookies, address):
        return self.kept.get(self._place(cookies, address))

    def offer(self, cookies, address, response, body):
        control = response.get("Cache-Control", "").lower()
        vary = [name.strip().lower() for name in response.get("Vary", "").split(",")]
        if not any(word in control for word in FORBIDS) and "*" not in vary:
            self.varies[address] = vary
            self.kept[self._place(cookies, address)] = body

    def _place(self, cookies, address):
        """Of the headers that an answer may vary by, the cookies are all that differ here."""
        mine = str(sorted(cookies.items())) if "cookie" in self.varies.get(address, ()) else ""
        return address, mine


class AskingCache:
    """What it keeps it keeps for all, and gives to anybody for whom the site says 304."""

    def __init__(self):
        self.kept, self.hits = {}, 0

    def get(self, cookies, address):
        tag, kept = self.kept.get(address, ("", b""))
        response, body = fetch(cookies, address, {"if-none-match": tag} if tag else None)
        if response.status_code == 304:
            self.hits += 1
            return kept
        if "ETag" in response and "no-store" not in response.get("Cache-Control", ""):
            self.kept[address] = response["ETag"], body
        return body


def fetch(cookies, address, headers=None):
    client = Client()
    client.cookies = SimpleCookie(cookies)
    response = client.get(address, headers=headers)
    return response, TOKEN.sub(b"", b"".join(response))


@pytest.fixture
def world(monkeypatch, caplog):
    monkeypatch.setattr(report_exports, "PDF_EXPORTER", "tests.access.test_matrix.any_pdf")
    caplog.set_level("ERROR", logger="django.request")
    return World()


WHO = ("owner", "stranger", "guest", "anonymous", "superuser", "owner")


def test_everybody_gets_through_the_cache_what_they_get_without_it(world):
    cache, hits = SharedCache(), 0
    for name, pattern in routes():
        for whose in ("owner", "stranger"):
            address = world.address(pattern, name, whose, "own")
            for who in WHO:
                response, body = fetch(world.cookies[who], address)
                found = cache.find(world.cookies[who], address)
                assert found in (None, body), (who, address)
                hits += found is not None
                cache.offer(world.cookies[who], address, response, body)
    assert hits > 20, "it did keep what is for all"


def test_nothing_of_a_person_is_kept_at_all(world):
    cache = SharedCache()
    for name, pattern in routes():
        for who in ("owner", "guest"):
            address, cookies = world.address(pattern, name, who, "own"), world.cookies[who]
            cache.offer(cookies, address, *fetch(cookies, address))
    of_all = {address for address, _cookies in cache.kept}
    for address in of_all:
        assert fetch({}, address)[1] == cache.kept[address, ""], address


TAGGED = {"home", "role_list", "role_detail"}


def test_a_cache_that_asks_again_gets_304_for_nobody_else_s_page(world):
    cache = AskingCache()
    for name in TAGGED:
        address = world.address(dict(routes())[name], name, "owner", "own")
        for who in ("anonymous", *WHO):
            _response, body = fetch(world.cookies[who], address)
            assert cache.get(world.cookies[who], address) == body, (who, address)
    assert cache.hits == len(TAGGED), "it did get 304"


def test_nothing_else_has_a_tag_and_they_hold_no_secret(world):
    for name, pattern in routes():
        address = world.address(pattern, name, "owner", "own")
        for who in ("anonymous", "owner", "guest"):
            response, _body = fetch(world.cookies[who], address)
            is_tagged = who == "anonymous" and name in TAGGED
            assert ("ETag" in response) is is_tagged, (who, address)
            assert not is_tagged or not (response.cookies or b"csrf" in response.content), address
