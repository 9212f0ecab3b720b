"""A backup of 1,000 reports, restored beside the database and computed anew.

python -m bench.drill

On both databases. It fails unless every report has the hash that it was sent with. That one which
has not is told shows tests/assessments/management/commands/test_check_reports.py.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from tests.sites import empty_site

EACH = 20
MB = 1024 * 1024
# Sent as people send them: the hash is that of the moment.
SEND = """
import random
from assessments.actions import assessment as actions
from assessments.models import User
from tests import published
from tests.definitions import wide_definition

chance = random.Random(7)
role = wide_definition(40)
version = published.publish(role, found=False)
for number in range({people}):
    person = User.objects.create(email=f"{{number}}@example.org")
    for _turn in range({each}):
        begun = actions.start(by=person, version=version)
        levels = {{skill.slug: chance.choice([None, 0, 1, 2, 3, 4]) for skill in role.skills}}
        published.answer(begun, **levels)
        actions.submit(assessment=begun)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    asked.add_argument("--reports", type=int, default=1_000)
    options = asked.parse_args()
    chosen = options.database or ["sqlite", "postgres"]
    if len(chosen) == 1 and (chosen[0] == "sqlite" or os.environ.get("DATABASE_URL")):
        run(chosen[0], options.reports)
        return
    for database in chosen:
        before = ["-m", "tests.run_on_postgres", sys.executable] if database == "postgres" else []
        same = ["-m", "bench.drill", "--reports", str(options.reports), "--database", database]
        subprocess.run(  # noqa: S603  our own command
            [sys.executable, *before, *same], env=os.environ | {"DATABASE_URL": ""}, check=True
        )


def run(database: str, reports: int) -> None:
    with tempfile.TemporaryDirectory(prefix="careerpath-drill-") as name:
        folder = Path(name)
        with empty_site(folder) as site:
            site.must("prepare_site")
            site.python(SEND.format(people=reports // EACH, each=EACH))
            copy = folder / "copy"
            began = time.monotonic()
            site.must("backup", str(copy))
            copied = time.monotonic()
            told = site.must("restore", str(copy), "--drill")
            ended = time.monotonic()
            size = copy.stat().st_size / MB
            print(f"== {database}: {size:.1f} MB copied in {copied - began:.1f} s")
            print(f"restored and computed anew in {ended - copied:.1f} s")
            print(told.strip())
            if f"{reports} of {reports} reports are as they were made." not in told:
                sys.exit("NOT ALL OF THEM ARE AS THEY WERE.")


if __name__ == "__main__":
    main()
