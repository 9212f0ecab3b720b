"""Back and forward through the migrations, in the process of a site of its own.

`walks()` prints, as JSON, where something of what was there is no longer what it was.
"""

import hashlib
import json
from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from assessments.models import Answer, Assessment, User
from tests.access.world import World
from tests.definitions import definition, requirement
from tests.published import publish

APP = "assessments"
TAKES = 100  # answers of one assessment, of the many
WITH_GUESTS = "0007_guests"
THEIRS = [f"{APP}_{name}" for name in ("assessment", "answer", "qualificationanswer")]
KEYS = ("history_id", "id")
Content = dict[str, dict[str, str]]


def fill(answers: int) -> None:
    """A row of everything that anybody can have, and as many answers as are asked for."""
    World()
    slugs = [f"skill-{number}" for number in range(TAKES)]
    if answers:
        version = publish(definition(*map(requirement, slugs)))
    for start in range(0, answers, TAKES):
        person = User.objects.create(email=f"{start}@example.org")
        mine = Assessment.objects.create(member=person, role=version.role, version=version)
        Answer.objects.bulk_create(
            Answer(assessment=mine, skill=slug, level=(start + number) % 5, revision=1)
            for number, slug in enumerate(slugs)
        )


def content() -> Content:
    """Of each table each column, as a hash of its values in the order of the rows."""
    found: Content = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(f"{APP}_") or "searchtext" in table:  # an index, not content
                continue
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608  our own tables
            columns = [one[0] for one in cursor.description]
            key = next((one for one in KEYS if one in columns), columns[0])
            names = ", ".join(f'"{one}"' for one in columns)
            cursor.execute(f"SELECT {names} FROM {table} ORDER BY {key}")  # noqa: S608  our own tables
            hashes = [hashlib.sha256() for _column in columns]
            for row in cursor:
                for value, into in zip(row, hashes, strict=True):
                    into.update(f"{value!r}\n".encode())
            found[table] = {
                one: into.hexdigest() for one, into in zip(columns, hashes, strict=True)
            }
    return found


def differences(before: Content, after: Content, within: Content) -> list[str]:
    """Columns of `within` that no longer hold what they did."""
    return [
        f"{table}.{column}"
        for table, columns in within.items()
        for column in columns
        if column in before.get(table, {})
        if before[table][column] != after.get(table, {}).get(column)
    ]


def names() -> list[str]:
    nodes = MigrationLoader(None).graph.nodes
    return sorted(name for app, name in nodes if app == APP)


class Walk:
    """From the newest migration back to one and forward again, with a look after each."""

    def __init__(self) -> None:
        self.before = self.oldest = content()
        assert sum(map(len, self.before.values())) > 100
        self.wrong: dict[str, list[str]] = {}

    def look(self, done: str, migration: Any = None, fake: bool = False) -> None:
        if done == "unapply_success" and migration.app_label == APP:
            self.oldest = content()
            if migration.name == WITH_GUESTS:
                self.forget_guests()
            self.note(f"without {migration.name}", self.oldest)
        elif done == "apply_success" and migration.app_label == APP:
            self.note(f"again with {migration.name}", content())

    def note(self, step: str, now: Content) -> None:
        if found := differences(self.before, now, self.oldest):
            self.wrong[step] = found

    def forget_guests(self) -> None:
        """What people did without an account has no place there: it is gone, and nothing else."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM assessments_assessment")
            assert cursor.fetchone()[0] == self.kept
        for table in THEIRS:
            self.before[table] = self.oldest[table]

    def go(self, back_to: str, newest: str) -> dict[str, list[str]]:
        self.kept = Assessment.objects.filter(guest=None).count()
        MigrationExecutor(connection, self.look).migrate([(APP, back_to)])
        MigrationExecutor(connection, self.look).migrate([(APP, newest)])
        return self.wrong


def walks(every: bool, answers: int) -> None:
    fill(answers)
    *older, newest = names()
    starts = reversed(older) if every else older[:1]
    wrong = {start: found for start in starts if (found := Walk().go(start, newest))}
    broken = []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
    call_command("check_reports", verbosity=0)
    print(json.dumps({"wrong": wrong, "broken": broken, "answers": Answer.objects.count()}))  # noqa: T201  read by whoever started it


def without_a_way_back() -> list[str]:
    """Operations of ours that cannot be undone."""
    return [
        f"{name}: {operation.describe()}"
        for name in names()
        for operation in import_module(f"{APP}.migrations.{name}").Migration.operations
        if not operation.reversible
    ]
