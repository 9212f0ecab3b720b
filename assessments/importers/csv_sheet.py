import csv
import io

from django.utils.translation import gettext as _

from .sheets import Collector, Row, Unreadable

SAVE_AS_UTF8 = "CSV UTF-8"


def read_csv(data: bytes, collector: Collector) -> list[Row]:
    text = text_of(data)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter_of(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            collector.add(number, cells)
    except csv.Error:
        message = _(
            "Row %(row)s is not in the form of CSV. Look for a quotation mark that is not closed, "
            "or save the table as XLSX."
        )
        raise Unreadable(message % {"row": number + 1}) from None
    return collector.finished()


def text_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:200].count(0) > len(data[:200]) // 3:
        message = _("The file is in UTF-16. Save it as “%(format)s”.")
        raise Unreadable(message % {"format": SAVE_AS_UTF8})
    if 0 in data:
        message = _("Line %(line)s holds an unprintable character (NUL). Save the table again.")
        raise Unreadable(message % {"line": data[: data.index(0)].count(b"\n") + 1})
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("Line %(line)s is not in UTF-8. Save the file as “%(format)s”.")
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(message % {"line": line, "format": SAVE_AS_UTF8}) from None


def delimiter_of(text: str) -> str:
    """Spreadsheets write semicolons where the comma belongs to numbers."""
    headings = text.split("\n", 1)[0][:2000]
    return max(",;\t", key=headings.count)
