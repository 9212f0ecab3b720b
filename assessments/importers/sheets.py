"""A file that somebody chose, read as rows of texts. Nothing is believed, and little is kept.

Memory stays bounded whatever the file holds: at most 5 MB are read, a workbook may unpack to
20 MB and is walked in pieces before it is opened, and reading stops at the first row, column or
cell too many.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.domain.cells import unguarded

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000


class Unreadable(Exception):
    """The file as a whole is refused; the text says what to do."""


@dataclass(frozen=True)
class Row:
    """`number` as a spreadsheet counts: the headings are row 1."""

    number: int
    cells: dict[str, str]


def too_many_rows() -> Unreadable:
    return Unreadable(
        _(
            "The table goes down below row %(most)s. Delete empty rows at its end, "
            "or split it into several files."
        )
        % {"most": MOST_ROWS + 1}
    )


def too_wide(row: int) -> Unreadable:
    return Unreadable(
        _("Row %(row)s is wider than %(most)s columns. Delete the columns that do not belong.")
        % {"row": row, "most": MOST_COLUMNS}
    )


def too_long(row: int, column: int) -> Unreadable:
    return Unreadable(
        _("Row %(row)s, column %(column)s holds more than %(most)s characters. Shorten it.")
        % {"row": row, "column": column, "most": LONGEST_CELL}
    )


class Collector:
    """Takes a table row by row, the headings first, and stops at what does not fit."""

    def __init__(self, columns: tuple[str, ...], key: tuple[str, ...]) -> None:
        self.columns = columns
        self.key = key
        self.header: list[str] = []
        self.rows: list[Row] = []
        self.seen: dict[tuple[str, ...], int] = {}

    def add(self, number: int, cells: list[str]) -> None:
        if number > MOST_ROWS + 1:
            raise too_many_rows()
        if len(cells) > MOST_COLUMNS:
            raise too_wide(number)
        for column, text in enumerate(cells, start=1):
            if len(text) > LONGEST_CELL:
                raise too_long(number, column)
        if number == 1:
            self.header = header_of(cells, self.columns)
        elif any(cell.strip() for cell in cells):
            self.add_row(number, cells)

    def add_row(self, number: int, cells: list[str]) -> None:
        if any(text.strip() for text in cells[len(self.header) :]):
            message = _(
                "Row %(row)s has more cells than the headings. "
                "A text with a comma needs quotation marks around it."
            )
            raise Unreadable(message % {"row": number})
        padded = cells + [""] * (len(self.header) - len(cells))
        texts = dict(zip(self.header, map(unguarded, padded), strict=False))
        row = Row(number, {name: texts[name] for name in self.columns})
        key = tuple(row.cells[name].strip() for name in self.key)
        if key in self.seen:
            message = _("Rows %(first)s and %(second)s are both about “%(key)s”. Keep one of them.")
            shown = " · ".join(key)[:200]
            raise Unreadable(message % {"first": self.seen[key], "second": number, "key": shown})
        self.seen[key] = number
        self.rows.append(row)

    def finished(self) -> list[Row]:
        if not self.header:
            raise Unreadable(_("The file is empty. Export the table first and change that file."))
        if not self.rows:
            raise Unreadable(_("There are headings but no rows below them."))
        return self.rows


def header_of(cells: list[str], columns: tuple[str, ...]) -> list[str]:
    """Every column of the table, in any order; blank ones at the end do not count."""
    found = [text.strip().lower() for text in cells]
    while found and not found[-1]:
        found.pop()
    if not set(found) & set(columns):
        message = _("The first row must hold the headings: %(columns)s.")
        raise Unreadable(message % {"columns": ", ".join(columns)})
    for name in found:
        if name not in columns:
            message = _("There is no column “%(name)s”. Take it out. The columns are: %(columns)s.")
            raise Unreadable(message % {"name": name[:80], "columns": ", ".join(columns)})
        if found.count(name) > 1:
            message = _("The column “%(name)s” stands there twice. Keep one of them.")
            raise Unreadable(message % {"name": name})
    if missing := [name for name in columns if name not in found]:
        message = _("The column “%(name)s” is missing. It may be empty, but it must be there.")
        raise Unreadable(message % {"name": "”, “".join(missing)})
    return found


def kind_of(data: bytes) -> str:
    """What the first bytes say, whatever the name says."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b", b"RIFF")):
        return "other"
    if re.match(rb"\s*<", data.removeprefix(b"\xef\xbb\xbf")[:200]):
        return "markup"
    return "csv"
