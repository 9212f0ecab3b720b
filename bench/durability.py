"""Whether each confirmed save reached the disk: syncs of the running server, counted by strace.

python -m bench.durability [saves]

Two runs in one: the site as it is, and with PRAGMA synchronous=NORMAL, where a save is confirmed
before it is on the disk. The second must come out as too few, or the first proves nothing. Needs
strace and Linux. SQLite only: PostgreSQL syncs in a process of its own.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.pop("DATABASE_URL", None)
django.setup()

from tests.reliability.conftest import SKILLS, make_people  # noqa: E402
from tests.reliability.saving import save  # noqa: E402
from tests.sites import Server, empty_site  # noqa: E402
from tests.visitors import Visitor  # noqa: E402


def count(saves: int, settings_module: str) -> tuple[int, int]:
    """Confirmed saves, and syncs of the disk from the first to the last of them."""
    with tempfile.TemporaryDirectory() as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        (session, key), *_ = make_people(site)
        trace = Path(name, "trace")
        site.more["DJANGO_SETTINGS_MODULE"] = settings_module
        strace = ["strace", "-f", "-e", "trace=fdatasync,fsync", "-o", str(trace)]
        with Server(site, workers=1, before=strace) as server:
            visitor = Visitor(server.port, {"session": session})
            visitor.get("/assessments/")
            before = syncs(trace)
            answers = [
                save(visitor, key, SKILLS[number % len(SKILLS)], f"number {number}")
                for number in range(saves)
            ]
            return sum(answer.status == 302 for answer in answers), syncs(trace) - before


def syncs(trace: Path) -> int:
    return len(re.findall(r"f(?:data)?sync\(", trace.read_text()))


def main(saves: int) -> int:
    if shutil.which("strace") is None:
        print("strace is missing: install it, for example with: apt install strace")
        return 2
    as_it_is = count(saves, "careerpath.settings")
    control = count(saves, "bench.without_full_sync")
    print("                        confirmed   syncs")
    print(f"as it is                {as_it_is[0]:9} {as_it_is[1]:7}")
    print(f"synchronous=NORMAL      {control[0]:9} {control[1]:7}")
    holds = as_it_is[1] >= as_it_is[0] == saves
    tells = control[1] < control[0]
    print("Each confirmed save was synced." if holds else "SAVES WERE CONFIRMED BEFORE A SYNC.")
    print("The control falls short, as it must." if tells else "THE CONTROL SHOWS NOTHING.")
    return 0 if holds and tells else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))
