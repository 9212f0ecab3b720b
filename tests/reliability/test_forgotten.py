"""A deleted account is searched for as bytes, in every file that the site and its database keep.

In each place by itself it is shown to have been there first, or the search would prove nothing.
"""

import json
import os
import re
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from ipaddress import ip_address
from time import sleep

import psycopg
import pytest

from tests.conftest import PASSWORD
from tests.forgotten import DO, NUMBER, SECRET, email_of
from tests.sites import Server, Site, empty_site
from tests.visitors import Visitor

IS_SQLITE = not os.environ.get("DATABASE_URL", "").startswith("postgres")
# No other test may have these: PostgreSQL keeps one log of writes for all its databases.
BROWSER, ADDRESS = "Forgotten-person-browser", "198.51.100.213"
# PostgreSQL keeps an address as its family, the length of its network, and its four bytes.
PACKED = {ADDRESS: b"\x02\x20" + ip_address(ADDRESS).packed}

# Of what a dump holds, the lines that fill these tables.
TABLES = {
    "account": "assessments_user",
    "answers": "assessments_answer",
    "cache": "cache_rows",
    "history": "assessments_historicalskill",
    "outbox": "assessments_outgoingmail",
    "second steps": "mfa_authenticator",
    "sessions": "django_session",
}
KEPT_IN = ["database", "log of writes", "dump", *TABLES]
AMONG_IT = {
    "log of writes": {"forgotten-person"},
    "account": {"forgotten-person", str(NUMBER)},
    "answers": {"forgotten-person"},
    "history": {str(NUMBER)},
    "outbox": {"forgotten-person"},
    "second steps": {"forgotten-person", f"{SECRET}person"},
}
FILLS = re.compile(rb'^INSERT INTO (?:public\.)?"?(\w+)"? ', re.MULTILINE)

FROM_BEFORE = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_xmin IS NOT NULL AND xact_start < %s
"""


@pytest.fixture(scope="module")
def place(site, tmp_path_factory):
    """Its static files are those of `site`."""
    with empty_site(tmp_path_factory.mktemp("forgotten")) as own:
        mail = {"EMAIL_URL": f"filemail:///{own.folder}/mailbox", "TRUSTED_PROXY_COUNT": "1"}
        yield Site(own.database, own.folder, mail)


@pytest.fixture(scope="module")
def story(place):
    """Somebody uses the site, is searched for, deletes the account, and is searched for again."""
    with log_of_writes(place), Server(place) as server:
        place.python(DO.format("build"))
        browser = signed_in(server, "person")
        signed_in(server, "neighbour")
        place.python(DO.format("leave_things"))
        half_way = sign_in(server, "person")  # asked for the second step, and gone
        words = [*json.loads(said(place, "bytes_of_person")), BROWSER, ADDRESS]
        words += [half_way.cookies["session"], browser.cookies["session"]]
        told = {"words": words, "before": search(place, words), "rows": rows(place)}
        told["neighbour"] = said(place, "neighbour_has")
        delete_account(browser)
        told["dump"] = found_in(parts_of_dump(place), words)
        told["purge"] = place.must("purge_expired")
        rewrite(place)
        yield told | {"after": search(place, words), "rows_after": rows(place), "server": server}


@contextmanager
def log_of_writes(place):
    """SQLite's is there while somebody is connected; PostgreSQL's goes as docs/privacy.md says."""
    if IS_SQLITE:
        with closing(sqlite3.connect(place.database.removeprefix("sqlite:///"))) as database:
            database.execute("SELECT count(*) FROM assessments_user").fetchone()
            yield
        return
    with psycopg.connect(place.database, autocommit=True) as database:
        database.execute("ALTER SYSTEM SET wal_recycle = off")
        database.execute("SELECT pg_reload_conf()")
        yield
        database.execute("ALTER SYSTEM RESET wal_recycle")
        database.execute("SELECT pg_reload_conf()")


def sign_in(server, name):
    visitor = Visitor(
        server.port,
        headers={"User-Agent": f"Forgotten-{name}-browser", "X-Forwarded-For": ADDRESS}
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
            database.execute("SELECT pg_switch_wal()")
            database.execute("CHECKPOINT")


def files(place):
    """By where they belong; what is neither the database's nor the log is "beside"."""
    found = {"database": [], "log of writes": [], "log": [], "beside": []}
    for one in place.folder.rglob("*"):
        if one.is_file() and "mailbox" not in one.parts:
            kind = {"site.sqlite3": "database", "site.sqlite3-wal": "log of writes"}.get(one.name)
            found[kind or ("log" if one.suffix == ".log" else "beside")].append(one)
    if IS_SQLITE:
        with closing(sqlite3.connect(place.database.removeprefix("sqlite:///"))) as database:
            database.execute("PRAGMA wal_checkpoint(PASSIVE)")  # it leaves the log as it is
        return found
    with psycopg.connect(place.database, autocommit=True) as database:
        database.execute("CHECKPOINT")
        query = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = %s"
        folder, oid = database.execute(query, [database.info.dbname]).fetchone()
    folder = place.folder.__class__(folder)
    for kind, where in (
        ("database", folder / "base" / str(oid)),
        ("log of writes", folder / "pg_wal"),
    ):
        found[kind] += [one for one in where.iterdir() if one.is_file()]
    return found


