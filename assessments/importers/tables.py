"""The file that somebody chose for a table, whatever its kind, as rows."""

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .csv_sheet import read_csv
from .sheets import LARGEST_FILE, Collector, Row, Unreadable, kind_of


def read_xlsx(data: bytes, collector: Collector) -> list[Row]:
    """Loaded when somebody brings such a file: openpyxl takes much memory."""
    rows: list[Row] = import_string("assessments.importers.xlsx_sheet.read_xlsx")(data, collector)
    return rows


READERS = {"csv": read_csv, "xlsx": read_xlsx}


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
    return reader(data, Collector(columns, key))


def too_large() -> str:
    return _("The file is larger than %(most)s MB. Split it into several files.") % {
        "most": LARGEST_FILE // 1024 // 1024
    }
