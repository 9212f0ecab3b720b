"""The targets that docs/performance.md names are those that its commands ask for."""

import pytest

from bench import audit, choice, journeys, serve, visit
from bench.pages import PAGES
from careerpath.settings import BASE_DIR

TEXT = (BASE_DIR / "docs" / "performance.md").read_text(encoding="utf-8")
CELLS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TEXT.splitlines()]
NAMED = {"role, asked again": "conditional request (304) of a role"}
SAID = [
    f"LCP {audit.MOST_LCP / 1000} s, CLS {audit.MOST_CLS:g}, TBT {audit.MOST_TBT:g}",
    f"| LCP at most {audit.MOST_LCP / 1000} s |",
    f"| at most {audit.MOST_REQUESTS} requests |",
    f"| page loads to the report | {visit.MOST_LOADS} |",
    f"| key presses to the report | {visit.MOST_KEYS} |",
    f"| clicks to the first answer | {visit.MOST_CLICKS} |",
    f"(at most {choice.MOST_P95} wanted)",
    f"| wanted | {journeys.LEAST} | | {journeys.MOST_P95} | {journeys.MOST_P99} | 0 |",
    f"| {serve.MOST_QUERIES} queries | met |",
    f"| {serve.MOST_MEMORY} | met |",
]


@pytest.mark.parametrize("words", SAID)
def test_a_target_stands_there_as_it_is_asked_for(words):
    assert words in TEXT


@pytest.mark.parametrize("page", [one for one in PAGES if one.least], ids=lambda one: one.name)
def test_so_does_the_rate_of_a_page(page):
    """In the long table, of which it is the last column but one."""
    name = NAMED.get(page.name, page.name)
    rows = [cells for cells in CELLS if len(cells) > 8 and cells[0].startswith(name)]
    assert [float(cells[-2]) for cells in rows] == [page.least]
