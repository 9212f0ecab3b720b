"""Occupational Employment and Wage Statistics: the national table, as a workbook."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .bls import Edition, RowProblems, WageRow, read_file
from .oews_book import Books, books_of
from .onet_tables import Problem, Refused, shown
from .sheets import MOST_COLUMNS, MOST_ROWS, Unreadable
from .xlsx_sheet import BROKEN, look_through

CODE, TITLE, GROUP = "OCC_CODE", "OCC_TITLE", "O_GROUP"
RENAMED = {"OCC_GROUP": GROUP, "GROUP": GROUP}
PERCENTILES = {"PCT10": "10", "PCT25": "25", "MEDIAN": "median", "PCT75": "75", "PCT90": "90"}
IN_ORDER = tuple(PERCENTILES.values())
FIGURES = PERCENTILES | {"MEAN": "mean"}
ANNUAL = {f"A_{column}": f"annual_{name}" for column, name in FIGURES.items()}
HOURLY = {f"H_{column}": f"hourly_{name}" for column, name in FIGURES.items()}
EMPLOYMENT = "TOT_EMP"
NEEDED = (CODE, TITLE, GROUP, EMPLOYMENT, *ANNUAL, *HOURLY)
GROUPS = ("total", "major", "minor", "broad", "detailed")
# What a table of states, industries or owners has there instead.
WHOLE_COUNTRY = {"AREA_TYPE": ("1",), "I_GROUP": ("cross-industry",)}
MISSING = ("*", "**", "~", "")
CEILING = "#"
PERIOD = re.compile(r"national_(M)(\d{4})_dl|\b(May) (\d{4})\b", re.IGNORECASE)
PER_HOUR = re.compile(r"\$\s*([\d,]+(?:\.\d+)?)\s+(?:per|an) hour", re.IGNORECASE)
PER_YEAR = re.compile(r"\$\s*([\d,]+)(?:\.0+)?\s+(?:per|a) year", re.IGNORECASE)
NOTES_ROWS, NOTES_COLUMNS, NOTES_SHEETS = 500, 5, 10
MOST_DOLLARS, MOST_AN_HOUR, MOST_PEOPLE = 10_000_000, 100_000, 1_000_000_000

OnRow = Callable[[int, int], None]
"""Told how many rows of about how many are read."""


@dataclass(frozen=True)
class Ceilings:
    """From which pay on the survey names no figure; None where the workbook does not say."""

    year: int | None = None
    hour: Decimal | None = None


def read_oews(path: Path, *, on_row: OnRow = lambda done, total: None) -> Edition[WageRow]:
    """Raises Refused, with everything that was found wrong."""
    problems = RowProblems(path.name)
    try:
        books = books_of(path.name, read_file(path))
        problems.file = books.table[0]
        for _name, data in (books.table, *books.others):
            look_through(data)
        return _read(books, problems, on_row)
    except Unreadable as unreadable:
        raise Refused((*problems.found, Problem(problems.file, str(unreadable)))) from None
    except BROKEN:
        problems.refuse_file(_("This is not a whole workbook. Download it once more."))


def _read(books: Books, problems: RowProblems, on_row: OnRow) -> Edition[WageRow]:
    name, data = books.table
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheet = book.worksheets[0]
    notes = [*_notes(book.worksheets[1:])]
    for _name, other in books.others:
        notes += _notes(load_workbook(io.BytesIO(other), read_only=True).worksheets)
    year = _year(sheet.title, name, notes, problems)
    table = _Table(problems, _ceilings(notes))
    total = min(sheet.max_row or MOST_ROWS, MOST_ROWS)
    # Whatever size the sheet says it has is not believed.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(rows, start=1):
        if number == 1:
            table.read_header(sheet.title, [_text(cell) for cell in cells])
        else:
            table.read(number, [_text(cell) for cell in cells])
        on_row(number, total)
    problems.refuse()
    if not table.rows:
        problems.refuse_file(
            _("No row is about a single occupation (O_GROUP = detailed). Take the file as it was.")
        )
    period = f"May {year}"
    ceilings = {"year": table.ceilings.year, "hour": table.ceilings.hour}
    return Edition(
        name=f"OEWS {period}",
        period=period,
        rows=dict(sorted(table.rows.items())),
        details={name: str(value) for name, value in ceilings.items() if value is not None},
    )


class _Table:
    """The first sheet, row by row. Columns are found by their names."""

    def __init__(self, problems: RowProblems, ceilings: Ceilings) -> None:
        self.problems = problems
        self.ceilings = ceilings
        self.header: list[str] = []
        self.seen: dict[str, int] = {}
        self.rows: dict[str, WageRow] = {}

    def read_header(self, sheet: str, cells: Sequence[str]) -> None:
        names = [cell.strip().upper() for cell in cells]
        self.header = [RENAMED.get(name, name) for name in names]
        if missing := [name for name in NEEDED if name not in self.header]:
            message = _(
                "The first sheet, %(sheet)s, has no column %(missing)s in its first row. Take the "
                "national table as it was published, with the figures on the first sheet."
            )
            self.problems.refuse_file(
                message % {"sheet": shown(sheet), "missing": ", ".join(missing)}
            )
        if twice := sorted({name for name in NEEDED if self.header.count(name) > 1}):
            message = _("The column %(names)s is there twice. Take the file as it was published.")
            self.problems.refuse_file(message % {"names": ", ".join(twice)})

    def read(self, number: int, texts: Sequence[str]) -> None:
        cells = dict(zip(self.header, texts, strict=False))
        if not any(cells.values()):
            return
        for column, allowed in WHOLE_COUNTRY.items():
            if cells.get(column, allowed[0]) not in allowed:
                message = _("%(column)s is %(value)s: this is not the table of the whole country.")
                self.problems.add(
                    number, message % {"column": column, "value": shown(cells[column])}
                )
                self.problems.refuse_file(_("Take oesmYYnat.zip, the national table."))
        group = cells[GROUP].strip().lower()
        if group not in GROUPS:
            message = _("O_GROUP is %(value)s. It must be one of: %(known)s.")
            values = {"value": shown(cells[GROUP]), "known": ", ".join(GROUPS)}
            self.problems.add(number, message % values)
        if group != "detailed":
            return
        code = self.problems.code(number, cells[CODE].strip(), self.seen)
        if code is not None:
            self.rows[code] = self.wage(number, code, cells)

    def wage(self, number: int, code: str, cells: dict[str, str]) -> WageRow:
        figures: dict[str, Any] = {}
        at_least: list[str] = []
        for columns, places, most, ceiling in (
            (ANNUAL, 0, MOST_DOLLARS, self.ceilings.year),
            (HOURLY, 2, MOST_AN_HOUR, self.ceilings.hour),
        ):
            for column, name in columns.items():
                text = cells[column].strip()
                if text == CEILING:
                    figures[name] = self.ceiling(number, column, ceiling)
                    at_least.append(name)
                else:
                    figures[name] = self.figure(number, column, text, places, most)
            self.check_order(number, columns, figures)
        employed = cells[EMPLOYMENT].strip()
        return WageRow(
            code=code,
            title=self.problems.title(number, cells[TITLE]),
            employment=self.figure(number, EMPLOYMENT, employed, 0, MOST_PEOPLE),
            at_least=tuple(at_least),
            **figures,
        )

    def figure(self, number: int, column: str, text: str, places: int, most: int) -> Any:
        """int without decimals, Decimal with."""
        if text in MISSING:
            return None
        value = self.problems.number(number, column, text, places=places, low=0, high=most)
        return int(value) if value is not None and not places else value

    def ceiling(self, number: int, column: str, ceiling: int | Decimal | None) -> Any:
        if ceiling is None:
            message = _(
                "%(column)s is #, which means at or above the survey's highest figure, but no "
                "note in the workbook says how high that is. Take the file as it was published, "
                "with its sheet “Field Descriptions”."
            )
            self.problems.add(number, message % {"column": column})
        return ceiling

    def check_order(self, number: int, columns: dict[str, str], figures: dict[str, Any]) -> None:
        """Percentiles that fall mean that columns were moved, or a figure mistyped."""
        last, last_column = None, ""
        for column, name in columns.items():
            value = figures[name]
            if value is None or not name.endswith(IN_ORDER):
                continue
            if last is not None and value < last:
                message = _("%(column)s is below %(other)s. Take the file as it was published.")
                self.problems.add(number, message % {"column": column, "other": last_column})
            last, last_column = value, column


def _text(cell: Any) -> str:
    """As a person sees it: 12.0 is 12."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _notes(sheets: Sequence[Any]) -> Iterator[str]:
    """The texts that stand beside the figures."""
    for sheet in sheets[:NOTES_SHEETS]:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=NOTES_ROWS, max_col=NOTES_COLUMNS, values_only=True)
        yield from (cell for row in rows for cell in row if isinstance(cell, str))


def _ceilings(notes: Sequence[str]) -> Ceilings:
    for note in notes:
        if note.lstrip().startswith(CEILING):
            year, hour = PER_YEAR.search(note), PER_HOUR.search(note)
            if year and hour:
                return Ceilings(
                    int(year[1].replace(",", "")),
                    Decimal(hour[1].replace(",", "")).quantize(Decimal("0.01")),
                )
    return Ceilings()


def _year(sheet: str, file: str, notes: Sequence[str], problems: RowProblems) -> int:
    """Of the survey, which is always about May: in the sheet's name, the file's or the notes."""
    for text in (sheet, file, *notes):
        if found := PERIOD.search(text):
            return int(found[2] or found[4])
    problems.refuse_file(
        _(
            "Neither the name of the first sheet nor that of the file says of which May it is, as "
            "in national_M2024_dl. Take the file as it was published."
        )
    )
