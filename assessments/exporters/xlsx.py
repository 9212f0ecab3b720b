"""Rows of texts as a workbook. No text in it is taken for a formula."""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from assessments.domain.cells import guarded, xml_fit

LONGEST_NUMBER = 9


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