def search(place, words):
    """The words that are found in each place."""
    return found_in(parts_of_files(place) | parts_of_dump(place), words)


def parts_of_files(place):
    return {kind: b"".join(map(content_of, mine)) for kind, mine in files(place).items()}


def content_of(file):
    try:
        return file.read_bytes()
    except FileNotFoundError:  # PostgreSQL has just thrown it away
        return b""


def found_in(parts, words):
    found = {}
    for kind, content in parts.items():
        lower = content.lower()
        found[kind] = {
            word
            for word in words
            if word.lower().encode() in lower or (word in PACKED and PACKED[word] in content)
        }
    return found


def parts_of_dump(place):
    """It has no old pages: SQLite's is made by reading its rows. Whole, and some of its tables."""
    if IS_SQLITE:
        code = "import sqlite3,sys; print(*sqlite3.connect(sys.argv[1]).iterdump(), sep='\\n')"
        command = ["python", "-c", code, place.database.removeprefix("sqlite:///")]
    else:
        command = ["pg_dump", "--inserts", place.database]
    whole = subprocess.run(command, env=place.environment, capture_output=True, check=True).stdout
    _head, *pieces = FILLS.split(whole)
    by_table = {}
    for table, content in zip(pieces[::2], pieces[1::2], strict=True):
        by_table[table.decode()] = by_table.get(table.decode(), b"") + content
    return {"dump": whole} | {kind: by_table.get(name, b"") for kind, name in TABLES.items()}


def test_what_is_searched_for_was_in_the_database_and_in_a_dump(story):
    assert len(story["words"]) >= 15
    assert story["before"]["database"] == story["before"]["dump"] == set(story["words"])


@pytest.mark.parametrize("kind", KEPT_IN)
def test_each_place_held_something_of_the_person(story, kind):
    """Or the next tests prove nothing of it."""
    assert story["before"][kind]
    assert story["before"][kind] >= AMONG_IT.get(kind, set())


def test_nothing_is_in_a_dump_as_soon_as_the_account_is_deleted(story):
    assert story["dump"] == {kind: set() for kind in ("dump", *TABLES)}


@pytest.mark.parametrize("kind", [*KEPT_IN, "beside"])
def test_after_the_purge_no_file_holds_a_byte_of_it(story, kind):
    assert story["after"][kind] == set()


def test_the_log_never_had_any_of_it(story, place):
    assert b"An account was deleted by its owner" in parts_of_files(place)["log"]
    assert story["before"]["log"] == story["after"]["log"] == set()


def test_a_row_that_was_left_is_found(story, place):
    """The control: one mail of theirs, as if the deletion had passed it over."""
    place.python(DO.format("leave_a_mail"))
    found = search(place, story["words"])
    assert {kind for kind, words in found.items() if words} == {
        "database",
        "dump",
        "log of writes",
        "outbox",
    }


def test_nobody_else_s_rows_changed(story, place):
    before, after = story["rows"], story["rows_after"]
    assert {table for table in after if after[table] - before[table]} == set()
    assert said(place, "neighbour_has") == story["neighbour"]


@pytest.mark.skipif(not IS_SQLITE, reason="PostgreSQL keeps its log to itself")
def test_the_purge_empties_the_log_of_the_database(story):
    assert "emptied" in story["purge"]
