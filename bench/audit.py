"""Lighthouse on every kind of page, signed in too: `make lighthouse`.

On a site of its own, served as shipped, with real content (`tests/browser/every_page.py`): each
page N times on the mobile profile (slow 4G and a slow processor, simulated), the worst of them
counts. What does not depend on time (accessibility, SEO) is asked the first time alone. Exits with
1 where a target is missed. `tests/browser/test_budgets.py` holds bytes and requests of the same
pages without it.

Before them comes a page of nothing but text, with no style and no script. What blocks there is
the browser and the machine, so that a page misses TBT only where it has more.

With `--applied` the browser itself is slowed down while the page arrives, and what blocks after the
first paint is what blocked; else it is calculated from what the page did at full speed. Before the
pages comes one that blocks on purpose: where that is not seen, or the page comes as fast as it
can, nothing was measured.

RUNS=1 make lighthouse                 once each
make lighthouse ARGS='--only report'   pages whose names contain this
make lighthouse ARGS=--applied         TBT and CLS in a browser that is slowed down
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from signal import SIGINT
from threading import Thread
from typing import Any, Self

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ALONE, BESIDE, BY_CHROME_LAUNCHER, of_the_system, without
from tests.sites import ROOT, Server, Site, empty_site

BUILD = "from tests.browser.every_page import build; print(build())"
AUDIT = ROOT / "audit"
NODE = ROOT / ".venv" / "bin" / "node"
HEADLESS = ["--headless=new", "--disable-gpu", *ALONE, without(*BY_CHROME_LAUNCHER, *BESIDE)]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FULL = 100
MOST_LCP, MOST_CLS, MOST_TBT = 1_200, 0.0, 0.0  # milliseconds, a share of the page, milliseconds
MOST_REQUESTS = 4
# Whoever has the address may see it, as editors may see theirs; nobody is to find it.
HIDDEN = {"shared report", "newsletter, confirm", "newsletter, end", "reminders, end"}
BARE = "nothing but text"
ROWS = "".join(f"<tr><td>Row {one}<td>{one * one}<td>some words" for one in range(40))
TEXT = f"""<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Text</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="Text">
<main><h1>Text</h1><table>{ROWS}</table></main></html>
"""
BLOCKING = "blocks on purpose"
PAUSE = 150  # milliseconds; TBT is what a task takes beyond 50
SLOW = 500  # milliseconds; on slow 4G the first byte takes longer
BLOCKS = f"""<script>
requestAnimationFrame(() => setTimeout(() => {{
  for (const begun = Date.now(); Date.now() - begun < {PAUSE};);
}}, {PAUSE}));
</script>"""
KB = 1024
# First: with style and script, to somebody who was never there. Second: the page alone.
MOST_FIRST, MOST_SECOND = 30 * KB, 8 * KB
# Longer by their nature: both, by the name of the page, or with whose it is.
MOST_OF = {
    "role": (MOST_FIRST, 16 * KB),
    "report": (40 * KB, 16 * KB),
    "report of 40": (40 * KB, MOST_SECOND),
    "report of 200": (80 * KB, 16 * KB),
    "new app for codes": (MOST_FIRST, 12 * KB),  # a picture to scan is in the page
    # All that belongs to a role, or to a resource, is edited on one page.
    "editor: role": (48 * KB, 24 * KB),
    "editor: new role": (32 * KB, 16 * KB),
    "editor: resource": (40 * KB, 16 * KB),
}


@dataclass(frozen=True)
class Worst:
    """Of all runs of one page. `lcp` and `tbt` in milliseconds, `first` and `second` in bytes;
    no score where nothing was asked.
    """

    name: str
    scores: tuple[int | None, ...]
    lcp: float
    cls: float
    tbt: float
    first: int
    second: int
    requests: int
    faults: tuple[str, ...]

    @classmethod
    def of(cls, runs: Sequence[dict[str, Any]]) -> Self:
        def most(name: str) -> Any:
            return max(run[name] if run[name] is not None else float("inf") for run in runs)

        return cls(
            name=runs[0]["name"],
            scores=tuple(
                min((run["scores"][one] for run in runs if one in run["scores"]), default=None)
                for one in CATEGORIES
            ),
            lcp=most("lcp"),
            cls=most("cls"),
            tbt=most("tbt"),
            first=most("bytes"),
            second=most("second"),
            requests=most("requests"),
            faults=tuple(
                dict.fromkeys(one for run in runs for one in [run["error"], *run["faults"]] if one)
            ),
        )

    def held_up(self) -> list[str]:
        """What is missed with `--applied`, where nothing else is asked."""
        limits = {"TBT": self.tbt <= MOST_TBT, "CLS": self.cls <= MOST_CLS}
        return [name for name, met in limits.items() if not met] + list(self.faults[:1])

    def missed(self, bare_tbt: float) -> list[str]:
        first, second = most_bytes(self.name)
        limits = {
            "LCP": self.lcp <= MOST_LCP,
            "CLS": self.cls <= MOST_CLS,
            "TBT": self.tbt <= max(MOST_TBT, bare_tbt),
            "requests": self.requests <= MOST_REQUESTS,
            "weight": self.first <= first,
            "second": self.second <= second,
        }
        low = [
            f"{name} {score or 0}"
            for name, score in zip(CATEGORIES, self.scores, strict=True)
            if (score or 0) < FULL
        ]
        return low + [name for name, met in limits.items() if not met]

    def __str__(self) -> str:
        scores = "/".join("–" if one is None else str(one) for one in self.scores)
        return (
            f"{self.name:28} {scores:16} {self.lcp / 1000:5.2f} {self.cls:6.3f} {self.tbt:5.0f} "
            f"{self.first / KB:7.1f} {self.second / KB:7.1f} {self.requests:5}"
        )


def most_bytes(name: str) -> tuple[int, int]:
    """Of a first visit, and of the page alone."""
    page = name.partition(": ")[2]
    return MOST_OF.get(name) or MOST_OF.get(page) or (MOST_FIRST, MOST_SECOND)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--runs", type=int, default=int(os.environ.get("RUNS") or 5))
    asked.add_argument("--only", action="append", default=[], help="names that contain this")
    asked.add_argument("--applied", action="store_true", help="slow the browser down: TBT and CLS")
    options = asked.parse_args()
    look = applied if options.applied else calculated
    prefix = "careerpath-audit-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        folder = Path(name) / "text"
        with Server(site) as server, text_alone(folder) as address:
            pages = pages_of(site, server.port, options.only)
            how = "slowed down by the browser" if options.applied else "calculated"
            print(f"Lighthouse, mobile profile, {how}, worst of {options.runs}; load of this")
            print(f"machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
            print(f"{'':28} P/A/B/S          LCP s    CLS TBT ms first KB 2nd KB reqs", flush=True)
            missed = list(look(pages, options.runs, address))
    print(f"\n{missed.count(False)} of {len(missed)} pages meet every target asked for.")
    sys.exit(1 if any(missed) or not missed else 0)


def calculated(pages: Sequence[dict[str, Any]], runs: int, address: str) -> Iterator[bool]:
    """Of each page, whether a target is missed."""
    runs_of_each = audited([as_asked(BARE, address), *pages], runs)
    bare = Worst.of(next(runs_of_each))
    print(bare, flush=True)
    for runs_of_one in runs_of_each:
        worst = Worst.of(runs_of_one)
        yield show(worst, worst.missed(bare.tbt))


def applied(pages: Sequence[dict[str, Any]], runs: int, address: str) -> Iterator[bool]:
    """Of each page, whether it moves, or blocks after its first paint."""
    blocking = as_asked(BLOCKING, f"{address}blocks.html")
    with closing(audited([blocking, *pages], runs, applied=True)) as runs_of_each:
        known = next(runs_of_each)
        seen = [run["tbt"] or 0 for run in known]
        print(f"{BLOCKING}: {min(seen):.0f} to {max(seen):.0f} ms", flush=True)
        if min(seen) < PAUSE - 60:
            raise SystemExit(f"A page that blocks for {PAUSE} ms was not seen to.")
        if min(run["lcp"] or 0 for run in known) < SLOW:
            raise SystemExit("The browser was not slowed down.")
        for runs_of_one in runs_of_each:
            worst = Worst.of(runs_of_one)
            yield show(worst, worst.held_up())


def show(one: Worst, missed: Sequence[str]) -> bool:
    """Whether a target is missed."""
    print(one, "  MISSED: " + ", ".join(missed) if missed else "", flush=True)
    for fault in one.faults:
        print(f"    {fault}", flush=True)
    return bool(missed)


@contextmanager
def text_alone(folder: Path) -> Iterator[str]:
    """The address of the page that says what the browser and the machine do by themselves, and of
    `blocks.html` beneath it.
    """
    folder.mkdir()
    (folder / "index.html").write_text(TEXT, encoding="utf-8")
    (folder / "blocks.html").write_text(TEXT + BLOCKS, encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def as_asked(name: str, url: str, cookies: str = "", *, hidden: bool = False) -> dict[str, Any]:
    return {"name": name, "url": url, "cookies": cookies, "hidden": hidden}


def pages_of(site: Site, port: int, only: Sequence[str]) -> list[dict[str, Any]]:
    """Without those that answer 404 or 410 on purpose, which Lighthouse refuses to rate."""
    made = json.loads(site.python(BUILD).splitlines()[-1])
    return [
        as_asked(
            f"{who}: {page}",
            # Browsers and Lighthouse take this name for secure, as they take https elsewhere.
            f"http://localhost:{port}{path}",
            made["cookies"].get(who, ""),
            hidden=who == "editor" or page in HIDDEN,
        )
        for who, pages in made["pages"].items()
        for page, path in pages.items()
        if f"{who}: {page}" not in made["absent"]
        and (not only or any(part in f"{who}: {page}" for part in only))
    ]


def audited(
    pages: Sequence[dict[str, Any]], runs: int, *, applied: bool = False
) -> Generator[list[dict[str, Any]]]:
    """For each page what was told of its runs."""
    asked = {
        "pages": pages,
        "runs": runs,
        "applied": applied,
        "chrome": chrome(),
        "flags": HEADLESS,
    }
    with subprocess.Popen(  # noqa: S603  our own command
        [NODE, "pages.js"], cwd=AUDIT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        process.stdin.write(json.dumps(asked))
        process.stdin.close()
        try:
            for _page in pages:
                yield [json.loads(process.stdout.readline()) for _run in range(runs)]
        except GeneratorExit:
            process.send_signal(SIGINT)  # it ends its browser then
            raise


def chrome() -> str:
    path = of_the_system()
    if path:
        return path
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    main()
