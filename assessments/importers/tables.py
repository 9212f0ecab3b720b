"""The file that somebody chose for a table, whatever its kind, as rows."""

from typing import cast

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .sheets import LARGEST_FILE, Collector, Row, Unreadable, kind_of

# Loaded when somebody brings such a file: openpyxl takes much memory.
READERS = {
    "csv": "assessments.importers.csv_sheet.read_csv",
    "xlsx": "assessments.importers.xlsx_sheet.read_xlsx",
}


def read_table(
    name: str, data: bytes, *, columns: tuple[str, ...], key: tuple[str, ...]
) -> list[Row]:
    """Raises Unreadable, which says what to do."""
    ending = name.rpartition(".")[2].lower()
    reader = READERS.get(ending)
    if reader is None:
        raise Unreadable(_("Choose a file whose name ends with .csv or .xlsx."))
    if len(data) > LARGEST_FILE:
        raise Unreadable(too_large())
    if not data.strip():
        raise Unreadable(_("The file is empty. Export the table first and change that file."))
    kind = kind_of(data)
    if kind != ending:
        message = _(
            "The name ends with .%(ending)s, but the content is something else. "
            "Save the table as CSV UTF-8 or XLSX."
        )
        raise Unreadable(message % {"ending": ending})
    return cast(list[Row], import_string(reader)(data, Collector(columns, key)))


def too_large() -> str:
    return _("The file is larger than %(most)s MB. Split it into several files.") % {
        "most": LARGEST_FILE // 1024 // 1024
    }
