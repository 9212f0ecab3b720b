"""A hundred thousand people with three reports each, and what that does to the pages and the jobs.

python -m tests.run_on_postgres python -m bench.many --people 100000

On PostgreSQL, filled by INSERT ... SELECT. The same pages are asked for on a site with
200 people and on the large one; then the nightly jobs run, and their memory is looked at.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

import psycopg

from bench.load import Figures, load
from bench.pages import PAGES
from tests.sites import ROOT, Server, Site, empty_site

FEW, ROLES = 100, 100
QUESTIONS, REPORTS = 30, 3
MOST_SLOWER = 1.5
KB = 1024
# A person for each number; then for each of them reports like those that are there already.
PEOPLE = """
    INSERT INTO assessments_user
        (email, password, is_superuser, is_staff, is_active, date_joined)
    SELECT 'many-' || n || '@example.org', '!', false, false, true, now()
    FROM generate_series(1, %(people)s) AS n
"""
REPORTS_OF_ALL = """
    INSERT INTO assessments_assessment
        (key, member_id, role_id, version_id, opened_at, submitted_at, saved_at, met, targets,
         result_sha256, revision)
    SELECT substr(md5(u.id || '-' || n), 1, 22), u.id, like_this.role_id, like_this.version_id,
        now() - interval '1 day' * (91 + n + u.id %% 300),
        now() - interval '1 day' * (90 + n + u.id %% 300),
        now() - interval '1 day' * (90 + n + u.id %% 300),
        10, 40, repeat(md5(u.id || '-' || n), 2), %(questions)s
    FROM assessments_user u, generate_series(1, %(reports)s) AS n,
        (SELECT role_id, version_id FROM assessments_assessment LIMIT 1) AS like_this
    WHERE u.email LIKE 'many-%%'
"""
ANSWERS_OF_ALL = """
    INSERT INTO assessments_answer
        (assessment_id, skill, level, last_done, example, revision, saved_at)
    SELECT a.id, 's' || n, (a.id * 7 + n * 3) %% 5, 'this-year',
        CASE WHEN n %% 8 = 0 THEN 'I did it in project ' || (a.id %% 999) ELSE '' END,
        n + 1, a.submitted_at
    FROM assessments_assessment a JOIN assessments_user u ON u.id = a.member_id,
        generate_series(0, %(questions)s - 1) AS n
    WHERE u.email LIKE 'many-%%'
"""
ASKED_TO_BE_REMINDED = """
    INSERT INTO assessments_reminders (member_id, plan_dates, come_back)
    SELECT id, false, true FROM assessments_user WHERE email LIKE 'many-%%' AND id %% 10 = 0
"""
GUESTS = """
    INSERT INTO assessments_guest (token_sha256, created_at, expires_at)
    SELECT repeat(md5(n::text), 2), now() - interval '9 days', now() - interval '2 days'
    FROM generate_series(1, %(people)s / 50) AS n
"""
OLD_MAIL = """
    INSERT INTO assessments_outgoingmail
        (key, recipient, subject, text, html, headers, state, created_at, settled_at)
    SELECT 'old-' || n, 'many-' || n || '@example.org', 'News', repeat('word ', 400), '', '{}',
        'sent', now() - interval '40 days', now() - interval '40 days'
    FROM generate_series(1, %(people)s / 5) AS n
"""
STEPS = (PEOPLE, REPORTS_OF_ALL, ANSWERS_OF_ALL, ASKED_TO_BE_REMINDED, GUESTS, OLD_MAIL)
TABLES = ("assessments_user", "assessments_assessment", "assessments_answer")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--seconds", type=int, default=10, help="for each page")
    asked.add_argument("--only", default="", help="pages whose names contain this")
    options = asked.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("Run it as: python -m tests.run_on_postgres python -m bench.many")
    with (
        tempfile.TemporaryDirectory(prefix="careerpath-many-") as name,
        empty_site(Path(name)) as site,
    ):
        compare(site, options)


def compare(site: Site, options: argparse.Namespace) -> None:
    site.must("prepare_site")
    made = site.python(f"from bench.world import build; print(build({FEW}, 4, {ROLES}))")
    world = json.loads(made.splitlines()[-1])
    few = times(site, world, options)
    fill(site.database, options.people)
    many = times(site, world, options)
    print(f"\np95 in ms, with {FEW} people and with {options.people:,} more:\n")
    for name, before in few.items():
        after = many[name]
        ratio = after.p95 / before.p95
        errors = before.errors + after.errors
        verdict = "" if ratio <= MOST_SLOWER else f"  more than {MOST_SLOWER}"
        print(
            f"{name:22} {before.p95:8.1f} {after.p95:8.1f} {ratio:6.2f} x   "
            f"p50 {before.p50:7.1f} {after.p50:7.1f}   errors {errors}{verdict}"
        )
    print()
    for command in ("send_reminders", "purge_expired"):
        night(site, command)


def fill(address: str, people: int) -> None:
    began = time.monotonic()
    values = {"people": people, "reports": REPORTS, "questions": QUESTIONS}
    with psycopg.connect(address, autocommit=True) as database:
        for step in STEPS:
            with database.transaction():
                # Triggers would look at each row, and refuse answers to what has been sent.
                database.execute("SET LOCAL session_replication_role = replica")
                database.execute(step.encode(), values)
        database.execute("VACUUM ANALYZE")
        print(f"Filled in {time.monotonic() - began:.0f} s:", flush=True)
        for table in TABLES:
            rows, size = database.execute(
                "SELECT reltuples::bigint, pg_size_pretty(pg_total_relation_size(oid)) "
                "FROM pg_class WHERE relname = %s",
                [table],
            ).fetchone() or (0, "")
            print(f"  {table:24} {rows:12,} rows {size:>10} with its indexes")


def times(site: Site, world: dict, options: argparse.Namespace) -> dict[str, Figures]:
    """The least busy of two turns: what else the machine does is no matter of the rows."""
    people, found = range(FEW - 10), {}
    pages = [one for one in PAGES if options.only in one.name and not one.once]
    with Server(site) as server:
        for page in pages:
            requests = [one.raw() for one in page.requests(world, people)]
            load(server.port, requests, 2, site.folder)
            turns = [load(server.port, requests, options.seconds, site.folder) for _ in (1, 2)]
            found[page.name] = min(turns, key=lambda one: one.p95)
    return found


def night(site: Site, command: str) -> None:
    """Its time, and the most memory it ever had."""
    code = (
        "import resource, runpy, sys; sys.argv = ['manage.py', sys.argv[1]]\n"
        "try: runpy.run_path('manage.py', run_name='__main__')\n"
        "finally: print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", code, command],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    *said, peak = done.stdout.strip().splitlines()
    print(
        f"{command}: {time.monotonic() - began:.0f} s, "
        f"at most {int(peak.split()[1]) // KB} MB. {said[-1]}"
    )


if __name__ == "__main__":
    main()
