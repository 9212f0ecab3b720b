"""How many requests a second the site answers: `make bench`, or `python -m bench.serve --help`.

On both databases it makes a site of its own with a thousand roles and people in the middle of
everything, serves it as shipped, and sends the requests of many people's sessions in rotation.
Beside our pages it measures four baselines on the same server and database, in the same run.
On a shared machine only the ratios say something. Exits with 1 where a target is missed: by the
rate, whatever the ratio by work; by the queries of a page, by an error, or by memory.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
if __name__ == "__main__":
    os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from bench.databases import BOTH, is_here, on_each
from bench.load import CONNECTIONS, DRIVER, Figures, load
from bench.pages import BASELINES, PAGES, UPSERT, WARMING, B, Page, Request, World
from tests.sites import Server, Site, empty_site

MOST_QUERIES = 8
MOST_MEMORY = 130
SEEN_AGAIN_BY = 40  # people
MOST_WARMING = 10  # times 4 seconds
JUST_SENT = 8  # reports of each person: their pages wait for ten minutes
MOST_A_SECOND = 1_000  # of requests that there are only so many of
LIKE_FROM_MEMORY = 100  # milliseconds with 16 at once
# One process may happen to accept nearly all connections.
FAIR_SHARE, MOST_TRIES = 0.3, 5
KB = 1024


@dataclass(frozen=True)
class Measured:
    page: Page
    figures: Figures
    queries: int
    weight: int
    zipped: int
    wrapped: bool
    busy: float
    """Milliseconds that the web processes worked for one request: other work on the machine
    changes it far less than the rate. The database's own, where it is a server, is not in it."""
    share: float
    """What the least busy process did of it; half, where the connections are spread evenly."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--database", choices=BOTH, action="append")
    asked.add_argument("--seconds", type=int, default=20, help="for each page")
    asked.add_argument("--people", type=int, default=200)
    asked.add_argument("--reports", type=int, default=30, help="of each person")
    asked.add_argument("--roles", type=int, default=1_000)
    asked.add_argument("--only", help="pages whose names contain this, and the baselines")
    options = asked.parse_args()
    chosen = options.database or BOTH
    if is_here(chosen):
        sys.exit(run(options))
    same = [one for one in sys.argv[1:] if one not in ("--database", *BOTH)]
    sys.exit(on_each("bench.serve", chosen, same))


def run(options: argparse.Namespace) -> int:
    database = options.database[0]
    with tempfile.TemporaryDirectory(prefix="careerpath-bench-") as name:
        folder = Path(name)
        with empty_site(folder) as site:
            site.must("prepare_site")
            made = site.python(
                "from bench.world import build; "
                f"print(build({options.people + WARMING}, {options.reports}, {options.roles}))"
            )
            world = json.loads(made.splitlines()[-1])
            print(
                f"\n== {database}: {options.roles:,} roles, {options.people} people with "
                f"{options.reports} reports each; {DRIVER}, {CONNECTIONS} connections, "
                f"{options.seconds} s for each page, gunicorn as shipped (2 processes)\n"
            )
            return measure_all(site, world, options)


def measure_all(site: Site, world: World, options: argparse.Namespace) -> int:
    print(
        f"{'':22} requests/s    p50    p95    p99 ms  busy ms  share  queries    KB  gzip  errors"
    )
    pages = [one for one in PAGES if not options.only or options.only in one.name]
    memory: list[float] = []
    found = serve(site, world, BASELINES, options)
    found += serve(site, world, pages, options, memory)
    # Once more at the end: what else the machine did in the meantime shows in the difference.
    found += serve(site, world, (BASELINES[1], UPSERT), options)
    return tell_missed(verdicts(found) + too_heavy(memory))


def serve(
    site: Site,
    world: World,
    pages: Sequence[Page],
    options: argparse.Namespace,
    memory: list[float] | None = None,
) -> list[Measured]:
    """Pages that want the same settings follow each other on one server.

    `memory` gets the MB of its workers after all that.
    """
    found: list[Measured] = []
    while pages:
        settings, bare = pages[0].settings, pages[0].bare
        same = [one for one in pages if (one.settings, one.bare) == (settings, bare)]
        pages = [one for one in pages if one not in same]
        more = {"DJANGO_SETTINGS_MODULE": settings, "BARE": "1" if bare else ""}
        here = Site(site.database, site.folder, more)
        if any(one.sent for one in same):
            world = send(here, world, min(JUST_SENT, options.reports))
        counted = queries(here, world, same, options.people)
        with Server(here) as server:
            for page, asked in zip(same, counted, strict=True):
                found.append(measure(server, world, page, asked, options))
                show(found[-1])
            if memory is not None:
                memory.append(show_memory(server))
    return found


def send(site: Site, world: World, each: int) -> World:
    """The world, with reports that were just sent as well."""
    told = site.python(f"from bench.world import send; print(send({each}))")
    made = json.loads(told.splitlines()[-1])
    count, took = len(made["sent"]) * each, made.pop("each")
    print(f"{count:,} reports are sent: {took:.1f} ms of work to make the page of each", flush=True)
    return world | made


def queries(site: Site, world: World, pages: Sequence[Page], people: int) -> list[int]:
    """By one of those who only warm up: a save would come in between the counted ones."""
    firsts = [page.requests(world, range(people, people + 1))[0] for page in pages]
    plain = [
        (page.once, page.unchanged, one.session, one.path, one.fields)
        for page, one in zip(pages, firsts, strict=True)
    ]
    printed = site.python(f"from bench.queries import count; print(count({plain!r}))")
    return list(json.loads(printed.splitlines()[-1]))


def measure(
    server: Server,
    world: World,
    page: Page,
    asked: int,
    options: argparse.Namespace,
    most_a_second: int = MOST_A_SECOND,
) -> Measured:
    warming = page.requests(world, range(options.people + 1, options.people + WARMING))
    body, tag = fetch(server.port, warming[0])
    if not page.once or warming[0].fields is None:
        load(server.port, [one.raw() for one in warming], 2, server.site.folder)
    people = range(min(options.people, SEEN_AGAIN_BY) if page.again else options.people)
    asked_for = page.requests(world, people)
    if page.unchanged:
        asked_for = [replace(one, tag=tag) for one in asked_for]
        body, _tag = fetch(server.port, asked_for[0])
    requests = [one.raw() for one in asked_for]
    for _time in range(page.again * MOST_WARMING):
        if load(server.port, requests, 4, server.site.folder).p95 < LIKE_FROM_MEMORY:
            break
    seconds = options.seconds
    if page.once:
        seconds = max(1, min(seconds, len(requests) // most_a_second))
    for _time in range(1 if page.once else MOST_TRIES):
        before = worked(server)
        figures = load(server.port, requests, seconds, server.site.folder)
        each = [after - start for start, after in zip(before, worked(server), strict=True)]
        share = min(each) / (sum(each) or 1)
        if share >= FAIR_SHARE:
            break
    busy = 1000 * sum(each) / max(1, figures.requests)
    again = page.once and figures.requests > len(requests)
    zipped = len(gzip.compress(body, 6))
    return Measured(page, figures, asked, len(body), zipped, again, busy, share)


def workers_of(server: Server) -> list[str]:
    assert server.process  # noqa: S101
    main = server.process.pid
    return Path(f"/proc/{main}/task/{main}/children").read_text().split()


def worked(server: Server) -> list[float]:
    """Seconds of each of its workers so far."""
    seconds = []
    for one in workers_of(server):
        after_name = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks = int(after_name[11]) + int(after_name[12])
        seconds.append(ticks / os.sysconf("SC_CLK_TCK"))
    return seconds


def fetch(port: int, request: Request) -> tuple[bytes, str]:
    """With its tag. What is measured is the page, and not an error or a way to sign in."""
    connection = HTTPConnection("127.0.0.1", port)
    raw = request.raw()
    connection.connect()
    connection.sock.sendall(raw)
    response = connection.response_class(connection.sock, method=raw.split(b" ", 1)[0].decode())
    response.begin()
    body = response.read()
    wanted = 200 if request.fields is None or "/upsert/" in request.path else 302
    wanted = 304 if request.tag else wanted
    if response.status != wanted:
        sys.exit(f"{request.path} answered {response.status}, not {wanted}")
    connection.close()
    return body, response.headers.get("ETag", "")


def show(one: Measured) -> None:
    it = one.figures
    times = f"{it.p50:7.1f}{it.p95:7.1f}{it.p99:7.1f}"
    weight = f"{one.weight / KB:6.1f}{one.zipped / KB:6.1f}"
    wrapped = "  began anew: some were not asked for once" if one.wrapped else ""
    print(
        f"{one.page.name:22} {it.rate:10.1f} {times}    {one.busy:7.2f}   {one.share:4.0%}  "
        f"{one.queries:7} {weight} "
        f"{it.errors:7}{wrapped}",
        flush=True,
    )


def show_memory(server: Server) -> float:
    """PSS: a page that several processes share counts for each only by its part."""
    assert server.process  # noqa: S101
    main = server.process.pid
    children = workers_of(server)
    workers = sum(map(pss, children)) / KB
    verdict = "missed" if too_heavy([workers]) else "met"
    print(
        f"\nMemory (PSS) of {len(children)} workers after all that: {workers:.0f} MB "
        f"({verdict}: at most {MOST_MEMORY}); main process {pss(str(main)) / KB:.0f} MB\n"
    )
    return workers


def too_heavy(memory: Sequence[float]) -> list[str]:
    return [
        f"memory of the workers: {one:.0f} MB, at most {MOST_MEMORY} wanted"
        for one in memory
        if one > MOST_MEMORY
    ]


def pss(process: str) -> int:
    """In KB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def verdicts(found: Sequence[Measured]) -> list[str]:
    """What was missed."""
    rates: dict[str, list[float]] = {}
    for one in found:
        rates.setdefault(one.page.name, []).append(one.figures.rate)
    baseline = {name: sum(many) / len(many) for name, many in rates.items()}
    effort: dict[str, list[float]] = {}
    for one in found:
        effort.setdefault(one.page.name, []).append(one.busy)
    apart = max(rates[B]) / min(rates[B]) - 1
    print(f"\n(b) before and after differ by {apart:.0%}; ratios are to the mean of both.\n")
    wrong = []
    for one in found:
        page = one.page
        if not page.against:
            wrong += missed(one, 0, 0)
            continue
        ratio = one.figures.rate / baseline[page.against]
        work = min(effort[page.against]) / one.busy
        words = f"{page.name:22} {ratio:5.2f} x {page.against[:3]} (by work {work:5.2f})"
        if page.least:
            words += f"  wanted {page.least:g}: {'met' if ratio >= page.least else 'MISSED'}"
        if one.queries > MOST_QUERIES:
            words += f"  {one.queries} queries, at most {MOST_QUERIES} wanted"
        if one.figures.errors:
            words += f"  {one.figures.errors} ERRORS"
        print(words)
        wrong += missed(one, ratio, work)
    return wrong


def missed(one: Measured, ratio: float, work: float) -> list[str]:
    """The rate counts. The ratio by work says whether the machine may have been the reason."""
    wrong = []
    if ratio < one.page.least:
        wrong.append(f"rate {ratio:.2f} x, {one.page.least:g} wanted (by work {work:.2f})")
    if one.queries > MOST_QUERIES:
        wrong.append(f"{one.queries} queries, at most {MOST_QUERIES} wanted")
    if one.figures.errors:
        wrong.append(f"{one.figures.errors} errors")
    if one.wrapped and one.page.least:
        wrong.append("some were not asked for once")
    return [f"{one.page.name}: {what}" for what in wrong]


def tell_missed(wrong: Sequence[str]) -> int:
    """What to exit with."""
    if wrong:
        print("\nMISSED:", *wrong, sep="\n  ", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    main()
