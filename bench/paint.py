"""What a browser works on to show a page: `make paint`, or `python -m bench.paint --only plan`.

On a site of its own, served as shipped: processor time of the page's own thread, as Chromium
tells it (CDP, `Performance.enable` with thread ticks), at 412 px, not slowed down; the least of
some loads, each in a browser without a memory. Other work on the machine hardly shows.
"""

import argparse
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from playwright.sync_api import Browser, sync_playwright

from bench.audit import pages_of
from bench.visit import LONGEST
from tests.browser.chromium import FLAGS, of_the_system
from tests.sites import Server, empty_site

PAGES = ("member: question", "member: report", "member: report of 200")
PHONE = {"width": 412, "height": 823}
TOLD = ("RecalcStyleDuration", "LayoutDuration", "ScriptDuration", "TaskDuration")


def loaded(browser: Browser, page: Mapping[str, Any]) -> tuple[float, ...]:
    """Milliseconds, in the order of TOLD."""
    with browser.new_context(viewport=PHONE, locale="en-GB") as context:
        context.set_default_timeout(LONGEST)
        for one in filter(None, page["cookies"].split("; ")):
            name, _equals, value = one.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": page["url"]}])
        shown = context.new_page()
        wire = context.new_cdp_session(shown)
        wire.send("Performance.enable", {"timeDomain": "threadTicks"})
        shown.goto(page["url"], wait_until="networkidle")
        told = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    return tuple(1000 * told[name] for name in TOLD)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--loads", type=int, default=5)
    asked.add_argument("--only", action="append", help="pages whose names contain this")
    options = asked.parse_args()
    prefix = "careerpath-paint-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        with Server(site) as server, sync_playwright() as playwright:
            every = pages_of(site, server.port, options.only or PAGES)
            pages = [one for one in every if options.only or one["name"] in PAGES]
            browser = playwright.chromium.launch(executable_path=of_the_system(), args=FLAGS)
            print(f"Milliseconds of the page's thread, the least of {options.loads} loads; load of")
            print(f"this machine {os.getloadavg()[0]:.1f}.\n")
            print(f"{'':28} style layout script all of it")
            for page in pages:
                runs = [loaded(browser, page) for _load in range(options.loads)]
                least = map(min, zip(*runs, strict=True))
                print(f"{page['name']:28} " + " ".join(f"{one:6.1f}" for one in least), flush=True)
            browser.close()


if __name__ == "__main__":
    main()
