"""A fresh clone, served by what the README says to type: for `make visit ARGS=--clone`."""

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.sites import ROOT, free_port

MOST_SECONDS = 900  # with everything to be fetched, on a slow line
TO_END = 30
COMMANDS = re.compile(r"^## Run it\n.*?^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Of whoever runs this: a newcomer has none of it.
OURS = {"ARGS", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE", "ENV_FILE", "PYTHON"}
OURS |= {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "VIRTUAL_ENV"}


@dataclass(frozen=True)
class Clone:
    address: str
    commit: str
    commands: tuple[str, ...]
    seconds: float


@contextmanager
def served() -> Iterator[Clone]:
    """Of what is committed here. Stopped and removed at the end."""
    prefix = "careerpath-clone-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        folder = Path(name) / "careerpath"
        git("clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder))
        readme = (folder / "README.md").read_text(encoding="utf-8")
        (said,) = COMMANDS.findall(readme)
        port, began = free_port(), time.monotonic()
        with running(said, folder, port) as process:
            wait(process, port, folder)
            seconds = time.monotonic() - began
            commit = git("-C", str(folder), "rev-parse", "--short", "HEAD")
            yield Clone(f"http://localhost:{port}/", commit, tuple(said.splitlines()), seconds)


def git(*said: str) -> str:
    done = subprocess.run(["git", *said], check=True, capture_output=True, text=True)  # noqa: S603, S607  our own command
    return done.stdout.strip()


@contextmanager
def running(commands: str, folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """In a process group of its own, none of which is left."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    path = environment["PATH"].split(os.pathsep)
    outside = [one for one in path if not Path(one).is_relative_to(ROOT)]
    environment |= {"PORT": str(port), "PATH": os.pathsep.join(outside)}
    with (folder.parent / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  what the README says
            ["/bin/sh", "-ec", commands],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        ends = time.monotonic() + TO_END
        while answers(port) and time.monotonic() < ends:
            time.sleep(0.1)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    ends = time.monotonic() + MOST_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > ends:
            raise SystemExit(f"It does not serve:\n{(folder.parent / 'log').read_text()[-2000:]}")
        time.sleep(0.1)


def answers(port: int) -> bool:
    connection = HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
