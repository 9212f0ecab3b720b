"""How long an import of O*NET takes, and how much memory: against merely reading the tables.

python -m bench.import_onet db_29_2_text.zip
python -m tests.run_on_postgres python -m bench.import_onet db_29_2_text.zip    PostgreSQL too

The yardstick is one pass of csv.reader over the tables that the import reads, out of the same
archive, on the same machine at the same time.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path, PurePosixPath

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from assessments.importers.onet_reader import read_release  # noqa: E402
from tests.sites import ROOT, Site, empty_site  # noqa: E402

TARGETS = {"first": 30.0, "unchanged": 10.0}  # seconds
MOST_MEMORY = 400  # MB


def tables_read(path: Path) -> set[str]:
    names: list[str] = []
    read_release(path, on_read=lambda name, _size: names.append(name))
    return set(names)


def csv_pass(path: Path, names: set[str]) -> float:
    began = time.perf_counter()
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if PurePosixPath(member.filename).stem in names:
                text = io.TextIOWrapper(archive.open(member), encoding="utf-8", newline="")
                for _row in csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
                    pass
    return time.perf_counter() - began


def import_it(site: Site, path: Path) -> tuple[float, float]:
    """Seconds, and the most memory in MB, of the command as an operator runs it."""
    command = [sys.executable, "manage.py", "import_onet", str(path)]
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  our own command
        command, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL, stderr=sys.stderr
    )
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("the import failed")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def measure(path: Path, names: set[str]) -> bool:
    held = True
    with tempfile.TemporaryDirectory() as folder, empty_site(Path(folder)) as site:
        for what, most in TARGETS.items():
            yardstick = csv_pass(path, names)
            seconds, memory = import_it(site, path)
            held &= seconds <= most and memory <= MOST_MEMORY
            print(
                f"{site.database.split(':')[0]:10} {what:10} {seconds:5.1f} s (target {most:.0f})"
                f"  {memory:4.0f} MB (target {MOST_MEMORY})"
                f"  csv.reader {yardstick:4.2f} s, ratio {seconds / yardstick:.0f}"
            )
    return held


def main(path: Path) -> None:
    path = path.resolve()
    names = tables_read(path)
    server = os.environ.pop("DATABASE_URL", "")
    held = measure(path, names)
    if server.startswith("postgres"):
        os.environ["DATABASE_URL"] = server
        held &= measure(path, names)
    if not held:
        sys.exit("over the target")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
