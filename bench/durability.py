"""Whether each confirmed save reached the disk: syncs counted, and 50 power cuts acted out.

python -m bench.durability [cuts]

Two runs in one: the site as it is, and with PRAGMA synchronous=NORMAL, where a save is confirmed
before it is on the disk. The second must come out as too few syncs and as lost saves, or the first
proves nothing. Needs strace and Linux. SQLite only: PostgreSQL syncs in a process of its own.
"""

import os
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    django.setup()

from bench.power import SYNCS, calls, files_after_a_cut, strace
from tests.reliability.conftest import make_people
from tests.reliability.crashing import confirmed, look_at_copy, torn, wait_for
from tests.reliability.saving import Busy, all_at_work, all_home
from tests.sites import Server, empty_site

PEOPLE = 4
SAVES = 300


@dataclass
class Figures:
    confirmed: int = 0
    syncs: int = 0  # of the log, from the first to the last of them
    cuts: int = 0
    with_loss: int = 0
    broken: list[str] = field(default_factory=list)


def measure(saves: int, cuts: int, settings_module: str = "careerpath.settings") -> Figures:
    chance = random.Random(3)  # noqa: S311  only moments of a test
    with tempfile.TemporaryDirectory() as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        people = make_people(site, PEOPLE)
        path, trace = Path(site.database.removeprefix("sqlite:///")), Path(name, "trace")
        log = f"{path}-wal"
        before = {str(file): file.read_bytes() for file in (path, Path(log)) if file.exists()}
        site.more["DJANGO_SETTINGS_MODULE"] = settings_module
        with Server(site, before=strace(path, trace)) as server:
            began = time.time()
            busy = all_at_work(server.port, people)
            wait_for(busy, saves)
            all_home(busy)
            ended = time.time()
        history = calls(trace)
        syncs = sum(
            one.name in SYNCS and one.path == log and began < one.began < ended for one in history
        )
        figures = Figures(confirmed(busy), syncs)
        heard = sorted(when for one in busy for when, *_ in one.heard)
        for number in range(cuts):
            # At the very moment somebody heard of it, or whenever.
            cut = chance.choice(heard) if number % 2 else chance.uniform(heard[0], heard[-1])
            files = files_after_a_cut(before, history, cut, chance if number % 4 > 1 else None)
            wrong = what_is_lost(files, path, busy, cut, figures.broken)
            figures.cuts += 1
            figures.with_loss += bool(wrong)
        return figures


def what_is_lost(
    files: dict[str, bytes], path: Path, busy: list[Busy], cut: float, broken: list[str]
) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, Path(name).name).write_bytes(content)
        rows, damage = look_at_copy(Path(folder, path.name), is_dead=False)
    broken += damage + torn(rows)
    stored = {(key, skill): int(text.split()[1]) for key, skill, text, *_ in rows if skill}
    return [
        f"{skill} of {one.key}: {number}"
        for one in busy
        for when, skill, number in one.heard
        if when <= cut and stored.get((one.key, skill), 0) < number
    ]


def main(arguments: list[str]) -> int:
    if shutil.which("strace") is None:
        print("strace is missing: install it, for example with: apt install strace")
        return 2
    cuts = int(arguments[0]) if arguments else 50
    as_it_is = measure(SAVES, cuts)
    control = measure(SAVES, cuts, "bench.without_full_sync")
    print("                        confirmed   syncs   power cuts   with a loss   broken")
    for name, one in (("as it is", as_it_is), ("synchronous=NORMAL", control)):
        print(f"{name:24}{one.confirmed:9}{one.syncs:8}{one.cuts:13}{one.with_loss:14}", end="")
        print(f"{len(one.broken):9}")
    holds = as_it_is.syncs >= as_it_is.confirmed and not as_it_is.with_loss and not as_it_is.broken
    tells = control.syncs < control.confirmed and control.with_loss > 0
    print("Each confirmed save was synced." if holds else "SAVES WERE CONFIRMED BEFORE A SYNC.")
    print("The control falls short, as it must." if tells else "THE CONTROL SHOWS NOTHING.")
    return 0 if holds and tells else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
