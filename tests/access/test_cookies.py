"""Which cookies there are, as docs/privacy.md says it, and that none comes before it is needed."""

import re

import pytest
from django.conf import settings
from django.test import Client

from assessments.models import Role
from tests.access.matrix import kinds_of_ids
from tests.access.test_headers import BEHIND_TLS, _in_production  # noqa: F401 - as behind a proxy
from tests.access.world import Visitor, World, routes
from tests.conftest import PASSWORD
from tests.definitions import definition, requirement
from tests.published import publish

pytestmark = pytest.mark.django_db
PAGE = (settings.BASE_DIR / "docs" / "privacy.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(__Host-\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
COOKIES = {name: (when, kept, flags) for name, when, kept, flags in ROW.findall(PAGE)}
FLAGS = {"secure": "`Secure`", "httponly": "`HttpOnly`"}
DAY = 24 * 60 * 60
# The link of a mail: the next page takes its secret from the session, not from its address.
FROM_A_MAIL = "account_reset_password_from_key"
TOKEN = b"csrfmiddlewaretoken"


def names(response):
    return {name for name, morsel in response.cookies.items() if morsel.value}


def sign_in(client):
    return client.post(
        "/accounts/login/", {"login": "member@example.org", "password": PASSWORD}, **BEHIND_TLS
    )


def start(client):
    publish(definition(requirement("python")))
    role = Role.objects.get()
    return client.post(f"/roles/{role.slug}/start/", **BEHIND_TLS)


WAYS = {
    "opening a page with a form": lambda client: client.get("/accounts/login/", **BEHIND_TLS),
    "signing in, and following the link of a mail to a new password": sign_in,
    "pressing Start without an account": start,
    "a press of which the next page tells": lambda client: client.post(
        "/account/stay/", **BEHIND_TLS
    ),
}


def test_every_cookie_of_the_settings_is_in_the_table_and_no_other():
    ours = {
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.GUEST_COOKIE_NAME,
        settings.MESSAGE_COOKIE_NAME,
    }
    assert set(COOKIES) == ours
    assert {when for when, _kept, _flags in COOKIES.values()} == set(WAYS)


@pytest.mark.parametrize("name", COOKIES)
def test_a_cookie_is_set_when_and_for_as_long_as_the_table_says(name, member):
    when, kept, flags = COOKIES[name]
    response = WAYS[when](Client())
    cookie = response.cookies[name]
    assert names(response) <= {name, settings.CSRF_COOKIE_NAME}  # signing in renews that one
    assert kept == how_long(cookie["max-age"])
    said = [word for flag, word in FLAGS.items() if cookie[flag]]
    assert flags == ", ".join([*said, f"`SameSite={cookie['samesite']}`"])


def how_long(seconds):
    return f"{round(seconds / DAY)} days" if seconds else "until the browser is closed"


def first_looks(world):
    visitor = Visitor({})
    for name, pattern in routes():
        for whose in kinds_of_ids(pattern):
            address = world.address(pattern, name, "anonymous", whose)
            yield name, visitor.ask("GET", address, **BEHIND_TLS)


def test_a_first_look_sets_none_but_for_the_form_on_the_page():
    """At every address: what is set is the token, and only where the page holds it."""
    token, session = {settings.CSRF_COOKIE_NAME}, {settings.SESSION_COOKIE_NAME}
    wrong, with_form = [], set()
    for name, response in first_looks(World()):
        needed = token if TOKEN in response.whole else set()
        if name == FROM_A_MAIL and response.status_code == 302:
            needed = session
        if names(response) != needed:
            wrong.append((name, names(response)))
        with_form |= {name} if needed == token else set()
    assert wrong == []
    assert {"account_login", "account_signup", "assessment_start", "newsletter"} <= with_form
    assert not {"home", "role_list", "role_detail", "shared_report", "livez"} & with_form


@pytest.mark.parametrize("language", ["de", "en", "ar, fr;q=0.8"])
@pytest.mark.parametrize("address", ["/", "/roles/", "/newsletter/asked/", "/no-such-page/"])
def test_nothing_is_kept_of_the_language_that_a_browser_asks_for(db, address, language):
    response = Client(headers={"Accept-Language": language}).get(address, **BEHIND_TLS)
    assert not response.cookies


def test_only_start_makes_a_guest():
    world = World()
    visitor, made = Visitor({}), set()
    for name, pattern in routes():
        address = world.address(pattern, name, "anonymous", "own")
        if settings.GUEST_COOKIE_NAME in names(visitor.ask("POST", address, **BEHIND_TLS)):
            made.add(name)
    assert made == {"assessment_start"}


def test_what_a_cookie_was_for_is_over_and_so_is_the_cookie(client, member):
    """A notice that was read, and a session that was left."""
    sign_in(client)
    client.post("/account/stay/", **BEHIND_TLS)
    read = client.get("/accounts/", **BEHIND_TLS)
    assert read.cookies[settings.MESSAGE_COOKIE_NAME].value == ""
    left = client.post("/accounts/logout/", **BEHIND_TLS)
    assert left.cookies[settings.SESSION_COOKIE_NAME].value == ""
