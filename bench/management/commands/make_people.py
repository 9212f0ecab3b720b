"""Very many people, by INSERT ... SELECT: a hundred thousand take minutes rather than days.

Only bench/settings.py has this command. The report that all of theirs are like is the bench's own.
"""

import time
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from assessments.models import RoleVersion, User
from bench import world

OUR_OWN = r"^(many-)?[0-9]+@example\.org$"
RUN = "python -m tests.run_on_postgres python -m bench.many"
# `first` to `last` are numbers of people, none of whom is there yet; `after` is the highest id.
PEOPLE = """
    INSERT INTO assessments_user
        (email, password, is_superuser, is_staff, is_active, date_joined)
    SELECT 'many-' || n || '@example.org', '!', false, false, true, now()
    FROM generate_series(%(first)s::int, %(last)s::int) AS n
"""
REPORTS = """
    INSERT INTO assessments_assessment
        (key, member_id, role_id, version_id, opened_at, submitted_at, saved_at, met, targets,
         result_sha256, revision)
    SELECT substr(md5(u.id || '-' || n), 1, 22), u.id, v.role_id, v.id,
        now() - interval '1 day' * (91 + n + u.id %% 300),
        now() - interval '1 day' * (90 + n + u.id %% 300),
        now() - interval '1 day' * (90 + n + u.id %% 300),
        10, 40, repeat(md5(u.id || '-' || n), 2), %(answers)s::int
    FROM assessments_user u, generate_series(1, %(reports)s::int) AS n, assessments_roleversion v
    WHERE u.id > %(after)s AND v.id = %(version)s
"""
ANSWERS = """
    INSERT INTO assessments_answer
        (assessment_id, skill, level, last_done, example, revision, saved_at)
    SELECT a.id, 's' || n, (a.id * 7 + n * 3) %% 5, 'this-year',
        CASE WHEN n %% 8 = 0 THEN 'I did it in project ' || (a.id %% 999) ELSE '' END,
        n + 1, a.submitted_at
    FROM assessments_assessment a, generate_series(0, %(answers)s::int - 1) AS n
    WHERE a.member_id > %(after)s
"""
REMINDERS = """
    INSERT INTO assessments_reminders (member_id, plan_dates, come_back)
    SELECT id, id %% 50 = 0, true FROM assessments_user WHERE id > %(after)s AND id %% 10 = 0
"""
PLANS = """
    WITH plan AS (
        INSERT INTO assessments_plan (member_id, hours_a_week, budget, starts_on, revision)
        SELECT id, 5, 'any', current_date - 60, 1
        FROM assessments_user WHERE id > %(after)s AND id %% 50 = 0
        RETURNING id, member_id
    )
    INSERT INTO assessments_planitem
        (plan_id, assessment_id, requirement, skill, from_level, to_level, hours, status, notes,
         due_on, added_at, revision)
    SELECT plan.id, min(a.id), 's1', 's1', 0, 2, 10, 'to-do', '', current_date - 3, now(), 1
    FROM plan JOIN assessments_assessment a ON a.member_id = plan.member_id
    GROUP BY plan.id
"""
GUESTS = """
    WITH guest AS (
        INSERT INTO assessments_guest (token_sha256, created_at, expires_at)
        SELECT repeat(md5('guest-' || n), 2), now() - interval '9 days', now() - interval '2 days'
        FROM generate_series(%(first)s::int, %(last)s::int) AS n WHERE n %% 50 = 0
        RETURNING id
    ), begun AS (
        INSERT INTO assessments_assessment
            (key, guest_id, role_id, version_id, opened_at, saved_at, result_sha256, revision)
        SELECT substr(md5('guest-' || guest.id), 1, 22), guest.id, v.role_id, v.id,
            now() - interval '9 days', now() - interval '9 days', '', %(answers)s::int
        FROM guest, assessments_roleversion v WHERE v.id = %(version)s
        RETURNING id, saved_at
    )
    INSERT INTO assessments_answer
        (assessment_id, skill, level, last_done, example, revision, saved_at)
    SELECT begun.id, 's' || n, n %% 5, 'this-year', '', n + 1, begun.saved_at
    FROM begun, generate_series(0, %(answers)s::int - 1) AS n
"""
OLD_MAIL = """
    INSERT INTO assessments_outgoingmail
        (key, recipient, subject, text, html, headers, state, created_at, settled_at)
    SELECT 'old-' || n, 'many-' || n || '@example.org', 'News', repeat('word ', 400), '', '{}',
        'sent', now() - interval '40 days', now() - interval '40 days'
    FROM generate_series(%(first)s::int, %(last)s::int) AS n WHERE n %% 5 = 0
"""
SUBSCRIBERS = """
    INSERT INTO assessments_subscriber (email, key, asked_at, confirmed_at)
    SELECT 'many-' || n || '@example.org', substr(md5('subscriber-' || n), 1, 22),
        now() - interval '30 days', CASE WHEN n %% 20 = 0 THEN now() END
    FROM generate_series(%(first)s::int, %(last)s::int) AS n WHERE n %% 20 IN (0, 1)
"""
AN_ISSUE = """
    INSERT INTO assessments_newsletterissue (subject, body, created_at, sent_at, revision)
    SELECT 'News', repeat('What is **new** in this month. ', 100), now(), clock_timestamp(), 1
    WHERE %(last)s::int >= %(first)s::int
"""
ENDED_SESSIONS = """
    WITH ended AS (
        INSERT INTO django_session (session_key, session_data, expire_date)
        SELECT replace(gen_random_uuid()::text, '-', ''), repeat('x', 300),
            now() - interval '1 day' * (1 + n %% 10)
        FROM generate_series(1, %(sessions)s::int) AS n
        RETURNING session_key
    ), numbered AS (
        SELECT session_key, row_number() OVER () AS n FROM ended
    ), person AS (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM assessments_user
    )
    INSERT INTO usersessions_usersession
        (user_id, created_at, ip, last_seen_at, session_key, user_agent, data)
    SELECT person.id, now() - interval '20 days', '192.0.2.1', now() - interval '15 days',
        numbered.session_key, 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0', '{}'
    FROM numbered
    JOIN person ON person.n = 1 + numbered.n %% (SELECT count(*) FROM assessments_user)
"""
DONE_TASKS = """
    INSERT INTO django_tasks_database_dbtaskresult
        (id, status, enqueued_at, started_at, finished_at, args_kwargs, priority, task_path,
         worker_ids, queue_name, backend_name, run_after, return_value, exception_class_path,
         traceback)
    SELECT gen_random_uuid(), 'SUCCESSFUL', now() - interval '20 days', now() - interval '20 days',
        now() - interval '20 days', '{"args": [1], "kwargs": {}}', 0,
        'assessments.actions.mail.send_task', '["worker"]', 'default', 'default',
        now() - interval '20 days', '1', '', ''
    FROM generate_series(%(first)s::int, %(last)s::int) AS n WHERE n %% 5 = 0
"""
STEPS = {
    "people": PEOPLE,
    "reports": REPORTS,
    "answers": ANSWERS,
    "asked to be reminded": REMINDERS,
    "planned": PLANS,
    "answers of guests whose days are over": GUESTS,
    "mails sent 40 days ago": OLD_MAIL,
    "subscribers, half of whom never confirmed": SUBSCRIBERS,
    "newsletter to be handed out": AN_ISSUE,
    "sessions that have ended, with their devices": ENDED_SESSIONS,
}
OF_THE_WORKER = {"tasks done 20 days ago": DONE_TASKS}
SIZES = """
    SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= %s
    ORDER BY 3 DESC
"""
FEW = 20  # a table with fewer rows than a twentieth of the people is left out


