"""The report on paper, read back from the PDF that the browser prints."""

import re

import pytest

from tests import published
from tests.assessments.exporters.test_report_pdf import FORTY, SAID
from tests.browser.journey import submitted
from tests.browser.pdf import pages, squashed
from tests.browser.tour import MIXED

MOST_PAGES = 3
COLUMNS = "TargetYouAskedforGap"
LOWERED = (
    "* { orphans: 1 !important; widows: 1 !important } .report-statement { padding: %dpt 0 0 }"
)
LOWER = """rules => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture
def report(page, member, role, enter):
    """About half of the targets are met, as on many a report."""
    levels = {one.slug: 1 + number % 4 for number, one in enumerate(role.definition.skills)}
    sent = submitted(member, role, **levels | MIXED)
    enter(member)
    page.goto(f"/reports/{sent.key}/")
    return page


@pytest.fixture
def printed(report):
    return pages(report.pdf(format="A4"))


@pytest.fixture
def paper(printed):
    return squashed("".join(printed))


def titles(report):
    rows = report.locator(".gap-table tbody th").all_inner_texts()
    return [squashed(row.split("\n")[0]) for row in rows]


def test_the_statement_is_on_the_first_page(report, printed):
    statement = report.locator(".report-statement").inner_text()
    assert squashed(statement) in squashed(printed[0])


def test_it_takes_three_pages_at_most(printed):
    assert 2 <= len(printed) <= MOST_PAGES


@pytest.fixture
def forty(page, member, enter):
    sent = published.submitted(member, FORTY, **SAID)
    enter(member)
    page.goto(f"/reports/{sent.key}/")
    return page


def test_forty_targets_take_three_pages(forty):
    sheets = pages(forty.pdf(format="A4"))
    with_rows = {
        n for n, words in enumerate(sheets) if "topeopleoutsideoftheteamEssential" in words
    }
    assert len(sheets) <= MOST_PAGES
    assert len(with_rows) >= 2
    assert with_rows == {n for n, words in enumerate(sheets) if COLUMNS in words}


def test_no_row_is_cut(forty):
    """Wherever a page ends: from its title to its gap each row is on one."""
    rows = [squashed(one) for one in forty.locator(".gap-table tbody tr").all_inner_texts()]
    assert len(rows) == len(SAID)
    for points in (0, 6, 12):
        forty.evaluate(LOWER, LOWERED % points)
        sheets = [squashed(one) for one in pages(forty.pdf(format="A4"))]
        assert [row for row in rows if not any(row in one for one in sheets)] == []


def test_what_one_presses_stays_on_the_screen(paper):
    for words in ["My assessments", "Sign out", "Skip to", "Take the assessment again"]:
        assert squashed(words) not in paper


def test_the_head_of_the_table_comes_again_on_each_of_its_pages(report, printed):
    with_rows = {
        number
        for number, words in enumerate(printed)
        for title in titles(report)
        if re.search(f"{re.escape(title)}(Essential|Desirable)·", squashed(words))
    }
    assert len(with_rows) >= 2
    assert with_rows == {number for number, words in enumerate(printed) if COLUMNS in words}


def test_every_target_is_on_paper_in_the_order_of_the_page(report, paper):
    assert len(titles(report)) == 26
    places = [re.search(f"{re.escape(one)}(Essential|Desirable)·", paper) for one in titles(report)]
    assert all(places)
    assert places == sorted(places, key=lambda place: place.start())


def test_text_is_drawn_in_reading_order(report, paper):
    printed = report.locator("main :is(h1, h2, h3):not(.screen-only *)")
    headings = [squashed(one) for one in printed.all_inner_texts()]
    place = 0
    for heading in headings:
        place = paper.find(heading, place) + 1
        assert place, heading


def test_addresses_are_printed_letter_by_letter(report, printed):
    letters = "".join(printed)
    links = report.locator(".start-with a, .resource a")
    for address in links.evaluate_all("all => all.map(one => one.getAttribute('href'))"):
        assert f"<{address}>" in letters


def test_on_paper_it_is_dark_on_white_whatever_the_theme(report):
    report.emulate_media(media="print", color_scheme="dark")
    colours = report.evaluate(
        "() => ['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
