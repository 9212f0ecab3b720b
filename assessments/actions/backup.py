"""A copy of the whole database made while the site runs, and a copy put back in one step."""

import os
import secrets
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader

SQLITE_MAGIC = b"SQLite format 3\0"
POSTGRES_MAGIC = b"PGDMP"


class Refused(Exception):
    """Its text names what is wrong and the cure. Nothing was changed."""


def back_up(*, to: Path) -> None:
    """Everything that was committed when it began is in it. Only its owner can read the file."""
    if to.exists():
        raise Refused(f"{to} is there already. Choose another name, or remove it first.")
    if not to.parent.is_dir():
        raise Refused(f"There is no folder {to.parent}. Make it first.")
    unfinished = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    try:
        unfinished.touch(mode=0o600)
        if connection.vendor == "sqlite":
            _copy_sqlite(_sqlite_file(), unfinished)
            _check_sqlite(unfinished)
        else:
            _run(["pg_dump", "--format=custom", f"--file={unfinished}"])
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(*, copy: Path) -> None:
    """Replaces everything in the database, or, when it cannot, nothing."""
    _look_at(copy)
    if connection.vendor == "sqlite":
        # Through SQLite itself: it locks, it writes a log, and a crash rolls it back.
        connection.close()
        _copy_sqlite(copy, _sqlite_file())
    else:
        connection.close()
        _restore_postgres(copy, _database_name())


@contextmanager
def restored_aside(*, copy: Path) -> Iterator[str]:
    """The address of a database of its own that holds the copy, removed afterwards."""
    _look_at(copy)
    if connection.vendor == "sqlite":
        with TemporaryDirectory(prefix="careerpath-drill-") as folder:
            aside = Path(folder, "drill.sqlite3")
            _copy_sqlite(copy, aside)
            yield f"sqlite:///{aside}"
        return
    name = f"drill_{secrets.token_hex(6)}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        _restore_postgres(copy, name)
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _look_at(copy: Path) -> None:
    if not copy.is_file():
        raise Refused(f"There is no file {copy}.")
    with copy.open("rb") as file:
        beginning = file.read(16)
    if connection.vendor == "sqlite":
        if beginning != SQLITE_MAGIC:
            raise Refused(f"{copy} is no SQLite database. Was it made on PostgreSQL?")
        _check_sqlite(copy)
        _check_release(copy)
    elif not beginning.startswith(POSTGRES_MAGIC):
        raise Refused(f"{copy} is no dump of PostgreSQL. Was it made on SQLite?")


def _check_sqlite(file: Path) -> None:
    with closing(_read_only(file)) as database:
        try:
            [(verdict,)] = database.execute("PRAGMA integrity_check(1)").fetchall()
            dangling = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError as damaged:
            raise Refused(f"{file} is damaged: {damaged}. Take another copy.") from damaged
    if verdict != "ok":
        raise Refused(f"{file} is damaged: {verdict}. Take another copy.")
    if dangling:
        raise Refused(f"{file} is damaged: a row of {dangling[0]} points at a row that is gone.")


def _check_release(file: Path) -> None:
    """A copy of a newer release than this code knows cannot be served by it."""
    with closing(_read_only(file)) as database:
        try:
            done = set(database.execute("SELECT app, name FROM django_migrations"))
        except sqlite3.DatabaseError as other:
            raise Refused(f"{file} is a database, but not one of CareerPath.") from other
    known = MigrationLoader(None).disk_migrations
    ours = {pair for pair in done if pair[0] == "assessments"}
    if not ours:
        raise Refused(f"{file} is a database, but not one of CareerPath.")
    if newer := sorted(name for app, name in ours if (app, name) not in known):
        raise Refused(f"{file} was made by a newer release ({newer[0]}). Update the code first.")


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(_read_only(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
        new.execute("PRAGMA synchronous=FULL")
        new.execute("PRAGMA secure_delete=ON")
        try:
            old.backup(new)
        except sqlite3.OperationalError as busy:
            raise Refused(f"{target} could not be written: {busy}. Stop the site first.") from busy


def _sqlite_file() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def _database_name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _restore_postgres(copy: Path, name: str) -> None:
    rules = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run(["pg_restore", *rules, f"--dbname={name}"], last=[str(copy)])


def _run(command: list[str], last: list[str] | None = None) -> None:
    """The password goes by the environment: everybody can read a command line."""
    program = shutil.which(command[0])
    if program is None:
        raise Refused(
            f"{command[0]} is missing. Install the client programs of PostgreSQL, of at least "
            "the server's version, and put them on the PATH."
        )
    to_psql, environment = DatabaseClient.settings_to_cmd_args_env(
        settings.DATABASES["default"] | _client_options(), []
    )
    where = to_psql[1:-1]
    name = [] if last else [to_psql[-1]]
    done = subprocess.run(  # noqa: S603  fixed programs, no shell
        [program, *command[1:], *where, *name, *(last or [])],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"{command[0]} failed: {done.stderr.strip() or 'no reason given'}")


def _client_options() -> dict[str, Any]:
    """The pool is ours, not psql's; a socket's folder may stand among the options."""
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    known = {key: value for key, value in options.items() if key.startswith(("ssl", "service"))}
    return {
        "OPTIONS": known,
        "HOST": database.get("HOST") or options.get("host", ""),
        "PORT": database.get("PORT") or options.get("port", ""),
    }
