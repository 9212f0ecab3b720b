"""Files for imports, good ones and bad ones, made by hand and by openpyxl."""

import io
import zipfile

from openpyxl import Workbook

from assessments.exporters.tables import RESOURCES

GOOD = {
    "slug": "learn",
    "name": "Learn",
    "provider": "A provider",
    "kind": "course",
    "cost": "free",
    "url": "https://learn.example.org/",
    "search_url": "",
    "purpose": "Courses on everything.",
    "position": "1",
}
HEADER = ",".join(RESOURCES.columns)
LINE = ",".join(GOOD.values())
MEGABYTE = 1024 * 1024


def csv_of(*lines, header=HEADER, encoding="utf-8"):
    return "\r\n".join([header, *lines, ""]).encode(encoding)


def row(**changes):
    return ",".join((GOOD | changes).values())


def book_of(*rows, header=RESOURCES.columns):
    book = Workbook()
    book.active.append(list(header))
    for cells in rows:
        book.active.append(list(cells))
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(parts=None, data=None, **changed):
    """A workbook with members added, or with the text of a member changed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or book_of(GOOD.values()))) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            content = source.read(member)
            for name, change in changed.items():
                if member.filename.endswith(f"{name}.xml"):
                    content = change(content)
            target.writestr(member.filename, content)
        for name, content in (parts or {}).items():
            target.writestr(name, content)
    return file.getvalue()


def with_doctype(doctype, encoding=None):
    def change(content):
        body = content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
        text = doctype + body.decode()
        return text.encode(encoding or "utf-8")

    return change


def sheet(rows):
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + rows + b"</sheetData></worksheet>"
    )


ENTITIES = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
BOMB = f"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{ENTITIES}]>"


def encrypted():
    data = bytearray(book_of(GOOD.values()))
    data[6] |= 1
    start = data.index(b"PK\x01\x02")
    data[start + 8] |= 1
    return bytes(data)


def with_cell(value):
    book = Workbook()
    book.active.append(list(RESOURCES.columns))
    book.active.append([*list(GOOD.values())[:-1], value])
    return saved(book)


def nested_zip():
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(30 * MEGABYTE))
    return repacked({"xl/inner.zip": inner.getvalue() * 1_000})


def archive_of(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return file.getvalue()


def wide_row():
    return ",".join(["x"] * 200)


# Each with its name, and a word of the message that says what to do.
BAD = {
    "empty.csv": (b"", "empty"),
    "blank.csv": (b" \r\n\r\n", "empty"),
    "empty.xlsx": (b"", "empty"),
    "mark-only.csv": (b"\xef\xbb\xbf", "empty"),
    "headings-only.csv": (csv_of(), "no rows"),
    "no-headings.csv": (csv_of(LINE, header=LINE), "headings"),
    "missing-column.csv": (csv_of("a,b", header="slug,name"), "missing"),
    "column-twice.csv": (csv_of(LINE, header=HEADER + ",slug"), "twice"),
    "unknown-column.csv": (csv_of(LINE, header=HEADER + ",owner"), "owner"),
    "key-twice.csv": (csv_of(LINE, LINE), "Rows 2 and 3"),
    "200-cells.csv": (csv_of(wide_row()), "wider"),
    "200-headings.csv": (csv_of(LINE, header=wide_row()), "wider"),
    "one-cell-more.csv": (csv_of(LINE + ",more"), "more cells"),
    "utf-16.csv": (csv_of(LINE, encoding="utf-16"), "UTF-16"),
    "utf-16-le.csv": (csv_of(LINE, encoding="utf-16-le"), "UTF-16"),
    "utf-16-be.csv": (csv_of(LINE, encoding="utf-16-be"), "UTF-16"),
    "utf-32.csv": (csv_of(LINE, encoding="utf-32"), "UTF-16"),
    "latin-1.csv": (csv_of(row(name="Übung"), encoding="latin-1"), "Line 2"),
    "windows.csv": (csv_of(LINE, row(slug="b", name="“x”"), encoding="cp1252"), "Line 3"),
    "cut-letter.csv": (csv_of(LINE) + b"\xc3", "UTF-8"),
    "surrogate.csv": (csv_of(LINE).replace(b"Learn", b"\xed\xa0\x80"), "UTF-8"),
    "nul.csv": (csv_of(row(name="a\0b")), "NUL"),
    "nuls-behind.csv": (csv_of(LINE) + bytes(500), "NUL"),
    "open-quote.csv": (csv_of('"a,b'), "quotation mark"),
    "quote-inside.csv": (csv_of('"a"b,c'), "quotation mark"),
    "long-cell.csv": (csv_of(row(purpose="x" * 10_001)), "10000"),
    "huge-cell.csv": (csv_of(row(purpose="x" * 4 * MEGABYTE)), "Row 2"),
    "50-mb-cell.csv": (csv_of(row(purpose="x" * 50 * MEGABYTE)), "larger"),
    "million-rows.csv": (HEADER.encode() + b"\n" + b"a\n" * 1_000_000, "Rows 2 and 3"),
    "million-blank.csv": (csv_of(LINE) + b"\n" * 1_000_000, "below row"),
    "5001-rows.csv": (csv_of(*(row(slug=f"s{n}") for n in range(5_001))), "below row"),
    "page.csv": (b"<!doctype html><title>Sign in</title>", "something else"),
    "page.xlsx": (b"<html><body>Table</body></html>", "something else"),
    "picture.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(100), "something else"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(100), "something else"),
    "report.csv": (b"%PDF-1.7 x", "something else"),
    "old.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "something else"),
    "text.xlsx": (csv_of(LINE), "something else"),
    "book.csv": (book_of(GOOD.values()), "something else"),
    "table.ods": (csv_of(LINE), ".csv or .xlsx"),
    "table": (csv_of(LINE), ".csv or .xlsx"),
    "table.csv.exe": (csv_of(LINE), ".csv or .xlsx"),
    "cut.xlsx": (book_of(GOOD.values())[:2000], "whole"),
    "noise.xlsx": (b"PK\x03\x04" + bytes(range(256)) * 40, "whole"),
    "no-members.xlsx": (b"PK\x05\x06" + bytes(18), "no table"),
    "other-archive.xlsx": (archive_of("word/document.xml"), "no table"),
    "bomb.xlsx": (repacked({"xl/media/zeros": bytes(60 * MEGABYTE)}), "too much"),
    "ratio.xlsx": (repacked({"xl/media/zeros": bytes(10 * MEGABYTE)}), "too much"),
    "nested.xlsx": (nested_zip(), "too much"),
    "members.xlsx": (repacked({f"xl/media/{n}": b"x" for n in range(60)}), "too much"),
    "climbing.xlsx": (repacked({"../../etc/passwd": b"x"}), "names"),
    "rooted.xlsx": (repacked({"/etc/passwd": b"x"}), "names"),
    "backslash.xlsx": (repacked({"xl\\..\\x": b"x"}), "names"),
    "macros.xlsx": (repacked({"xl/vbaProject.bin": b"x"}), "macros"),
    "password.xlsx": (encrypted(), "password"),
    "entities.xlsx": (repacked(sheet1=with_doctype(BOMB)), "definitions"),
    "entities-utf-16.xlsx": (repacked(sheet1=with_doctype(BOMB, "utf-16")), "definitions"),
    "outside-entity.xlsx": (
        repacked(sheet1=with_doctype("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>")),
        "definitions",
    ),
    "entities-in-styles.xlsx": (repacked(styles=with_doctype(BOMB)), "definitions"),
    "other-encoding.xlsx": (
        repacked(workbook=with_doctype("<?xml version='1.0' encoding='cp037'?>")),
        "definitions",
    ),
    "not-xml.xlsx": (repacked(sheet1=lambda content: content[:-20]), "whole"),
    "million-rows.xlsx": (
        repacked(sheet1=lambda _: sheet(b"<row/>" * 1_000_000)),
        "too much",
    ),
    "far-row.xlsx": (
        repacked(sheet1=lambda _: sheet(b'<row r="9999999"><c r="A9999999"/></row>')),
        "headings",
    ),
    "far-column.xlsx": (
        repacked(sheet1=lambda _: sheet(b'<row r="1"><c r="ZZZ1" t="str"><v>x</v></c></row>')),
        "wider",
    ),
    "5001-rows.xlsx": (
        book_of(*((f"s{n}", *list(GOOD.values())[1:]) for n in range(5_001))),
        "below row",
    ),
    "200-columns.xlsx": (book_of(["x"] * 200), "wider"),
    "long-cell.xlsx": (book_of(["x" * 20_000]), "10000"),
    "formula.xlsx": (with_cell("=1+1"), "formula"),
    "error.xlsx": (with_cell("#N/A"), "error"),
    "nothing.xlsx": (saved(Workbook()), "empty"),
    "key-twice.xlsx": (book_of(GOOD.values(), GOOD.values()), "Rows 2 and 3"),
    "missing-column.xlsx": (book_of(["a"], header=["slug"]), "missing"),
}
