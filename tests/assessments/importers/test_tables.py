import time
from datetime import date

import pytest

from assessments.exporters.sheets import csv_file
from assessments.exporters.tables import RESOURCES
from assessments.exporters.xlsx import xlsx_file
from assessments.importers.sheets import Unreadable
from assessments.importers.tables import read_table
from tests.table_files import BAD, GOOD, HEADER, LINE, book_of, csv_of, row, with_cell


def read(name, data):
    return read_table(name, data, columns=RESOURCES.columns, key=RESOURCES.key)


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", csv_of(LINE)), ("A.XLSX", book_of(GOOD.values()))]
)
def test_it_reads_a_table(name, data):
    [only] = read(name, data)
    assert (only.number, only.cells) == (2, GOOD)


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    rows = read("a.csv", csv_of(row(purpose='"two\nlines"'), "", row(slug="b")))
    assert [row.number for row in rows] == [2, 4]


@pytest.mark.parametrize("between", [";", "\t"])
def test_other_signs_between_cells(between):
    data = csv_of(LINE).replace(b",", between.encode())
    assert read("a.csv", data)[0].cells == GOOD


def test_columns_in_any_order_and_a_byte_order_mark():
    names = sorted(GOOD, reverse=True)
    data = csv_of(",".join(GOOD[name] for name in names), header=",".join(names).upper())
    assert read("a.csv", b"\xef\xbb\xbf" + data)[0].cells == GOOD


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (3.0, "3"), (True, "yes"), (None, "")])
def test_numbers_and_answers_of_a_workbook(value, text):
    assert read("a.xlsx", with_cell(value))[0].cells["position"] == text


def test_a_date_that_a_spreadsheet_made_of_a_text_is_refused():
    with pytest.raises(Unreadable, match="Row 2, column 9 holds a date"):
        read("a.xlsx", with_cell(date(2026, 1, 2)))


def test_there_are_enough_bad_files():
    assert len(BAD) >= 60


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_at_once(name):
    data, words = BAD[name]
    started = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        read(name, data)
    assert time.perf_counter() - started < 2
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1",
        "''",
        "a,b;c",
        '"',
        "a\r\nb",
        "_x0041_",
        "\x01",
        "  x  ",
        "😀",
        "#N/A",
        "1.0",
        "007",
        "\ufeffx",
        "_xD800_",
    ],
)
def test_texts_come_back_as_they_went_out(text):
    cells = GOOD | {"purpose": text}
    for name, data in (
        ("a.csv", csv_file(RESOURCES.columns, [cells])),
        ("a.xlsx", xlsx_file(RESOURCES.columns, [cells], RESOURCES.numbers)),
    ):
        assert read(name, data)[0].cells == cells


def test_half_a_surrogate_pair_stays_as_it_is_written():
    [only] = read("a.xlsx", book_of((GOOD | {"name": "_xD800_"}).values()))
    assert only.cells["name"] == "_xD800_"
    assert HEADER.startswith("slug")
