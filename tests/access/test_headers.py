"""What every answer tells the browser: pages, errors, downloads and files, whoever asks."""

import re
import runpy
from collections import defaultdict
from dataclasses import replace
from urllib.parse import quote

import environ
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, override_settings

from assessments.views import pages, report_exports
from careerpath import middleware
from careerpath.settings import BASE_DIR
from tests.access.matrix import kinds_of_ids
from tests.access.observatory import A_YEAR, Answer, Marks, policy, results, score
from tests.access.world import Visitor, World, cookies_of, routes
from tests.assessments.admin import world as editing
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
BEHIND_TLS = {"HTTP_X_FORWARDED_PROTO": "https"}
IN_PRODUCTION = {
    "ALLOWED_HOSTS": "testserver",
    "DEBUG": "off",
    "HTTPS": "on",
    "SECRET_KEY": "only-for-tests-" * 4,
    "TRUSTED_PROXY_COUNT": "1",
}
OURS = ("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "GUEST_COOKIE_", "MESSAGE_", "X_FRAME_")
IS_TEXT = re.compile(r"text/|[\w.-]+/([\w.-]+\+)?xml(;|$)")
FROM_INSIDE = ("/livez", "/readyz")  # a monitor asks the process itself
FEWEST = 150  # 5 more for a cookie where the page needs one, and 5 for scripts with their hashes


@pytest.fixture(autouse=True)
def _in_production(monkeypatch, settings, caplog):
    """As settings.py makes it behind a proxy; this test's own requests go without the redirect."""
    caplog.set_level("CRITICAL", logger="django")
    monkeypatch.setattr(environ.Env, "ENVIRON", environ.Env.ENVIRON)
    for name, value in IN_PRODUCTION.items():
        monkeypatch.setenv(name, value)
    for name, value in runpy.run_path(str(BASE_DIR / "careerpath/settings.py")).items():
        if name.startswith(OURS):
            setattr(settings, name, value)
    settings.REDIRECTS, settings.SECURE_SSL_REDIRECT = settings.SECURE_SSL_REDIRECT, False
    monkeypatch.setattr(report_exports, "PDF_EXPORTER", f"{__name__}.any_pdf")


def any_pdf(assessment, page):
    return b"%PDF"


def faults(response, body):
    """All that is wrong with an answer, in words."""
    answer = seen(response, body)
    found = [f"{name}: {points}" for name, points in results(answer).items()]
    found = [one for one in found if "-" in one.rpartition(":")[2]]
    found += [str(one) for one in response.cookies.values() if not is_of_the_host(one)]
    kept = promises(response, body, score(replace(answer, html="")))
    return found + [name for name, is_good in kept.items() if not is_good]


def seen(response, body):
    kept = list(response.cookies.values())
    html = body if is_page(response) else ""
    return Answer(dict(response.headers), kept, html, over_http=over_http(response))


def over_http(response):
    """Where the same address leads without TLS, in production."""
    address = quote(response.request["PATH_INFO"])
    if address in FROM_INSIDE:
        return "https://testserver/"
    with override_settings(SECURE_SSL_REDIRECT=settings.REDIRECTS):
        return Client().get(address).get("Location", f"http://testserver{address}")


def is_page(response):
    return response.get("Content-Type", "").startswith("text/html")


def promises(response, body, points):
    headers, rules = response.headers, policy(response.headers)
    sources = set().union(*rules.values()) if rules else set()
    hsts = headers.get("Strict-Transport-Security", "")
    said = re.match(r"max-age=(\d+); includeSubDomains", hsts)
    kind = headers.get("Content-Type", "")
    return {
        "nothing by default": rules.get("default-src") == {"'none'"},
        "nothing unsafe": not any("unsafe" in one for one in sources),
        "no plugins": rules.get("object-src") == {"'none'"},
        "no other base": rules.get("base-uri") == {"'none'"},
        "forms to us": rules.get("form-action") == {"'self'"},
        "no frame": rules.get("frame-ancestors") == {"'none'"},
        "no frame, for older browsers": headers.get("X-Frame-Options") == "DENY",
        "a year of TLS": said is not None and int(said[1]) >= A_YEAR,
        "no leave for other sites": not any(
            name.lower().startswith("access-control") for name in headers
        ),
        "all bonuses for headers": points >= FEWEST,
        "charset": "charset=utf-8" in kind.replace('"', "") or not IS_TEXT.match(kind),
        "kind": bool(kind) or not body,
        "nothing inline": not is_page(response) or Marks(body).inline == [],
    }


def is_of_the_host(cookie):
    is_bound = cookie.key.startswith("__Host-") and cookie["path"] == "/" and not cookie["domain"]
    return bool(is_bound and cookie["secure"] and cookie["samesite"] == "Lax")


def faults_at(visitor, address, methods=("GET", "POST"), *, is_kept=True):
    """`is_kept` is whether a cache may keep it."""
    wrong = []
    for method in methods:
        response = visitor.ask(method, address, **BEHIND_TLS)
        found = faults(response, response.whole.decode(errors="replace"))
        if not is_kept and "no-store" not in response.get("Cache-Control", ""):
            found.append("kept")
        wrong += [(method, address, response.status_code, one) for one in found]
    return wrong


@pytest.mark.parametrize("who", ["anonymous", "owner", "editor"])
def test_every_address_outside_the_editing_area(who):
    world = World()
    visitor, wrong = Visitor(world.cookies[who]), []
    for name, pattern in routes():
        wrong += faults_at(visitor, world.address(pattern, name, who, "own"))
        for whose in kinds_of_ids(pattern)[2:]:
            wrong += faults_at(visitor, world.address(pattern, name, who, whose), ["GET"])
    assert wrong == [], "\n".join(map(str, wrong))


@pytest.mark.parametrize("who", ["anonymous", "editor", "superuser"])
def test_every_address_of_the_editing_area(who):
    """And what somebody signed in gets there, no cache keeps: not the browser's either."""
    world = editing.make_world()
    visitor, wrong = Visitor(cookies_of(world.client(who))), []
    for name, pattern in editing.addresses():
        address = editing.filled(pattern, world.arguments(name))
        wrong += faults_at(visitor, address, ["GET"], is_kept=who == "anonymous")
    assert wrong == [], "\n".join(map(str, wrong))


def test_a_page_of_the_editing_area_that_is_kept_is_seen(monkeypatch):
    monkeypatch.setattr(middleware, "is_signed_in", lambda _request: False)
    visitor = Visitor(cookies_of(editing.make_world().client("editor")))
    [(*_, fault)] = faults_at(visitor, "/admin/jsi18n/", ["GET"], is_kept=False)
    assert fault == "kept"


def ask(address, client=None, **more):
    client = client or Client()
    client.raise_request_exception = False
    return client.get(address, **BEHIND_TLS, **more)


def press(address, data=None, client=None, **more):
    client = client or Client(enforce_csrf_checks=True)
    client.raise_request_exception = False
    return client.post(address, data or {}, **BEHIND_TLS, **more)


def too_much(settings, monkeypatch):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    body = "email=" + "x" * 100
    kind = "application/x-www-form-urlencoded"
    return press("/newsletter/", body, Client(), content_type=kind)


def too_often(settings, monkeypatch):
    client = Client()
    for _ in range(100):
        response = press("/newsletter/", {"email": "somebody@example.org"}, client)
        if response.status_code == 429:
            break
    return response


def raising(error):
    def look(settings, monkeypatch):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr(pages, "render", fail)
        return ask("/")

    return look


ERRORS = {
    400: lambda *_: ask("/", HTTP_HOST="elsewhere.example"),
    403: lambda *_: press("/newsletter/"),
    404: lambda *_: ask("/no/such/page/"),
    405: lambda *_: press("/roles/", client=Client()),
    413: too_much,
    429: too_often,
    500: raising(RuntimeError("a mistake")),
    503: raising(OperationalError("gone")),
}


@pytest.mark.parametrize("status", ERRORS)
def test_every_page_about_an_error(status, settings, monkeypatch):
    cache.clear()
    response = ERRORS[status](settings, monkeypatch)
    assert response.status_code == status
    assert faults(response, response.content.decode()) == []


LAX = {"DIRECTIVES": {"default-src": ["'self'"], "script-src": ["'self'", "'unsafe-inline'"]}}
PLANTED = {
    "a lax policy": ("CONTENT_SECURITY_POLICY", LAX),
    "no headers": ("MIDDLEWARE", []),
    "short HSTS": ("SECURE_HSTS_SECONDS", 60),
    "framed": ("X_FRAME_OPTIONS", "SAMEORIGIN"),
    "told to others": ("SECURE_REFERRER_POLICY", "unsafe-url"),
    "answered without TLS": ("SECURE_REDIRECT_EXEMPT", ["^accounts/"]),
    "sniffed": ("SECURE_CONTENT_TYPE_NOSNIFF", False),
    "a cookie for neighbours": ("CSRF_COOKIE_NAME", "csrf"),
    "a cookie without https": ("CSRF_COOKIE_SECURE", False),
    "a cookie for scripts": ("CSRF_COOKIE_HTTPONLY", False),
    "a cookie for all sites": ("CSRF_COOKIE_SAMESITE", "None"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault, settings):
    name, value = PLANTED[fault]
    ours = [one for one in settings.MIDDLEWARE if "FixedHeaders" not in one]
    setattr(settings, name, ours if name == "MIDDLEWARE" else value)
    response = ask("/accounts/login/")
    assert faults(response, response.content.decode())


@pytest.mark.parametrize(
    "mark", ["<style>a{}</style>", "<p onclick='x()'>", "<script>x()</script>"]
)
def test_what_stands_in_a_page_is_seen(mark):
    response = ask("/accounts/login/")
    assert faults(response, response.content.decode() + mark) == ["nothing inline"]


def test_a_closed_door(member):
    response = ask("/admin/assessments/role/", signed_in(member))
    assert faults(response, response.content.decode()) == []


@pytest.mark.parametrize("name", ["careerpath/account.js", "favicon.svg", "careerpath/none.css"])
def test_files(name):
    response = ask(f"/static/{name}")
    assert response.status_code == (404 if "none" in name else 200)
    assert faults(response, b"".join(response).decode()) == []


def test_without_tls_every_address_leads_to_it(settings):
    """With any id, of the editing area too; but for the two that a monitor asks from inside."""
    settings.SECURE_SSL_REDIRECT = True
    patterns = {pattern for _name, pattern in (*routes(), *editing.addresses())}
    for pattern in patterns - {one.strip("/") for one in FROM_INSIDE}:
        for one in ("1", "no.such!"):
            address = editing.filled(pattern, defaultdict(lambda one=one: one))
            response = Client().get(address)
            assert response["Location"] == f"https://testserver{address}"
            assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_page_with_a_cookie_scores_more(member):
    response = ask("/accounts/login/")
    assert score(seen(response, response.content.decode())) >= FEWEST + 5
