"""Employment Projections: the table that the Bureau's data tool gives out as CSV."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from .bls import Edition, OutlookRow, RowProblems, read_file
from .csv_sheet import text_of
from .onet_tables import Problem, Refused
from .sheets import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, Unreadable, kind_of

# Headings carry years, so each is known by how it begins.
TITLE, OCCUPATION_CODE = "occupation title", "occupation code"
GROWTH, OPENINGS = "employment percent change", "occupational openings"
EDUCATION = "typical entry-level education"
EXPERIENCE = "work experience in a related occupation"
TRAINING = "typical on-the-job training"
NEEDED = (TITLE, OCCUPATION_CODE, GROWTH, OPENINGS, EDUCATION, EXPERIENCE, TRAINING)
EMPLOYMENT = re.compile(r"employment,? (\d{4})\b(?!\s*[-–—])")
YEARS = re.compile(r"\b(\d{4})\s*[-–—]\s*(\d{4})\b")
# Spreadsheets would make a date of 15-2031, so the code comes as a formula that gives a text.
AS_FORMULA = re.compile(r'="(.*)"')
EXAMPLES = re.compile(r"\s{4}.*|\s{2,}\*.*", re.DOTALL)
MISSING = ("N/A", "n/a", "-", "–", "—", "")
LONGEST_TEXT = 120
MOST_THOUSANDS = 1_000_000
FALL, RISE = -100, 10_000  # per cent

OnRow = Callable[[int, int], None]
"""Told how many rows of how many are read."""


def read_projections(
    path: Path, *, on_row: OnRow = lambda done, total: None
) -> Edition[OutlookRow]:
    """Raises Refused, with everything that was found wrong."""
    problems = RowProblems(path.name)
    data = read_file(path)
    if kind_of(data) != "csv":
        problems.refuse_file(
            _("This is no CSV file. Take the CSV that the data tool of the projections gives out.")
        )
    if len(data) > LARGEST_FILE:
        problems.refuse_file(_("It is too large for this table. Download it once more."))
    try:
        table = _Table(problems)
        table.read_all(text_of(data), on_row)
    except Unreadable as unreadable:
        raise Refused((*problems.found, Problem(path.name, str(unreadable)))) from None
    problems.refuse()
    rows = without_summaries(table.rows)
    if not rows:
        problems.refuse_file(_("No row is about a single occupation. Download it once more."))
    period = f"{table.base}–{table.target % 100:02}"
    return Edition(
        name=f"Employment Projections {period}",
        period=period,
        rows=dict(sorted(rows.items())),
        details={"from": str(table.base), "to": str(table.target)},
    )


def without_summaries(rows: dict[str, OutlookRow]) -> dict[str, OutlookRow]:
    """15-1200 sums up 15-1211 and its neighbours; 13-1020 stays where nothing is below it."""
    found = {}
    for code, row in rows.items():
        group = code.rstrip("0")
        below = any(other != code and other.startswith(group) for other in rows)
        if not code.endswith("0000") and not (code.endswith("0") and below):
            found[code] = row
    return found


class _Table:
    def __init__(self, problems: RowProblems) -> None:
        self.problems = problems
        self.places: dict[str, int] = {}
        self.width = 0
        self.base = self.target = 0
        self.seen: dict[str, int] = {}
        self.rows: dict[str, OutlookRow] = {}

    def read_all(self, text: str, on_row: OnRow) -> None:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        total = min(text.count("\n") + 1, MOST_ROWS)
        line = 1
        try:
            for number, cells in enumerate(reader, start=1):
                if number > MOST_ROWS:
                    self.problems.refuse_file(_("It has too many rows for this table."))
                if number == 1:
                    self.read_header(cells)
                else:
                    self.read(line, cells)
                line = reader.line_num + 1
                on_row(number, total)
        except csv.Error:
            message = _(
                "This is not in the form of CSV. Look for a quotation mark that is not closed, or "
                "download the file once more."
            )
            self.problems.add(line, message)
        if not self.places and not self.problems.found:
            self.problems.refuse_file(_("It is empty. Download it once more."))

    def read_header(self, cells: Sequence[str]) -> None:
        self.width = len(cells)
        names = [" ".join(cell.lower().split()) for cell in cells[:MOST_COLUMNS]]
        years: dict[int, int] = {}
        for place, name in enumerate(names):
            if found := EMPLOYMENT.match(name):
                years[int(found[1])] = place
        for wanted in NEEDED:
            places = [place for place, name in enumerate(names) if name.startswith(wanted)]
            if len(places) == 1:
                self.places[wanted] = places[0]
                continue
            values = {"column": wanted.capitalize()}
            if places:
                message = _("There are several columns that begin with “%(column)s”. Keep one.")
            else:
                message = _(
                    "No column begins with “%(column)s”. Take the CSV of the projections' data "
                    "tool as it was given out."
                )
            self.problems.add(1, message % values)
        if len(years) != 2:
            message = _("There must be a column “Employment” for each of two years, as in 2021.")
            self.problems.add(1, message)
        self.problems.refuse()
        self.base, self.target = min(years), max(years)
        self.places |= {"then": years[self.base], "later": years[self.target]}
        for wanted in (GROWTH, OPENINGS):
            self.check_years(cells[self.places[wanted]])
        self.problems.refuse()

    def check_years(self, heading: str) -> None:
        found = YEARS.search(heading)
        if found and (int(found[1]), int(found[2])) != (self.base, self.target):
            message = _("“%(heading)s” is about other years than %(base)s and %(target)s.")
            values = {"heading": heading[:80], "base": self.base, "target": self.target}
            self.problems.add(1, message % values)

    def read(self, line: int, cells: Sequence[str]) -> None:
        filled = [cell for cell in cells if cell.strip()]
        # A note below the table stands in one cell alone.
        if len(filled) < 2:
            return
        if len(cells) < self.width or any(cell.strip() for cell in cells[self.width :]):
            message = _(
                "There are %(found)s cells below %(width)s headings. A text or number with a "
                "comma needs quotation marks around it."
            )
            self.problems.add(line, message % {"found": len(cells), "width": self.width})
            return
        texts = {name: cells[place].strip() for name, place in self.places.items()}
        formula = AS_FORMULA.fullmatch(texts[OCCUPATION_CODE])
        text = formula[1].strip() if formula else texts[OCCUPATION_CODE]
        code = self.problems.code(line, text, self.seen)
        if code is not None:
            self.rows[code] = self.outlook(line, code, texts)

    def outlook(self, line: int, code: str, texts: dict[str, str]) -> OutlookRow:
        return OutlookRow(
            code=code,
            title=self.problems.title(line, EXAMPLES.sub("", texts[TITLE])),
            base_year=self.base,
            target_year=self.target,
            employment_then=self.number(line, _("Employment"), texts["then"], 0, MOST_THOUSANDS),
            employment_later=self.number(line, _("Employment"), texts["later"], 0, MOST_THOUSANDS),
            growth=self.number(line, _("Employment percent change"), texts[GROWTH], FALL, RISE),
            openings=self.number(
                line, _("Occupational openings"), texts[OPENINGS], 0, MOST_THOUSANDS
            ),
            education=self.text(line, _("The education"), texts[EDUCATION]),
            experience=self.text(line, _("The experience"), texts[EXPERIENCE]),
            training=self.text(line, _("The training"), texts[TRAINING]),
        )

    def number(self, line: int, column: str, text: str, low: int, high: int) -> Decimal | None:
        if text in MISSING:
            return None
        return self.problems.number(line, column, text, places=1, low=low, high=high)

    def text(self, line: int, column: str, text: str) -> str:
        return "" if text in MISSING else self.problems.text(line, column, text, LONGEST_TEXT)
