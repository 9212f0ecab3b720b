"""Rows of texts as a file for spreadsheets. No text in it is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from assessments.domain.cells import guarded

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Loaded when somebody asks: it takes more memory than all else that editors need.
XLSX_EXPORTER = "assessments.exporters.xlsx.xlsx_file"


def csv_file(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """With a byte order mark, or Excel reads letters outside ASCII wrongly."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([guarded(row[name]) for name in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")
