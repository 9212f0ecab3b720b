"""An import that is killed, and two at once: everything is there, or nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.bls_files import oews
from tests.sites import ROOT, Site, empty_site

COUNTED = """
from assessments.models import Release, Wage
print(Release.objects.count(), Wage.objects.count())
"""
EMPTIED = """
from assessments.models import Release, Wage
Wage.objects.all().delete()
Release.objects.all().delete()
"""
# Kills itself, as nobody else could hit the moment, in place of one of its statements.
KILLED = """
import os, signal
from django.core.management import call_command
from django.db import connection
def kill(execute, sql, *rest):
    if sql.startswith({statement!r}):
        execute(sql, *rest)
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, *rest)
with connection.execute_wrapper(kill):
    call_command("import_oews", {path!r})
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with empty_site(tmp_path_factory.mktemp("oews")) as site:
        yield site


@pytest.fixture(autouse=True)
def _empty(site: Site) -> None:
    site.python(EMPTIED)


@pytest.mark.parametrize(
    "statement", ['INSERT INTO "assessments_wage"', 'INSERT INTO "assessments_release"']
)
def test_killed_anywhere_it_leaves_nothing(site: Site, tmp_path, statement: str) -> None:
    code = KILLED.format(statement=statement, path=str(oews(tmp_path)))
    done = site.run("shell", "--no-imports", "-c", code)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert site.python(COUNTED) == "0 0"


def test_of_two_at_once_one_writes_and_the_other_says_so(site: Site, tmp_path) -> None:
    command = [sys.executable, "manage.py", "import_oews", str(oews(tmp_path))]
    both = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=site.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in both]
    assert min(code for _out, _err, code in ended) == 0
    for out, error, code in ended:
        assert "OEWS May 2024" in out if code == 0 else "Nothing was written" in error
    assert site.python(COUNTED) == "1 5"
