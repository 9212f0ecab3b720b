"""An import that is killed, and two at once: everything is there, or nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.onet_files import replaced, tables, write_folder
from tests.sites import ROOT, Site, empty_site

COUNTED = """
from assessments.models import AlternateTitle, Occupation, Release, Role, RoleVersion, Skill
print([model.objects.count() for model in
       (Release, Occupation, Role, RoleVersion, Skill, AlternateTitle)],
      *Role.objects.values_list("title", flat=True), *Release.objects.values_list("name"))
"""
EVERYTHING = "[1, 5, 5, 5, 5, 3]"
# Kills itself, as nobody else could hit the moment, where that part of the writing is done.
KILLED = """
import os, signal
from decimal import Decimal
from pathlib import Path
from assessments.actions.onet import apply
from assessments.importers.onet_plan import plan
from assessments.importers.onet_reader import read_release
from assessments.importers.onet_stored import stored
def kill(part):
    if part >= {part}:
        os.kill(os.getpid(), signal.SIGKILL)
release = read_release(Path({folder!r}))
apply(plan=plan(release, stored("onet-level"), threshold=Decimal(3)), on_written=kill)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for all: whoever is killed leaves it as it was."""
    with empty_site(tmp_path_factory.mktemp("onet")) as site:
        yield site


@pytest.fixture
def release(tmp_path):
    return write_folder(tmp_path / "release", tables())


@pytest.mark.parametrize("part", [0, 0.5, 1])
def test_killed_anywhere_it_leaves_all_as_it_was(site: Site, tmp_path: Path, part: float) -> None:
    changed = replaced(tables(), "Occupation Data", "Infantry", f"Infantry {part}")
    folder = write_folder(tmp_path / "changed", replaced(changed, "Read Me", "29.2", "29.3"))
    before = site.python(COUNTED)
    done = site.run("shell", "--no-imports", "-c", KILLED.format(part=part, folder=str(folder)))
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert site.python(COUNTED) == before


def test_of_two_at_once_one_writes_and_the_other_says_so(site: Site, release: Path) -> None:
    command = [sys.executable, "manage.py", "import_onet", str(release)]
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
        assert "O*NET 29.2" in out if code == 0 else "Nothing was written" in error
    assert site.python(COUNTED).startswith(EVERYTHING)
    assert "unchanged" in site.must("import_onet", str(release))
