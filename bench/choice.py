"""How long a choice takes until the page says that it is saved: `python -m bench.choice`.

On a site of its own, served as shipped: a browser chooses a level on one question after another
and looks when its status line speaks, the pause before the request included.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from playwright.sync_api import Page, sync_playwright

from bench.visit import LONGEST
from tests.browser.chromium import FLAGS, of_the_system
from tests.sites import Server, empty_site

MOST_P95 = 300  # milliseconds
FEWEST = 20
WATCH = """number => new Promise(done => {
  const line = document.querySelector('.save-status');
  const saved = line.dataset.saved.split('%s')[0];
  const choice = document.querySelectorAll('input[name=level]')[number];
  line.textContent = '';
  const began = performance.now();
  new MutationObserver(() => {
    if (line.textContent.startsWith(saved)) done(performance.now() - began);
  }).observe(line, {childList: true, characterData: true, subtree: true});
  choice.click();
})"""


def times(page: Page, address: str, number: int) -> list[float]:
    """Milliseconds of so many choices, each another than the one before."""
    page.set_default_timeout(LONGEST)
    page.goto(f"{address}roles/machine-learning-engineer/start/")
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_url("**/skills/**")
    found = []
    for turn in range(number):
        found.append(page.evaluate(WATCH, turn % 5))
    return found


def say(found: Sequence[float]) -> bool:
    parts = quantiles(found, n=100)
    met = parts[94] <= MOST_P95
    print(f"{len(found)} choices, load of this machine {os.getloadavg()[0]:.1f}: from the choice")
    print(f"to “Saved” p50 {parts[49]:.0f} ms, p95 {parts[94]:.0f} ms, at most {MOST_P95} ms:")
    print("met" if met else "MISSED")
    return met


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--number", type=int, default=200)
    number = max(FEWEST, asked.parse_args().number)
    prefix = "careerpath-choice-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        with Server(site) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=of_the_system(), args=FLAGS)
            page = browser.new_context(locale="en-GB").new_page()
            found = times(page, f"http://localhost:{server.port}/", number)
            browser.close()
    sys.exit(0 if say(found) else 1)


if __name__ == "__main__":
    main()
