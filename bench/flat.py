"""Does a page cost more where there is more of everything? `make flat`, or `python -m bench.flat`.

On both databases: the same pages for the same people in a small world, and in three others with
ten times as many people, roles or versions, each alone. Requests go straight into the application,
in a process of each site. Work is the processor time of that process and, on PostgreSQL, of the
one there that serves it: other work on the machine changes both far less than the clock. Exits
with 1 where a page asks the database another number of times, or works half as much again.

Some pages go through all roles by their nature: the list of roles and its search count what they
find, and the nearest roles are compared with each. Of their work with more roles only the ratio is
shown. How often they ask the database must not change there either.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
if __name__ == "__main__":
    os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from bench.databases import BOTH, is_here, on_each
from tests.sites import Site, empty_site

SMALL = "small"
REPORTS = 4
MOST_ROUNDS = 15
MOST_WORK = 1.5
NOISE = 0.5  # milliseconds
# Pages that go through all of it, and so need not be flat.
BY_NATURE = {"roles": {"browse roles", "search", "nearest roles"}}


@dataclass(frozen=True)
class Size:
    people: int
    roles: int
    versions: int

    def __str__(self) -> str:
        return f"{self.people} people, {self.roles} roles, {self.versions} versions of each"

    def larger(self, by: int) -> dict[str, "Size"]:
        names = ("people", "roles", "versions")
        return {name: replace(self, **{name: by * getattr(self, name)}) for name in names}


@dataclass(frozen=True)
class Cost:
    """`work` in milliseconds."""

    queries: int
    work: float


# By world and page.
Found = dict[str, Mapping[str, Cost]]
# By page: how often it asks the database, and the work of one request of each person.
Round = Mapping[str, tuple[int, Sequence[float]]]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--database", choices=BOTH, action="append")
    asked.add_argument("--people", type=int, default=40, help="in the small world")
    asked.add_argument("--roles", type=int, default=100, help="in the small world")
    asked.add_argument("--versions", type=int, default=2, help="of each role, in the small world")
    asked.add_argument("--by", type=int, default=10, help="how many times larger the others are")
    asked.add_argument("--times", type=int, default=12, help="each page is asked for in a round")
    asked.add_argument(
        "--rounds", type=int, default=5, help="of which the least counts; more where it is missed"
    )
    options = asked.parse_args()
    if min(options.people, options.roles) < options.times + 2:
        asked.error("Each is asked for by another person, of another role: --times is too high.")
    chosen = options.database or BOTH
    if is_here(chosen):
        sys.exit(run(chosen[0], options))
    names = ("people", "roles", "versions", "by", "times", "rounds")
    same = [f"--{name}={getattr(options, name)}" for name in names]
    sys.exit(on_each("bench.flat", chosen, same))


def run(database: str, options: argparse.Namespace) -> int:
    small = Size(options.people, options.roles, options.versions)
    worlds = {SMALL: small} | small.larger(options.by)
    print(f"\n== {database}: {small}; then {options.by} x each of them alone", flush=True)
    with ExitStack() as stack:
        sites = {name: stack.enter_context(site_with(world)) for name, world in worlds.items()}
        found = measured(sites, options)
    show(found)
    wrong = missed(found)
    print("\nMISSED:" if wrong else "\nFlat.", *wrong, sep="\n  ", flush=True)
    return int(bool(wrong))


@contextmanager
def site_with(world: Size) -> Iterator[Site]:
    prefix = "careerpath-flat-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        size = f"{world.people}, {REPORTS}, {world.roles}, {world.versions}"
        made = site.python(f"from bench.world import build; print(build({size}))")
        file_of(site).write_text(made.splitlines()[-1])
        if site.database.startswith("postgres"):
            # It would do so by itself, sooner or later: not in the middle of it.
            site.python(
                "from django.db import connection; connection.cursor().execute('VACUUM ANALYZE')"
            )
        yield site


def file_of(site: Site) -> Path:
    return site.folder / "world.json"


def measured(sites: Mapping[str, Site], options: argparse.Namespace) -> Found:
    """The worlds take turns, so that a busy minute hits all of them.

    More rounds where one is missed: they bring each nearer to its least, and not one to another.
    """
    rounds: dict[str, list[Round]] = {name: [] for name in sites}
    found: Found = {}
    for turn in range(max(options.rounds, MOST_ROUNDS)):
        for name, site in sites.items():
            asked = f"{str(file_of(site))!r}, {turn}, {options.times}"
            told = site.python(f"from bench.work import costs; print(costs({asked}))")
            rounds[name].append(json.loads(told.splitlines()[-1]))
        found = {
            name: {page: least([one[page] for one in told]) for page in told[0]}
            for name, told in rounds.items()
        }
        if turn + 1 >= options.rounds and not missed(found):
            break
    print(f"{turn + 1} rounds.")
    return found


def least(rounds: Sequence[tuple[int, Sequence[float]]]) -> Cost:
    """Of each person's requests the one that took the least; of these the one in the middle."""
    works = [min(same) for same in zip(*(work for _queries, work in rounds), strict=True)]
    return Cost(max(queries for queries, _work in rounds), median(works))


def show(found: Found) -> None:
    larger = [name for name in found if name != SMALL]
    heads = "".join(f"{name + ': queries, ms':>25}" for name in larger)
    print(f"\n{'':24} queries      ms{heads}")
    for page, cost in found[SMALL].items():
        cells = [f"{cost.queries:8}{cost.work:8.2f}"]
        for other in (found[name][page] for name in larger):
            cells.append(f"{other.queries:8}{other.work:8.2f}{other.work / cost.work:7.2f} x")
        print(f"{page:24}{''.join(cells)}")


def missed(found: Found) -> list[str]:
    small = found[SMALL]
    return [
        f"{page}, more {name}: {what}"
        for name, costs in found.items()
        for page, cost in costs.items()
        for what in grown(small[page], cost, may_work=page in BY_NATURE.get(name, ()))
    ]


def grown(small: Cost, large: Cost, *, may_work: bool = False) -> list[str]:
    wrong = []
    if large.queries != small.queries:
        wrong.append(f"{large.queries} queries, not {small.queries}")
    ratio = large.work / small.work
    if ratio > MOST_WORK and large.work - small.work > NOISE and not may_work:
        wrong.append(f"work {ratio:.2f} x, at most {MOST_WORK} wanted")
    return wrong


if __name__ == "__main__":
    main()
