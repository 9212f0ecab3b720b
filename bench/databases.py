"""Running a measurement on each of the databases, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Sequence

BOTH = ("sqlite", "postgres")


def is_here(chosen: Sequence[str]) -> bool:
    """Whether this process can measure it: one, and it runs."""
    return len(chosen) == 1 and (chosen[0] == "sqlite" or bool(os.environ.get("DATABASE_URL")))


def on_each(module: str, chosen: Sequence[str], arguments: Sequence[str]) -> int:
    """All of them, whatever the first one says: 1 where any has missed a target, else 0."""
    codes = []
    for database in chosen:
        before = ["-m", "tests.run_on_postgres", sys.executable] if database == "postgres" else []
        command = [*before, "-m", module, *arguments, "--database", database]
        done = subprocess.run(  # noqa: S603  our own command
            [sys.executable, *command], env=os.environ | {"DATABASE_URL": ""}, check=False
        )
        codes.append(done.returncode)
    return int(any(codes))
