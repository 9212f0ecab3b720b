"""A hundred thousand people with three reports each, and what that does to the pages and the jobs.

python -m tests.run_on_postgres python -m bench.many --people 100000

On PostgreSQL, filled by `make_people` (bench/management). Two sites stand side by side, one with
some 300 people and one with all of them beside the same 300: each page of bench/pages.py is asked
for on both in turn, so that whatever else the machine does meets both. What may be asked for only
once (a report for the first time, one that is made anew, a save) gets other people for each turn.
The nightly jobs run with 2,000 people more and with all of them, and the most memory of both is
compared. Exits with 1 where a target is missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
if __name__ == "__main__":
    os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from bench.pages import PAGES, WARMING, World
from bench.serve import MOST_A_SECOND, Measured, measure, tell_missed
from tests.sites import ROOT, Server, Site, empty_site

TURNS = 4  # an even number: the two sites take turns in being first
AT_ONCE = 60  # people of one turn: enough that nobody saves twice at once
GROUP = AT_ONCE + WARMING
FEW, ROLES = TURNS * GROUP, 100
REPORTS, JUST_SENT = 5, 12  # of each of them; the latter last for a second at 700 a second
BY_PERSON = ("sessions", "beside", "assessments", "reports")
# There are 240 of them in a turn, and making one takes 40 ms.
SLOWLY = {"report, made anew": 60}
MOST_SLOWER = 1.5
A_FEW_MORE = 2_000  # of whom 100 get the newsletter: less than one part of it
NIGHT = {
    # Sends nothing anywhere, and the queue of the worker gets its table.
    "EMAIL_URL": "dummymail://",
    "TASKS_BACKEND": "database",
}
# All of docs/operating.md but check_links: it visits other sites, and links do not come with
# people. One by one in the order in which they make work for each other.
JOBS = (
    "send_reminders",
    "send_newsletter",
    "send_mail",
    "prune_db_task_results",
    "clearsessions",
    "purge_expired",
)
# A row as an object takes some 500 bytes, so whatever keeps one for each of 100,000 people needs
# 50 MB: either limit would show it. A list of their keys alone, 4 MB, is within both.
MOST_MORE, MOST_MORE_MB = 1.2, 20
KB = 1024
# The peak of this program alone: that of getrusage begins with what its parent had.
AND_SAY_PEAK = """
import runpy, sys
sys.argv = ["manage.py", sys.argv[1]]
try:
    runpy.run_path("manage.py", run_name="__main__")
finally:
    with open("/proc/self/status") as lines:
        peak = next(one.split()[1] for one in lines if one.startswith("VmHWM:"))
    print("peak", peak)
