"""A site with a second database to read public pages from, as REPLICA_URL names it.

Here its words are others than those of the first, so that a page tells where it was read; and on
PostgreSQL it refuses to be written to, as a standby does.
"""

import json
from urllib.parse import urlsplit

import pytest

from tests.careerpath.test_settings import PRODUCTION, settings_say
from tests.reliability.conftest import SKILLS, make_people
from tests.reliability.saving import save
from tests.sites import Server, empty_site
from tests.visitors import Visitor

PUBLIC = ["/", "/roles/", "/roles/tester/", "/roles/?q=tester"]
FIRST, COPY = "Tester in the first", "Tester in the copy"
PUBLISH = """
from tests.published import publish
from tests.definitions import definition, requirement
publish(definition(*(requirement(slug) for slug in {skills}), title={title!r}))
"""
ROWS = """
import hashlib
from django.db import connection
cursor = connection.cursor()
found = []
for table in sorted(connection.introspection.table_names(cursor)):
    cursor.execute(f'SELECT * FROM "{table}"')
    found.append((table, sorted(map(repr, cursor.fetchall()))))
print(len(found), hashlib.sha256(repr(found).encode()).hexdigest())
"""


def publish(site, title, skills=SKILLS):
    site.python(PUBLISH.format(skills=skills, title=title))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("copy")) as copy:
        publish(copy, COPY)
        yield copy


@pytest.fixture(scope="module")
def site(copy, tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("first")) as site:
        site.must("prepare_site")
        publish(site, FIRST)
        site.more = {"REPLICA_URL": only_to_read(copy.database)}
        yield site


def only_to_read(database):
    if database.startswith("sqlite"):
        return database
    join = "&" if urlsplit(database).query else "?"
    return f"{database}{join}options=-c%20default_transaction_read_only%3Don"


@pytest.fixture(scope="module")
def server(site):
    with Server(site, workers=1) as server:
        yield server


@pytest.fixture(scope="module")
def person(site, server):
    [(session, key)] = make_people(site, number=1)
    publish(site, FIRST)
    return Visitor(server.port, {"session": session}), key


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_read_there(server, address):
    answer = Visitor(server.port).get(address)
    assert COPY in answer.body
    assert FIRST not in answer.body


@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_of_somebody_signed_in_is(person, address):
    answer = person[0].get(address)
    assert FIRST in answer.body
    assert COPY not in answer.body


@pytest.mark.parametrize("cookie", ["session", "guest", "messages"])
@pytest.mark.parametrize("address", PUBLIC)
def test_no_page_of_whoever_may_be_somebody_is(server, cookie, address):
    """Also where nothing is behind the cookie any more."""
    assert FIRST in Visitor(server.port, {cookie: "a" * 32}).get(address).body


def test_no_other_page_is(server):
    assert FIRST in Visitor(server.port).get("/roles/tester/start/").body


def test_the_tag_of_a_page_is_that_of_the_copy(site, copy, server):
    """Or a page from before would be kept under the tag of one that came after."""
    tags = [Visitor(server.port).get("/roles/tester/").headers["ETag"]]
    for database, title in ((site, FIRST), (copy, COPY)):
        publish(database, title)
        tags.append(Visitor(server.port).get("/roles/tester/").headers["ETag"])
    first, after_the_first, after_the_copy = tags
    assert first == after_the_first != after_the_copy


def test_nothing_is_written_there(site, copy, server, person):
    before = copy.python(ROWS)
    visitor, key = person
    assert [save(visitor, key, skill, "Mine").status for skill in SKILLS] == [302] * len(SKILLS)
    page = f"/assessments/{key}/review/"
    assert visitor.post(page, visitor.get(page).hidden).status == 302
    guest = Visitor(server.port)
    start = "/roles/tester/start/"
    assert guest.post(start, guest.get(start).hidden).status == 302
    for command in ("purge_expired", "clearsessions", "prepare_site"):
        site.must(command)
    publish(site, FIRST)
    assert copy.python(ROWS) == before


def test_no_table_is_made_there(site):
    code = "from django.db import router; print(router.allow_migrate('replica', 'assessments'))"
    assert site.python(code).splitlines()[-1] == "False"


def test_without_an_address_of_a_copy_there_is_none():
    expression = "[*settings.DATABASES], hasattr(settings, 'DATABASE_ROUTERS')"
    assert settings_say(expression, **PRODUCTION).stdout == "['default'] False\n"


def test_the_copy_is_reached_as_the_first_is():
    far = "postgres://web@db.example.org/careerpath?sslmode=verify-full"
    said = settings_say(
        "__import__('json').dumps(settings.DATABASES)",
        **PRODUCTION | {"DATABASE_URL": far, "REPLICA_URL": far.replace("//web@db", "//web@copy")},
    )
    both = json.loads(said.stdout)
    assert both["replica"].pop("HOST") == "copy.example.org"
    assert both["default"].pop("HOST") == "db.example.org"
    assert both["replica"] == both["default"]
