from decimal import Decimal

import pytest

from assessments.importers.onet_tables import Refused
from assessments.importers.projections import read_projections
from tests.bls_files import COLUMNS, PROSPECTS, book, csv_text, projections


def read(folder, text=None):
    return read_projections(projections(folder, text))


def refusal(folder, text):
    with pytest.raises(Refused) as refused:
        read(folder, text)
    return "\n".join(map(str, refused.value.problems))


def test_it_works(tmp_path):
    edition = read(tmp_path)
    assert edition.name == "Employment Projections 2021–31"
    assert edition.period == "2021–31"
    analysts = edition.rows["15-2031"]
    assert analysts.growth == Decimal("23.2")
    assert (analysts.base_year, analysts.target_year) == (2021, 2031)
    assert (analysts.employment_then, analysts.employment_later) == (
        Decimal("104.2"),
        Decimal("128.3"),
    )
    assert (analysts.openings, analysts.education) == (Decimal("10.3"), "Bachelor's degree")


def test_the_title_stands_without_its_examples(tmp_path):
    rows = read(tmp_path).rows
    assert rows["15-2031"].title == "Operations research analysts"
    assert rows["15-1299"].title == "Computer occupations, all other"


def test_thousands_and_falls(tmp_path):
    rows = read(tmp_path).rows
    assert rows["15-1299"].employment_then == Decimal("1408.2")
    assert rows["27-2011"].growth == Decimal("-9.7")


def test_rows_that_sum_up_others_are_left_out(tmp_path):
    """But not a group of which the table gives no parts."""
    assert sorted(read(tmp_path).rows) == ["13-1020", "15-1299", "15-2031", "27-2011"]


def test_other_years_come_from_the_headings(tmp_path):
    header = [name.replace("2021", "2023").replace("2031", "2033") for name in COLUMNS]
    edition = read(tmp_path, csv_text(*PROSPECTS, header=header))
    assert edition.name == "Employment Projections 2023–33"
    assert edition.rows["15-2031"].target_year == 2033


def test_headings_are_known_by_how_they_begin(tmp_path):
    header = [f"{name} (thousands)" if "Employment 20" in name else name for name in COLUMNS]
    edition = read(tmp_path, csv_text(*PROSPECTS, header=header))
    assert edition.rows["15-2031"].employment_later == Decimal("128.3")


def test_columns_may_stand_in_another_order(tmp_path):
    header = [*COLUMNS[8:], *COLUMNS[:8]]
    cells = '"Bachelor\'s degree",3,None,4,None,6,Analysts,15-2031,104.2,128.3,24.2,23.2,10.3,82360'
    row = read(tmp_path, csv_text(cells, header=header)).rows["15-2031"]
    assert (row.growth, row.openings, row.title) == (Decimal("23.2"), Decimal("10.3"), "Analysts")


def test_not_available_is_none(tmp_path):
    text = csv_text(PROSPECTS[0].replace('"23.2"', '"N/A"').replace("Bachelor's degree", "N/A"))
    row = read(tmp_path, text).rows["15-2031"]
    assert row.growth is None
    assert row.education == ""


def test_a_mark_of_the_byte_order_and_a_missing_last_line_break_do_not_matter(tmp_path):
    text = "\ufeff" + csv_text().rstrip("\r\n")
    assert read(tmp_path, text) == read(tmp_path)


def test_a_note_below_the_table_is_no_row(tmp_path):
    text = csv_text() + "\r\nSource: Employment Projections program.\r\n"
    assert read(tmp_path, text) == read(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"=""15-2031"""', '"15.2031"', "“15.2031” is no SOC code. It must look like 15-2031."),
        ('"23.2"', '">=23"', "Employment percent change is “>=23”. It must be a number from -100"),
        ('"23.2"', '"23.25"', "with at most 1 decimals"),
        ('"10.3"', '"-1"', "Occupational openings is “-1”"),
        ('"104.2"', '"1,04.2"', "Employment is “1,04.2”"),
        ('"Operations research analysts    * Operations Analyst* Process Analyst"', '" "', "empty"),
        ("Bachelor's degree", "Bach\u200elor", "U+200E LEFT-TO-RIGHT MARK"),
        ("Bachelor's degree", "B" * 121, "has more than 120 characters"),
        (',"82,360"', ",82,360", "There are 15 cells below 14 headings."),
        (',"6"', "", "There are 13 cells below 14 headings."),
    ],
)
def test_a_bad_row_is_named(tmp_path, old, new, message):
    text = refusal(tmp_path, csv_text(PROSPECTS[2], PROSPECTS[0].replace(old, new)))
    assert text.startswith("Employment Projections.csv:3: ")
    assert message in text


def test_the_row_number_counts_lines_of_the_file(tmp_path):
    split = PROSPECTS[2].replace("* Actress", "* Act\nress")
    text = csv_text(split, PROSPECTS[0].replace('"23.2"', '"x"'))
    assert "csv:4: Employment percent change is “x”" in refusal(tmp_path, text)


def test_an_occupation_that_stands_there_twice_is_refused(tmp_path):
    text = refusal(tmp_path, csv_text(PROSPECTS[0], PROSPECTS[0]))
    assert "csv:3: 15-2031 stands in row 2 already." in text


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (COLUMNS[1:], "No column begins with “Occupation title”."),
        ((*COLUMNS, "Occupation Code"), "several columns that begin with “Occupation code”"),
        ([name.replace("Employment 2031", "") for name in COLUMNS], "for each of two years"),
        (
            [name.replace("Change, 2021-2031", "Change, 2020-2030") for name in COLUMNS],
            "is about other years than 2021 and 2031",
        ),
    ],
    ids=["missing", "twice", "one year", "other years"],
)
def test_headings_that_do_not_do_are_refused(tmp_path, header, message):
    text = refusal(tmp_path, csv_text(header=header))
    assert message in text
    assert "csv:1: " in text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html>Access Denied</html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        (book(), "This is no CSV file."),
        (b"  ", "It is empty."),
        (csv_text().encode("utf-16"), "UTF-16"),
        (csv_text().encode()[:-40], "quotation mark that is not closed"),
        (b"a" * (6 * 1024 * 1024), "too large"),
    ],
    ids=["web page", "pointer", "workbook", "empty", "utf-16", "cut off", "large"],
)
def test_what_is_no_such_table_is_refused_with_the_reason(tmp_path, data, message):
    path = tmp_path / "projections.csv"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_projections(path)
    assert message in str(refused.value.problems[0])
