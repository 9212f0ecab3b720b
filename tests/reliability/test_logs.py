"""What the server wrote after somebody came, erred, answered, took all away and left."""

import json
import re

import pytest

from tests.conftest import PASSWORD
from tests.sites import Server, Site, empty_site
from tests.visitors import Visitor

MAKE = f"""
from assessments.models import User
from assessments.actions import assessment
from tests.definitions import definition, requirement
from tests.published import publish
version = publish(definition(requirement("python")))
user = User.objects.create_verified_user("canary-person@example.org", {PASSWORD!r})
print(assessment.start(by=user, version=version).key)
"""
ADDRESS, BROWSER = "203.0.113.77", "Canary-person-browser"
ANSI = "Canary%0D%0AFORGED%1b%5b31m"
EVENTS = {
    "sign-in failed",
    "signed in",
    "signed out",
    "password reset asked for",
    "not theirs, or not there",
    "denied",
    "link made",
    "link revoked",
    "data exported",
    "account deleted",
}
KEYS = {"time", "level", "logger", "message"}


@pytest.fixture(scope="module")
def place(site, tmp_path_factory):
    """Its static files are those of `site`."""
    with empty_site(tmp_path_factory.mktemp("logs")) as own:
        mail = f"filemail:///{own.folder}/mailbox"
        more = {"EMAIL_URL": mail, "TRUSTED_PROXY_COUNT": "1", "LOG_FORMAT": "json"}
        yield Site(own.database, own.folder, more)


@pytest.fixture(scope="module")
def told(place):
    """The log, and the words that must not be in it."""
    key = place.python(MAKE).splitlines()[-1]
    headers = {"User-Agent": BROWSER, "X-Forwarded-For": ADDRESS, "X-Request-ID": "Canary-number"}
    with Server(place) as server:
        one = Visitor(server.port, headers=headers)
        words = [key, *walk(one, key), *one.cookies.values()]
        last = one.get("/roles/").headers["X-Request-ID"]
        text = server.log.read_text()
    words += ["canary", PASSWORD, ADDRESS, "FORGED", "uncommon-wrong-word", "secret-in-query"]
    return {"text": text, "words": [word for word in words if word], "last": last}


def fill(one, address, **fields):
    return one.post(address, one.get(address).hidden | fields)


def walk(one, key):
    """A whole visit; the secrets that came up."""
    login = {"login": "canary-person@example.org"}
    fill(one, "/accounts/login/", **login, password="uncommon-wrong-word")
    fill(one, "/accounts/password/reset/", email="canary-person@example.org")
    assert fill(one, "/accounts/login/", **login, password=PASSWORD).status == 302
    secrets = [one.cookies["session"], one.cookies["csrf"]]
    answers = f"/assessments/{key}/skills/python/"
    fill(one, answers, level="2", example="Canary-answer\r\nFORGED \x1b[31m")
    for address in ("/roles/?q=secret-in-query", f"/roles/{ANSI}/", f"/{ANSI}?{ANSI}"):
        one.get(address)
    one.get("/reports/canaryCANARYcanary12345/")
    one.get("/reports/CanaryCanaryCanaryXXXX/")
    one.post("/newsletter/", {"email": "canary-forged@example.org"})
    assert fill(one, f"/assessments/{key}/review/").status == 302
    share = f"/reports/{key}/share/"
    made = fill(one, share, make="", scope="examples", days="7")
    page = one.get(share).body
    secrets += re.findall(r"/shared/([^/\"<]+)/", page)
    assert one.get(f"/shared/{secrets[-1]}/").status == 200
    fill(one, share, revoke=made.headers["Location"].partition("#link-")[2])
    assert one.get("/account/export/").status == 200
    fill(one, "/accounts/logout/")
    assert fill(one, "/accounts/login/", **login, password=PASSWORD).status == 302
    secrets.append(one.cookies["session"])
    asks_who = one.get("/account/delete/").headers.get("Location")
    if asks_who:
        fill(one, asks_who, password=PASSWORD)
    gone = fill(one, "/account/delete/", sure="on")
    assert gone.headers["Location"] == "/account/gone/"
    return secrets


def lines(told):
    return [json.loads(line) for line in told["text"].splitlines()]


def test_every_line_is_one_event_in_json(told):
    assert all(set(line) >= KEYS and line["time"].endswith("Z") for line in lines(told))


def test_no_line_tells_of_whom_or_what(told):
    text = told["text"].lower()
    assert [word for word in told["words"] if word.lower() in text] == []


def test_what_matters_for_security_is_there(told):
    found = {line["message"] for line in lines(told) if line["logger"] == "security"}
    assert found >= EVENTS


def test_each_request_has_a_line_with_route_status_and_time(told):
    one = next(line for line in lines(told) if line.get("request") == told["last"])
    assert (one["route"], one["method"], one["status"]) == ("role_list", "GET", 200)
    assert one["milliseconds"] >= 0


def test_the_person_has_one_name_in_all_of_them(told):
    named = [line for line in lines(told) if "person" in line]
    assert len(named) > 10
    assert len({line["person"] for line in named}) <= 2  # midnight may pass
