"""A deleted account is searched for as bytes, in every file that the site and its database keep."""

import json
import os
import subprocess
from ipaddress import ip_address
from time import sleep

import psycopg
import pytest

from tests.conftest import PASSWORD
from tests.forgotten import DO, email_of
from tests.sites import Server, Site, empty_site
from tests.visitors import Visitor

IS_SQLITE = not os.environ.get("DATABASE_URL", "").startswith("postgres")
BROWSER, ADDRESS = "Canary-person-browser", "203.0.113.77"
# PostgreSQL keeps an address as its family, the length of its network, and its four bytes.
PACKED = {ADDRESS: b"\x02\x20" + ip_address(ADDRESS).packed}

FROM_BEFORE = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_xmin IS NOT NULL AND xact_start < %s
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("forgotten")) as site:
        mail = {"EMAIL_URL": f"filemail:///{site.folder}/mailbox", "TRUSTED_PROXY_COUNT": "1"}
        yield Site(site.database, site.folder, mail)


@pytest.fixture(scope="module")
def story(place):
    """Somebody uses the site, is searched for, deletes the account, and is searched for again."""
    place.python(DO.format("build"))
    with Server(place) as server:
        browser = signed_in(server, "person")
        signed_in(server, "neighbour")
        place.python(DO.format("leave_things"))
        half_way = sign_in(server, "person")  # asked for the second step, and gone
        words = [*json.loads(said(place, "bytes_of_person")), BROWSER, ADDRESS]
        words += [half_way.cookies["session"], browser.cookies["session"]]
        told = {"words": words, "before": search(place, words), "rows": rows(place)}
        told["neighbour"] = said(place, "neighbour_has")
        delete_account(browser)
        told["dump"] = dumped(place, words)
        told["purge"] = place.must("purge_expired")
        rewrite(place)
        yield told | {"after": search(place, words), "rows_after": rows(place), "server": server}


def sign_in(server, name):
    visitor = Visitor(
        server.port,
        headers={"User-Agent": f"Canary-{name}-browser", "X-Forwarded-For": ADDRESS}
        if name == "person"
        else {},
    )
    page = visitor.get("/accounts/login/")
    fields = page.hidden | {"login": email_of(name), "password": PASSWORD}
    assert visitor.post("/accounts/login/", fields).status == 302
    return visitor


def signed_in(server, name):
    visitor = sign_in(server, name)
    assert visitor.get("/assessments/").status == 200
    return visitor


def delete_account(browser):
    asks_who = browser.get("/account/delete/").headers["Location"]
    page = browser.get(asks_who)
    browser.post(asks_who, page.hidden | {"password": PASSWORD})
    page = browser.get("/account/delete/")
    answer = browser.post("/account/delete/", page.hidden | {"sure": "on", "newsletter": "on"})
    assert answer.headers["Location"] == "/account/gone/"


def said(place, name):
    return place.python(DO.format(name)).splitlines()[-1]


def rows(place):
    return {table: set(hashes) for table, hashes in json.loads(said(place, "rows")).items()}


def rewrite(place):
    """What docs/operating.md has PostgreSQL do; SQLite needs nothing more.

    It copies what a transaction from before might still see: the server analyzes tables by itself,
    now and then and for long on a busy machine.
    """
    if not IS_SQLITE:
        with psycopg.connect(place.database, autocommit=True) as database:
            database.execute("ANALYZE")
            (now,) = database.execute("SELECT clock_timestamp()").fetchone()
            while database.execute(FROM_BEFORE, [now]).fetchone() != (0,):
                sleep(0.2)
            database.execute("VACUUM FULL")


def files(place):
    ours = [one for one in place.folder.rglob("*") if one.is_file() and "mailbox" not in one.parts]
    if IS_SQLITE:
        return ours
    with psycopg.connect(place.database, autocommit=True) as database:
        database.execute("CHECKPOINT")
        query = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s"
        folder, oid = database.execute(query, [database.info.dbname]).fetchone()
    tables = place.folder.__class__(folder, "base", str(oid))
    return [*ours, *(one for one in tables.iterdir() if one.is_file())]


def search(place, words):
    """The words that are found, each with the names of the files."""
    found = {}
    for file in files(place):
        content = file.read_bytes()
        lower = content.lower()
        for word in words:
            if word.lower().encode() in lower or (word in PACKED and PACKED[word] in content):
                found.setdefault(word, set()).add(file.name)
    return found


def dumped(place, words):
    """Words in a dump, which has no old pages: SQLite's is made by reading its rows."""
    if IS_SQLITE:
        code = "import sqlite3,sys; print(*sqlite3.connect(sys.argv[1]).iterdump())"
        command = ["python", "-c", code, place.database.removeprefix("sqlite:///")]
    else:
        command = ["pg_dump", "--inserts", place.database]
    done = subprocess.run(command, env=place.environment, capture_output=True, check=True)
    return {word for word in words if word.lower().encode() in done.stdout.lower()}


def test_what_is_searched_for_was_there(story):
    """Or the next tests prove nothing."""
    assert set(story["before"]) == set(story["words"])
    assert len(story["words"]) >= 14


def test_nothing_is_in_a_dump_as_soon_as_the_account_is_deleted(story):
    assert story["dump"] == set()


def test_after_the_purge_no_file_holds_a_byte_of_it(story):
    assert story["after"] == {}


def test_nobody_else_s_rows_changed(story, place):
    before, after = story["rows"], story["rows_after"]
    assert {table for table in after if after[table] - before[table]} == set()
    assert said(place, "neighbour_has") == story["neighbour"]


@pytest.mark.skipif(not IS_SQLITE, reason="PostgreSQL keeps its log to itself")
def test_the_purge_empties_the_log_of_the_database(story):
    assert "emptied" in story["purge"]
