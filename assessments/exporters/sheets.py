"""Rows of texts as a file for spreadsheets. No text in it is taken for a formula."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from assessments.domain.cells import guarded, xml_fit

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NUMBER = 9


def csv_file(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """With a byte order mark, or Excel reads letters outside ASCII wrongly."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([guarded(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], numbers: Collection[str] = ()
) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"

    def cell(name: str, text: str) -> WriteOnlyCell:
        if name in numbers and text.isdecimal() and len(text) <= LONGEST_NUMBER:
            return WriteOnlyCell(sheet, int(text))
        found = WriteOnlyCell(sheet, xml_fit(guarded(text)) or None)
        if text:
            # Otherwise openpyxl guesses, and takes "#N/A" for an error.
            found.data_type = "s"
        return found

    sheet.append([cell("", name) for name in columns])
    for row in rows:
        sheet.append([cell(name, row[name]) for name in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
