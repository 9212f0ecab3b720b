"""Fifty people who answer 40 questions and send them, again and again, all at once.

python -m bench.journeys --minutes 10

On both databases, on the server as shipped; each answer as a browser does it: the page, then the
save on a new connection, since nobody answers within the five seconds that the server keeps one,
then the next page on that. Each of them begins an answer every 0.45 seconds, 111 a second in all,
or as soon as the last one is saved if that takes longer; `--every 0` lets nobody pause. Then for a
while with Django's own settings for SQLite and without pauses, where requests must fail, or the
first two prove nothing. Exits with 1 where rate or times are missed, where anything is refused, or
where the control does not fail.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
if __name__ == "__main__":
    os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from bench.databases import BOTH, is_here, on_each
from bench.pages import SECRET
from bench.serve import worked
from tests.sites import Server, Site, empty_site
from tests.visitors import Answer

PROCESSES = 2
ROLES = 10
LEAST, MOST_P95, MOST_P99 = 100, 300, 800
EVERY = 0.45  # seconds
STOCK, CONTROL_SECONDS = "bench.stock_sqlite", 15


@dataclass
class Told:
    """Milliseconds of each save; `refused` counts answers from 400 on, and what was cut short."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    served: float = 0
    """Seconds of processor time of the web processes; the database's own, where it is a server, is
    not in it."""
    drove: float = 0
    """Of the two that ask."""

    def add(self, other: "Told") -> None:
        self.saves += other.saves
        self.pages += other.pages
        self.refused += other.refused
        self.sent += other.sent
        self.drove += other.drove


class Person:
    def __init__(self, port: int, session: str, every: float) -> None:
        self.every, self.due = every, time.perf_counter() + random.uniform(0, every)  # noqa: S311  nothing secret
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": f"session={session}; csrf={SECRET}",
            "Sec-Fetch-Site": "same-origin",
        }
        self.told = Told()

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[Answer, float]:
        method, body, headers = "GET", None, dict(self.headers)
        if fields is not None:
            method, body = "POST", urlencode(fields | {"csrfmiddlewaretoken": SECRET})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode()
            answer = Answer(response.status, dict(response.headers), text)
        except OSError as error:
            self.connection.close()
            answer = Answer(599, {}, type(error).__name__)
        took = 1000 * (time.perf_counter() - began)
        if answer.status >= 400:
            self.told.refused[f"{method} {answer.status}"] += 1
        return answer, took

    def answer_all(self, skills: Sequence[str], ends: float) -> None:
        started, _took = self.ask("/roles/analyst/start/", {})
        if started.status != 302:
            return
        key = started.headers["Location"].split("/")[2]
        for number, skill in enumerate(skills):
            if time.perf_counter() > ends:
                return
            self.answer(f"/assessments/{key}/skills/{skill}/", number)
        review = f"/assessments/{key}/review/"
        page, _took = self.ask(review)
        sent, _took = self.ask(review, page.hidden)
        if sent.headers.get("Location", "") == f"/reports/{key}/":
            self.told.sent += 1
            self.ask(f"/reports/{key}/")

    def pause(self) -> None:
        """Whoever is late begins at once, and does not make up for it later."""
        time.sleep(max(0, self.due - time.perf_counter()))
        self.due = time.perf_counter() + self.every

    def answer(self, path: str, number: int) -> None:
        self.pause()
        page, took = self.ask(path)
        self.told.pages.append(took)
        if page.status != 200:
            return
        said = {"level": str(number % 4), "last_done": "this-year", "example": "", "press": "later"}
        self.connection.close()
        saved, took = self.ask(path, page.hidden | said)
        if saved.status == 302:
            self.told.saves.append(took)
        elif saved.status < 400:
            self.told.refused["not saved"] += 1


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--database", choices=BOTH, action="append")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--every", type=float, default=EVERY, help="seconds from answer to answer")
    options = asked.parse_args()
    chosen = options.database or BOTH
    if is_here(chosen):
        sys.exit(run(chosen[0], options))
    same = ["--minutes", str(options.minutes), "--people", str(options.people)]
    same += ["--every", str(options.every)]
    sys.exit(on_each("bench.journeys", chosen, same))


def run(database: str, options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="careerpath-journeys-") as name:
        folder = Path(name)
        with empty_site(folder) as site:
            site.must("prepare_site")
            made = site.python(
                f"from bench.world import build; print(build({options.people}, 1, {ROLES}))"
            )
            world = json.loads(made.splitlines()[-1])
            seconds = options.minutes * 60
            told = everybody(site, world, seconds, options.every)
            good = show(f"{database}, as shipped", told, seconds)
            nothing_refused = bool(told.saves) and not told.refused
            print("Nothing was refused." if nothing_refused else "THERE WERE ERRORS.", flush=True)
            good = good and nothing_refused
            if database == "sqlite":
                stock = Site(site.database, folder, {"DJANGO_SETTINGS_MODULE": STOCK})
                control = everybody(stock, world, CONTROL_SECONDS, 0)
                show("the control: Django's own settings for SQLite", control, CONTROL_SECONDS)
                print(
                    "It fails, as it must."
                    if control.refused
                    else "IT DOES NOT FAIL: THIS SHOWS NOTHING."
                )
                good = good and bool(control.refused)
    return 0 if good else 1


def everybody(site: Site, world: dict[str, list[str]], seconds: float, every: float) -> Told:
    told = Told()
    with Server(site) as server, ProcessPoolExecutor(PROCESSES) as pool:
        parts = [world["sessions"][number::PROCESSES] for number in range(PROCESSES)]
        jobs = [
            pool.submit(part, server.port, one, world["skills"], seconds, every) for one in parts
        ]
        for job in jobs:
            told.add(job.result())
        told.served = sum(worked(server))
    return told


def part(
    port: int, sessions: Sequence[str], skills: Sequence[str], seconds: float, every: float
) -> Told:
    ends, told = time.perf_counter() + seconds, Told()

    def live(session: str) -> Told:
        person = Person(port, session, every)
        while time.perf_counter() < ends:
            person.answer_all(skills, ends)
        return person.told

    with ThreadPoolExecutor(len(sessions)) as pool:
        for one in pool.map(live, sessions):
            told.add(one)
    told.drove = time.process_time()
    return told


def show(title: str, told: Told, seconds: float) -> bool:
    """Whether rate and times are met."""
    met = False
    print(f"\n== {title}, {seconds:.0f} s")
    if told.saves:
        rate, p95, p99 = len(told.saves) / seconds, at(told.saves, 0.95), at(told.saves, 0.99)
        print(
            f"{len(told.saves):,} saves, {rate:.0f}/s (wanted {LEAST}); "
            f"p50 {at(told.saves, 0.5):.0f} ms, p95 {p95:.0f} (wanted {MOST_P95}), "
            f"p99 {p99:.0f} (wanted {MOST_P99}), longest {max(told.saves):.0f}"
        )
        met = rate >= LEAST and p95 <= MOST_P95 and p99 <= MOST_P99
        print("Rate and times are met." if met else "RATE OR TIMES ARE MISSED.")
    print(f"{len(told.pages):,} pages of questions, p95 {at(told.pages, 0.95):.0f} ms")
    print(
        f"work of the web processes {told.served / seconds:.0%} of a processor, "
        f"of those who ask {told.drove / seconds:.0%}"
    )
    print(f"{told.sent} reports sent; refused: {dict(told.refused) or 'none'}")
    return met


def at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


if __name__ == "__main__":
    main()