"""


@dataclass(frozen=True)
class Night:
    """One job: seconds, the most KB it ever had, and its last line."""

    seconds: float
    peak: int
    said: str


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--seconds", type=int, default=10, help="for each page")
    asked.add_argument("--only", default="", help="pages whose names contain this")
    options = asked.parse_args()
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        sys.exit("Run it as: python -m tests.run_on_postgres python -m bench.many")
    with (
        folder("few") as beside_few,
        folder("many") as beside_many,
        empty_site(beside_few) as few,
        empty_site(beside_many) as many,
    ):
        wrong = compare(few, many, options)
    sys.exit(tell_missed(wrong))


@contextmanager
def folder(name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=f"careerpath-{name}-") as made:
        yield Path(made)


def compare(few: Site, many: Site, options: argparse.Namespace) -> list[str]:
    worlds = [build(site) for site in (few, many)]
    fill(many, options.people)
    wrong: list[str] = []
    print(f"\np95 in ms, with {FEW} people and with {options.people:,} more:\n")
    wrong += pages_missed(*times((few, many), worlds, options, wrong))
    fill(few, A_FEW_MORE)
    before, after = nights(few, A_FEW_MORE), nights(many, options.people)
    print(f"\nNightly jobs, with {A_FEW_MORE:,} people more and with {options.people:,}:\n")
    return wrong + jobs_missed(before, after)


def build(site: Site) -> World:
    at_night(site).must("prepare_site")
    made = site.python(f"from bench.world import build; print(build({FEW}, {REPORTS}, {ROLES}))")
    site.python("from django.db import connection; connection.cursor().execute('ANALYZE')")
    world: World = json.loads(made.splitlines()[-1])
    return world


def at_night(site: Site, **more: str) -> Site:
    return Site(site.database, site.folder, NIGHT | more)


def fill(site: Site, people: int, *numbers: str) -> None:
    ours = at_night(site, DJANGO_SETTINGS_MODULE="bench.settings")
    print(ours.must("make_people", f"--people={people}", *numbers), flush=True)


# --- Pages --------------------------------------------------------------------------------------


def times(
    sites: Sequence[Site], worlds: Sequence[World], options: argparse.Namespace, wrong: list[str]
) -> list[dict[str, list[Measured]]]:
    """For each site, by page: all turns. A page without an answer is `wrong`; the others go on."""
    pages = [one for one in PAGES if options.only in one.name]
    alike = argparse.Namespace(people=AT_ONCE, seconds=options.seconds)
    found: list[dict[str, list[Measured]]] = [{one.name: [] for one in pages} for _ in sites]
    for turn in range(TURNS):
        theirs = [group(world, turn) for world in worlds]
        if any(one.sent for one in pages):
            theirs = [one | send(site, turn) for one, site in zip(theirs, sites, strict=True)]
        with ExitStack() as running:
            servers = [running.enter_context(Server(site)) for site in sites]
            for page in pages:
                most_a_second = SLOWLY.get(page.name, MOST_A_SECOND)
                both = list(zip(servers, theirs, found, strict=True))
                for server, world, kept in reversed(both) if turn % 2 else both:
                    try:
                        one = measure(server, world, page, 0, alike, most_a_second)
                    except SystemExit as silent:
                        wrong.append(f"{page.name}, {server.site.folder.name}: {silent}")
                    else:
                        kept[page.name].append(one)
    return found


def group(world: World, turn: int) -> World:
    people = slice(turn * GROUP, (turn + 1) * GROUP)
    return world | {name: world[name][people] for name in BY_PERSON}


def send(site: Site, turn: int) -> World:
    """For this turn alone: they wait in the cache for ten minutes."""
    which = f"{JUST_SENT}, {turn * GROUP}, {(turn + 1) * GROUP}"
    told = site.python(f"from bench.world import send; print(send({which}))")
    return {"sent": json.loads(told.splitlines()[-1])["sent"]}


def pages_missed(few: dict[str, list[Measured]], many: dict[str, list[Measured]]) -> list[str]:
    """The least busy of the turns: what else the machine does is no matter of the rows."""
    wrong = []
    for name, turns in few.items():
        if not (turns and many[name]):
            continue
        before, after = quickest(turns), quickest(many[name])
        ratio = after.figures.p95 / before.figures.p95
        work = least_busy(many[name]) / least_busy(turns)
        errors = sum(one.figures.errors for one in (*turns, *many[name]))
        verdict = "" if ratio <= MOST_SLOWER else f"  more than {MOST_SLOWER}"
        wrapped = "  began anew" if before.wrapped or after.wrapped else ""
        print(
            f"{name:22} {before.figures.p95:8.1f} {after.figures.p95:8.1f} {ratio:6.2f} x   "
            f"p50 {before.figures.p50:7.1f} {after.figures.p50:7.1f}   "
            f"by work {work:5.2f} x   errors {errors}{verdict}{wrapped}"
        )
        if ratio > MOST_SLOWER:
            wrong.append(
                f"{name}: p95 {ratio:.2f} x, at most {MOST_SLOWER} wanted (by work {work:.2f})"
            )
        if errors:
            wrong.append(f"{name}: {errors} errors")
    return wrong


def quickest(turns: Sequence[Measured]) -> Measured:
    return min(turns, key=lambda one: one.figures.p95)


def least_busy(turns: Sequence[Measured]) -> float:
    return min(one.busy for one in turns)


# --- Jobs ---------------------------------------------------------------------------------------


def nights(site: Site, people: int) -> dict[str, Night]:
    found = {}
    for command in JOBS:
        if command == "purge_expired":
            # clearsessions has just deleted those there were, which purge_expired does as well.
            fill(site, 0, f"--sessions={people}")
        found[command] = night(at_night(site), command)
    return found


def night(site: Site, command: str) -> Night:
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-c", AND_SAY_PEAK, command],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{command} failed: {done.stderr}")
    *said, peak = done.stdout.strip().splitlines()
    lines = [*said, *done.stderr.strip().splitlines()]
    return Night(time.monotonic() - began, int(peak.split()[1]), lines[-1] if lines else "")


def jobs_missed(before: dict[str, Night], after: dict[str, Night]) -> list[str]:
    wrong = []
    for command, small in before.items():
        large = after[command]
        ratio, more = large.peak / small.peak, (large.peak - small.peak) / KB
        is_bounded = ratio <= MOST_MORE and more <= MOST_MORE_MB
        print(
            f"{command:22} {small.seconds:5.0f} s {small.peak / KB:5.0f} MB   "
            f"{large.seconds:5.0f} s {large.peak / KB:5.0f} MB   {ratio:5.2f} x, "
            f"{'bounded' if is_bounded else 'MISSED'}   {large.said}"
        )
        if not is_bounded:
            wrong.append(
                f"{command}: memory {ratio:.2f} x, {more:+.0f} MB; at most {MOST_MORE} x and "
                f"{MOST_MORE_MB:+} MB wanted"
            )
    return wrong


if __name__ == "__main__":
    main()
