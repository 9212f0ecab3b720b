"""Lighthouse on every kind of page, signed in too: `make audit`.

On a site of its own, served as shipped, with real content (`tests/browser/every_page.py`): each
page N times on the mobile profile (slow 4G and a slow processor, simulated), the worst of them
counts. Exits with 1 where a target is missed.

RUNS=1 make audit                 once each
make audit ARGS='--only report'   pages whose names contain this
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS, of_the_system
from tests.sites import ROOT, Server, Site, empty_site

AUDIT = ROOT / "audit"
NODE = ROOT / ".venv" / "bin" / "node"
HEADLESS = ["--headless=new", "--disable-gpu", *FLAGS]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FULL = 100
MOST_LCP, MOST_CLS, MOST_TBT = 1_200, 0.0, 0.0  # milliseconds, a share of the page, milliseconds
MOST_REQUESTS = 4
KB = 1024
MOST_FIRST, MOST_SECOND = 30 * KB, 8 * KB
# Longer by their nature.
MOST_FIRST_OF = {"report": 40 * KB, "report of 40": 40 * KB, "report of 200": 80 * KB}
# Whoever has the address, or may edit, may see it; nobody is to find it.
HIDDEN = {"visitor: shared report", "editor: skill"}
MEANT_MISSING = {"visitor: nothing here"}  # answers 404, which Lighthouse refuses to rate


@dataclass(frozen=True)
class Worst:
    """Of all runs of one page. `lcp` and `tbt` in milliseconds, `first` and `second` in bytes."""

    name: str
    scores: tuple[int, ...]
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
            scores=tuple(min(run["scores"].get(one, 0) for run in runs) for one in CATEGORIES),
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

    @property
    def missed(self) -> list[str]:
        most = MOST_FIRST_OF.get(self.name.partition(": ")[2])
        limits = {
            "LCP": self.lcp <= MOST_LCP,
            "CLS": self.cls <= MOST_CLS,
            "TBT": self.tbt <= MOST_TBT,
            "requests": self.requests <= MOST_REQUESTS,
            "weight": self.first <= most if most else True,
        }
        if self.name.endswith("question"):
            limits |= {"weight": self.first <= MOST_FIRST, "second": self.second <= MOST_SECOND}
        low = [
            f"{name} {score}"
            for name, score in zip(CATEGORIES, self.scores, strict=True)
            if score < FULL
        ]
        return low + [name for name, met in limits.items() if not met]

    def __str__(self) -> str:
        scores = "/".join(map(str, self.scores))
        return (
            f"{self.name:28} {scores:16} {self.lcp / 1000:5.2f} {self.cls:6.3f} {self.tbt:5.0f} "
            f"{self.first / KB:7.1f} {self.second / KB:7.1f} {self.requests:5}"
        )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--runs", type=int, default=int(os.environ.get("RUNS") or 5))
    asked.add_argument("--only", action="append", default=[], help="names that contain this")
    options = asked.parse_args()
    prefix = "careerpath-audit-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        with Server(site) as server:
            pages = pages_of(site, server.port, options.only)
            print(f"Lighthouse, mobile profile, worst of {options.runs}; load of this machine ")
            print(f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")
            print(f"{'':28} P/A/B/S          LCP s    CLS TBT ms first KB 2nd KB reqs")
            found = [show(Worst.of(runs)) for runs in audited(pages, options.runs)]
    missed = [one for one in found if one.missed]
    print(f"\n{len(found) - len(missed)} of {len(found)} pages meet every target.")
    sys.exit(1 if missed or not found else 0)


def show(one: Worst) -> Worst:
    print(one, "  MISSED: " + ", ".join(one.missed) if one.missed else "", flush=True)
    for fault in one.faults:
        print(f"    {fault}", flush=True)
    return one


def pages_of(site: Site, port: int, only: Sequence[str]) -> list[dict[str, Any]]:
    printed = site.python("from tests.browser.every_page import build; print(build())")
    made = json.loads(printed.splitlines()[-1])
    named = {
        f"{who}: {name}": (path, made["cookies"].get(who, ""))
        for who, pages in made["pages"].items()
        for name, path in pages.items()
    }
    return [
        {
            "name": name,
            # Browsers and Lighthouse take this name for secure, as they take https elsewhere.
            "url": f"http://localhost:{port}{path}",
            "cookie": cookie,
            "hidden": name in HIDDEN,
        }
        for name, (path, cookie) in named.items()
        if name not in MEANT_MISSING and (not only or any(part in name for part in only))
    ]


def audited(pages: Sequence[dict[str, Any]], runs: int) -> Iterator[list[dict[str, Any]]]:
    """For each page what was told of its runs."""
    asked = {"pages": pages, "runs": runs, "chrome": chrome(), "flags": HEADLESS}
    with subprocess.Popen(  # noqa: S603  our own command
        [NODE, "pages.js"], cwd=AUDIT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        process.stdin.write(json.dumps(asked))
        process.stdin.close()
        for _page in pages:
            yield [json.loads(process.stdout.readline()) for _run in range(runs)]


def chrome() -> str:
    path = of_the_system()
    if path:
        return path
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    main()