class Command(BaseCommand):
    help = (
        "Fill a PostgreSQL of the bench with people who sent reports, and with what the nightly "
        "jobs deal with, to measure both. Run again, it adds as many more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=100_000, help="%(default)s unless given")
        parser.add_argument("--reports", type=int, default=3, help="of each person (%(default)s)")
        parser.add_argument("--answers", type=int, default=30, help="of each report (%(default)s)")
        parser.add_argument(
            "--sessions", type=int, help="that have ended; as many as people unless given"
        )
        parser.add_argument(
            "--into",
            metavar="NAME",
            default="",
            help="fill the database of this name, although it is not the bench's own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse_what_is_not_ours(options["into"])
        values = self.numbers(options)
        began = time.monotonic()
        steps = STEPS | (OF_THE_WORKER if apps.is_installed("django_tasks_db") else {})
        try:
            for name, step in steps.items():
                self.fill(name, step, values)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            raise CommandError(
                f"{error}\nFilling turns triggers off, which takes a superuser of PostgreSQL, or: "
                "GRANT SET ON PARAMETER session_replication_role TO the user of DATABASE_URL"
            ) from error
        if options["people"]:
            self.tidy()
        self.stdout.write(f"Filled in {time.monotonic() - began:.0f} s.")
        if options["people"]:
            self.say_sizes(options["people"] // FEW)

    def refuse_what_is_not_ours(self, into: str) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(
                f"Only PostgreSQL can be filled like this, and DATABASE_URL names another. "
                f"For one that is made for it and removed after it: {RUN}"
            )
        name = connection.settings_dict["NAME"]
        if into == name:
            return
        if into:
            raise CommandError(f"--into names “{into}”, and DATABASE_URL leads to “{name}”.")
        strangers = User.objects.exclude(email__regex=OUR_OWN).count()
        if strangers:
            why = f"holds {strangers} accounts that the bench did not make"
        elif not User.objects.exists():
            why = "is not the bench's own: nobody is in it yet"
        else:
            return
        raise CommandError(
            f"The database “{name}” {why}. Nothing was written. For one that is made for it and "
            f"removed after it: {RUN}\nTo fill this one all the same: --into {name}"
        )

    def numbers(self, options: dict[str, Any]) -> dict[str, int]:
        people, reports, answers = (options[one] for one in ("people", "reports", "answers"))
        sessions = people if options["sessions"] is None else options["sessions"]
        if min(people, reports, sessions) < 0 or not 1 <= answers <= world.QUESTIONS:
            raise CommandError(
                f"No number may be below 0, and --answers goes from 1 to {world.QUESTIONS}."
            )
        ours = User.objects.filter(email__startswith="many-").count()
        return {
            "first": ours + 1,
            "last": ours + people,
            "after": User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
            "reports": reports,
            "answers": answers,
            "sessions": sessions,
            "version": self.version().pk,
        }

    def version(self) -> RoleVersion:
        known = RoleVersion.objects.filter(role__slug="analyst").order_by("-number").first()
        return known or world.make_role()

    def fill(self, name: str, step: str, values: dict[str, int]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            # Triggers would look at each row, and refuse answers to what has been sent.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(step, values)
            self.stdout.write(f"  {cursor.rowcount:12,} {name}")

    def tidy(self) -> None:
        """As autovacuum would have done by the time that so many people have come."""
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def say_sizes(self, least: int) -> None:
        """With indexes and what is kept beside the rows."""
        with connection.cursor() as cursor:
            cursor.execute(SIZES, [max(1, least)])
            for table, rows, size in cursor.fetchall():
                self.stdout.write(
                    f"  {table:36} {rows:12,} rows {size / 2**20:9,.1f} MB "
                    f"{size / rows:7,.0f} bytes a row"
                )
