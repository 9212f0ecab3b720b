"""The two roles of docs/deploy/postgresql.sql: one makes the tables, as the other the site runs."""

import os
import re
import secrets
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import InsufficientPrivilege, IntegrityConstraintViolation

from tests.conftest import PASSWORD
from tests.reliability.conftest import SKILLS, make_people
from tests.reliability.saving import save
from tests.sites import Server, Site, end_forks
from tests.visitors import Visitor

SERVER = os.environ.get("DATABASE_URL", "")
pytestmark = pytest.mark.skipif(
    not SERVER.startswith("postgres"), reason="runs where the tests run on PostgreSQL"
)
FILE = settings.BASE_DIR / "docs" / "deploy" / "postgresql.sql"
COMMANDS = [
    "prepare_site",  # on every further machine: it finds all but the static files done
    "send_mail",
    "send_newsletter",
    "send_reminders",
    "purge_expired",
    "clearsessions",
    "prune_db_task_results --min-age-days 0",
    "db_worker --batch --no-startup-delay",
    "check_reports",
    "backup {folder}/backup",
]
# As check_links does it, without visiting anybody.
CHECK_LINKS = """
from assessments.actions import links
from assessments.domain.links import of_status
print(len(list(links.check(links=links.due(limit=2), look=lambda url: of_status(404)))))
"""
FORBIDDEN = [
    "DROP TABLE assessments_roleversion CASCADE",
    "TRUNCATE assessments_roleversion CASCADE",
    "ALTER TABLE assessments_roleversion DROP COLUMN content CASCADE",
    "ALTER TABLE assessments_roleversion DISABLE TRIGGER version_never_changes",
    "ALTER TABLE assessments_roleversion DISABLE TRIGGER ALL",
    "ALTER TABLE assessments_roleversion OWNER TO CURRENT_USER",
    "ALTER TABLE assessments_assessment DISABLE TRIGGER submission_never_changes",
    "CREATE TRIGGER mine BEFORE UPDATE ON assessments_roleversion FOR EACH ROW "
    "EXECUTE FUNCTION version_never_changes()",
    "CREATE RULE mine AS ON UPDATE TO assessments_roleversion DO INSTEAD NOTHING",
    "DROP TRIGGER version_never_changes ON assessments_roleversion",
    "DROP FUNCTION version_never_changes() CASCADE",
    "CREATE OR REPLACE FUNCTION version_never_changes() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'",
    "ALTER TABLE assessments_roleversion DROP CONSTRAINT assessments_roleversion_pkey CASCADE",
    "CREATE TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "DROP SCHEMA public CASCADE",
    "SET session_replication_role = replica",
    "CREATE ROLE mine",
    "COPY assessments_user TO PROGRAM 'cat > /dev/null'",
    "SELECT pg_read_file('PG_VERSION')",
]


@pytest.fixture(scope="module")
def database():
    """Made by the file: its name, and those of the two roles."""
    mark = secrets.token_hex(4)
    owner, web, name = f"owner_{mark}", f"web_{mark}", f"careerpath_{mark}"
    text = FILE.read_text(encoding="utf-8").replace("careerpath_owner", owner)
    text = re.sub(r"\bcareerpath\b", name, text.replace("careerpath_web", web))
    before, after = re.sub(r"--.*|\\password.*", "", text).split(f"\\connect {name}")
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in filter(str.strip, before.split(";")):
            server.execute(statement)
        with psycopg.connect(SERVER, dbname=name, autocommit=True) as database:
            database.execute(after)
        yield name, owner, web
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"DROP ROLE {web}")
        server.execute(f"DROP ROLE {owner}")


@pytest.fixture(scope="module")
def site(database, tmp_path_factory):
    """The tables are the owner's; whatever else runs here runs as the web role."""
    name, owner, web = database
    folder = tmp_path_factory.mktemp("web-role")
    more = {"TASKS_BACKEND": "database", "LINK_CHECKS": "on"}
    try:
        Site(address(name, owner), folder, more).must("prepare_site")
        yield Site(address(name, web), folder, more)
    finally:
        end_forks(folder)


@pytest.fixture(scope="module")
def person(site):
    """Somebody signed in, and the key of the assessment they began."""
    with Server(site, workers=1) as server:
        [(session, key)] = make_people(site, number=1)
        yield Visitor(server.port, {"session": session}), key


@pytest.fixture
def web(site):
    """A connection as the web role has it; what a test does is taken back."""
    with psycopg.connect(site.database) as connection:
        yield connection
        connection.rollback()


def address(name, role):
    parts = urlsplit(SERVER)
    _who, _at, where = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{role}@{where}", path=f"/{name}").geturl()


def send(visitor, page, **fields):
    return visitor.post(page, visitor.get(page).hidden | fields)


def test_the_site_runs_as_that_role(site, database):
    code = "from django.db import connection as c; q = c.cursor(); q.execute('SELECT current_user')"
    assert site.python(f"{code}; print(q.fetchone()[0])").splitlines()[-1] == database[2]


def test_somebody_answers_and_submits_and_takes_the_report_along(person):
    visitor, key = person
    assert [save(visitor, key, skill, "Mine").status for skill in SKILLS] == [302] * len(SKILLS)
    assert send(visitor, f"/assessments/{key}/review/").headers["Location"] == f"/reports/{key}/"
    for ending in ("/", ".json", ".csv"):
        assert visitor.get(f"/reports/{key}{ending}").status == 200
    assert send(visitor, f"/reports/{key}/share/").status in (200, 302)


def test_somebody_signs_up_exports_everything_and_deletes_the_account(site, person):
    visitor = Visitor(person[0].port)
    secret = {"password1": PASSWORD, "password2": PASSWORD}
    answer = send(visitor, "/accounts/signup/", email="new@example.org", **secret)
    sent = "from assessments.models import OutgoingMail as M; print(M.objects.last().text)"
    [code] = re.findall(r"^([A-Z0-9-]{6,})$", site.python(sent), re.MULTILINE)
    answer = send(visitor, answer.headers["Location"], code=code)
    assert answer.status == 302, answer.body
    assert visitor.get("/account/export/").status == 200
    asks_who = visitor.get("/account/delete/").headers["Location"]
    assert send(visitor, asks_who, password=PASSWORD).status == 302
    assert send(visitor, "/account/delete/", sure="on").headers["Location"] == "/account/gone/"


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_clock_and_the_worker_do(site, person, command):
    done = site.run(*command.format(folder=site.folder).split())
    assert done.returncode == 0, done.stderr


def test_what_was_found_out_about_links_is_noted(site):
    assert site.python(CHECK_LINKS).splitlines()[-1] == "2"


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_it_cannot_change_what_guards_the_rows(web, statement):
    with pytest.raises(InsufficientPrivilege):
        web.execute(statement)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_each_of_these_would_work_for_the_superuser(site, statement):
    """Or it is a mistake in it that makes it fail above."""
    name = urlsplit(site.database).path[1:]
    with psycopg.connect(SERVER, dbname=name) as superuser:
        superuser.execute(statement)
        superuser.rollback()


def test_no_table_may_be_dropped_or_emptied(web):
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    tables = [one for (one,) in web.execute(query).fetchall()]
    assert len(tables) > 40
    for table in tables:
        for statement in ("DROP TABLE", "TRUNCATE"):
            with pytest.raises(InsufficientPrivilege), web.transaction():
                web.execute(f'{statement} "{table}"')


def test_what_was_published_stays_as_it_is(web):
    with pytest.raises(IntegrityConstraintViolation):
        web.execute("UPDATE assessments_roleversion SET title = 'Mine'")
