"""XLSX: a zip archive of XML. Looked through in pieces first, then opened, read only."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from pyexpat import ExpatError, ParserCreate
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assessments.domain.cells import xml_unfit

from .sheets import MOST_COLUMNS, MOST_ROWS, Collector, Row, Unreadable, too_many_rows, too_wide

MOST_MEMBERS = 50
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_TIMES_SMALLER = 100
# Opening costs openpyxl microseconds for each cell but far more for each style or relation.
MOST_ELEMENTS = 400_000
MOST_ELEMENTS_BESIDE = 20_000
SHEETS = ("xl/worksheets/", "xl/sharedStrings")
LAST_COLUMN = (2, "CV")  # the hundredth
PIECE = 64 * 1024
# What zipfile, expat and openpyxl raise for archives and workbooks that are not whole.
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    ExpatError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.zlib.error,  # type: ignore[attr-defined]
)


def read_xlsx(data: bytes, collector: Collector) -> list[Row]:
    try:
        look_through(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        # Whatever size the sheet says it has is not believed.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
        for number, cells in enumerate(rows, start=1):
            collector.add(number, texts_of(number, cells))
    except BROKEN:
        message = _("This is not a whole XLSX file. Open it and save it again as XLSX.")
        raise Unreadable(message) from None
    return collector.finished()


def look_through(data: bytes) -> None:
    """Refuses what would cost too much to open."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        check_members(members, len(data))
        if "xl/workbook.xml" not in archive.namelist():
            raise Unreadable(_("This archive holds no table. Save the table as XLSX."))
        left = {True: MOST_ELEMENTS, False: MOST_ELEMENTS_BESIDE}
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                counts_as_sheet = member.filename.startswith(SHEETS)
                counter = Counter(left[counts_as_sheet])
                with archive.open(member) as part:
                    while piece := part.read(PIECE):
                        counter.parser.Parse(piece, False)
                left[counts_as_sheet] = counter.left


def check_members(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    names = [member.filename for member in members]
    unpacked = sum(member.file_size for member in members)
    if (
        len(members) > MOST_MEMBERS
        or unpacked > LARGEST_UNPACKED
        or unpacked > size * MOST_TIMES_SMALLER
    ):
        message = _("The file unpacks to too much. Copy the table alone into a new workbook.")
        raise Unreadable(message)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(_("The file is protected by a password. Save it without one."))
    bad = any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names)
    if bad or len(set(names)) < len(names):
        raise Unreadable(_("The archive holds names that no spreadsheet writes. Save it again."))
    if any("vbaproject" in name.lower() for name in names):
        raise Unreadable(_("The workbook holds macros. Save it as XLSX, without them."))


class Counter:
    """Walks XML and stops at what no spreadsheet writes, without keeping anything."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.rows = 0
        self.parser = ParserCreate()
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartElementHandler = self.element

    def refuse(self, *_args: Any) -> None:
        message = _("The workbook holds definitions that no spreadsheet writes. Save it again.")
        raise Unreadable(message)

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii"):
            self.refuse()

    def element(self, name: str, attributes: dict[str, str]) -> None:
        self.left -= 1
        if name == "c" or name.endswith(":c"):
            column = attributes.get("r", "").rstrip("0123456789")
            if (len(column), column) > LAST_COLUMN:
                raise too_wide(self.rows)
        self.rows += name == "row" or name.endswith(":row")
        if self.rows > MOST_ROWS + 1:
            raise too_many_rows()
        if self.left < 0:
            message = _("The workbook holds too much. Copy the table alone into a new workbook.")
            raise Unreadable(message)


def texts_of(row: int, cells: Sequence[Any]) -> list[str]:
    """Without the empty cells at the end, which are there only to make the rows equally wide."""
    texts = [text_of(row, column, cell) for column, cell in enumerate(cells, start=1)]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def text_of(row: int, column: int, cell: Any) -> str:
    value = cell.value
    params = {"row": row, "column": column}
    if value is None:
        return ""
    if cell.data_type == "f":
        message = _("Row %(row)s, column %(column)s holds a formula. Put its value there instead.")
        raise Unreadable(message % params)
    if cell.data_type == "e":
        message = _("Row %(row)s, column %(column)s holds an error. Correct or empty it.")
        raise Unreadable(message % params)
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        message = _("Row %(row)s, column %(column)s holds a date. Format the cell as text.")
        raise Unreadable(message % params)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return xml_unfit(str(value))
