import zipfile
from decimal import Decimal

import pytest

from assessments.importers.oews import read_oews
from assessments.importers.onet_tables import Refused
from tests.bls_files import ACTORS, ANALYSTS, EXECUTIVES, HEADER, TOTAL, WAGES, archive, book, oews

WEB_PAGE = b"<!DOCTYPE html><html><body>Access Denied</body></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 291056\n"


def read(folder, data=None, name="oesm24nat.zip"):
    return read_oews(oews(folder, data, name))


def refusal(folder, data, name="national_M2024_dl.xlsx"):
    with pytest.raises(Refused) as refused:
        read(folder, data, name)
    return "\n".join(map(str, refused.value.problems))


def test_it_works(tmp_path):
    edition = read(tmp_path)
    assert (edition.name, edition.period) == ("OEWS May 2024", "May 2024")
    analysts = edition.rows["15-2031"]
    assert (analysts.title, analysts.employment) == ("Operations Research Analysts", 107000)
    assert (analysts.annual_10, analysts.annual_median, analysts.annual_90) == (
        53000,
        91000,
        159000,
    )
    assert (analysts.hourly_25, analysts.hourly_mean) == (Decimal("32.00"), Decimal("47.50"))
    assert analysts.at_least == ()


def test_the_archive_and_the_workbook_in_it_say_the_same(tmp_path):
    assert read(tmp_path) == read(tmp_path, book(), "national_M2024_dl.xlsx")


def test_only_single_occupations_are_taken(tmp_path):
    """15-2031 stands there twice, as a group too."""
    edition = read(tmp_path)
    assert sorted(edition.rows) == ["11-1011", "11-1031", "15-1299", "15-2031", "27-2011"]
    assert edition.rows["15-2031"].annual_median == 91000


def test_a_ceiling_is_the_figure_in_the_notes(tmp_path):
    executives = read(tmp_path).rows["11-1011"]
    assert (executives.annual_90, executives.hourly_75) == (239200, Decimal("115.00"))
    assert executives.at_least == ("annual_75", "annual_90", "hourly_75", "hourly_90")
    assert executives.annual_median == 91000


def test_another_release_has_another_ceiling(tmp_path):
    notes = ["# = indicates a wage equal to or greater than $100.00 per hour or $208,000 per year"]
    edition = read(tmp_path, book(notes=notes), "national_M2019_dl.xlsx")
    assert edition.rows["11-1011"].annual_90 == 208000


def test_the_notes_may_be_in_a_workbook_of_their_own(tmp_path):
    data = archive(national_M2019_dl=book(notes=()), field_descriptions=book(sheet="Notes"))
    assert read(tmp_path, data).rows["11-1011"].annual_90 == 239200


def test_a_ceiling_that_nobody_explains_is_refused(tmp_path):
    text = refusal(tmp_path, book(EXECUTIVES, notes=()))
    assert "national_M2024_dl.xlsx:2: H_PCT75 is #" in text
    assert "Field Descriptions" in text


def test_without_ceilings_no_note_is_needed(tmp_path):
    assert read(tmp_path, book(ANALYSTS, notes=()), "a.xlsx").details == {}


def test_what_is_not_published_is_none_and_never_zero(tmp_path):
    rows = read(tmp_path).rows
    assert rows["11-1011"].employment is None
    assert rows["27-2011"].annual_median is rows["11-1031"].hourly_median is None
    assert rows["27-2011"].hourly_median == Decimal("43.89")
    assert rows["11-1031"].annual_mean == 99000


def test_columns_may_stand_in_another_order_and_case(tmp_path):
    header = [name.lower() for name in reversed(HEADER)]
    rows = [{name.lower(): value for name, value in row.items()} for row in WAGES]
    data = book(*rows, header=header)
    assert read(tmp_path, data, "a.xlsx").rows == read(tmp_path).rows


@pytest.mark.parametrize(
    ("sheet", "name", "period"),
    [
        ("national_M2023_dl", "a.xlsx", "May 2023"),
        ("Sheet1", "national_M2019_dl.xlsx", "May 2019"),
        ("Sheet1", "a.xlsx", "May 2024"),
    ],
    ids=["sheet", "file", "notes"],
)
def test_the_period_is_read(tmp_path, sheet, name, period):
    assert read(tmp_path, book(sheet=sheet), name).period == period


def test_without_any_period_it_is_refused(tmp_path):
    text = refusal(tmp_path, book(ANALYSTS, sheet="Sheet1", notes=()), "a.xlsx")
    assert "of which May" in text


# --- what is wrong with a row ---


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"OCC_CODE": "152031"}, "“152031” is no SOC code. It must look like 15-2031."),
        ({"OCC_TITLE": None}, "The title is empty."),
        ({"OCC_TITLE": "Act\u202eors"}, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ({"O_GROUP": "detail"}, "O_GROUP is “detail”. It must be one of: total"),
        ({"A_MEDIAN": "N/A"}, "A_MEDIAN is “N/A”. It must be a number from 0 to 10000000"),
        ({"A_MEDIAN": 91000.5}, "without decimals"),
        ({"H_MEDIAN": 43.891}, "with at most 2 decimals"),
        ({"A_MEDIAN": -1}, "A_MEDIAN is “-1”"),
        ({"TOT_EMP": "=1+1"}, "TOT_EMP is “=1+1”"),
        ({"A_PCT90": 100}, "A_PCT90 is below A_PCT75."),
        ({"AREA_TYPE": "2"}, "AREA_TYPE is “2”: this is not the table of the whole country."),
        ({"I_GROUP": "sector"}, "I_GROUP is “sector”: this is not the table"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_bad_row_is_named(tmp_path, changes, message):
    text = refusal(tmp_path, book(ACTORS, ANALYSTS | changes))
    assert "national_M2024_dl.xlsx:3: " in text
    assert message in text


def test_every_bad_row_is_named(tmp_path):
    text = refusal(tmp_path, book(ANALYSTS | {"A_MEAN": "x"}, ACTORS | {"H_MEAN": "y"}))
    assert "dl.xlsx:2: A_MEAN is “x”" in text
    assert "dl.xlsx:3: H_MEAN is “y”" in text


def test_numbers_may_be_texts_with_separators(tmp_path):
    edition = read(tmp_path, book(ANALYSTS | {"TOT_EMP": "107,000"}), "a.xlsx")
    assert edition.rows["15-2031"].employment == 107000


def test_an_occupation_that_stands_there_twice_is_refused(tmp_path):
    text = refusal(tmp_path, book(ANALYSTS, ANALYSTS))
    assert "dl.xlsx:3: 15-2031 stands in row 2 already." in text


def test_a_thousand_bad_rows_are_not_all_told(tmp_path):
    text = refusal(tmp_path, book(*[ANALYSTS | {"OCC_CODE": "x"}] * 200))
    assert text.count("\n") == 50
    assert "too many problems" in text


# --- what is wrong with the file ---


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (WEB_PAGE, "oesm24nat.zip", "oesm24nat.zip is a web page"),
        (POINTER, "national_M2024_dl.xlsx", "is a pointer of Git LFS"),
        (b"", "oesm24nat.zip", "It is empty."),
        (
            b"PK\x03\x04 cut off",
            "oesm24nat.zip",
            "neither a whole zip archive nor a whole workbook",
        ),
        (b"15-2031,Analysts", "a.xlsx", "neither a whole zip archive nor a whole workbook"),
        (archive(), "a.zip", "holds no workbook"),
        (archive(a=book(), b=book()), "a.zip", "holds several workbooks: 'a.xlsx', 'b.xlsx'"),
        (archive(state_M2024_dl=book()), "a.zip", "is not the table of the whole country"),
        (archive(national_M2024_dl=b"PK"), "a.zip", "This is not a whole workbook"),
        (book(*[ANALYSTS] * 5001), "a.xlsx", "goes down below row 5001"),
        (book(TOTAL), "a.xlsx", "No row is about a single"),
    ],
    ids=[
        "web page",
        "pointer",
        "empty",
        "cut off",
        "not a workbook",
        "empty archive",
        "several",
        "states",
        "broken inside",
        "long",
        "groups only",
    ],
)
def test_what_is_no_such_table_is_refused_with_the_reason(tmp_path, data, name, message):
    assert message in refusal(tmp_path, data, name)


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(Refused, match="1 problems") as refused:
        read_oews(tmp_path / "nothing.zip")
    assert "nothing.zip: It cannot be read: No such file" in str(refused.value.problems[0])


def test_figures_on_another_sheet_are_refused(tmp_path):
    text = refusal(
        tmp_path, book({"Field": "a_mean"}, header=["Field"], sheet="Field Descriptions")
    )
    assert "The first sheet, “Field Descriptions”, has no column OCC_CODE" in text


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    text = refusal(tmp_path, book(header=(*HEADER, "A_MEAN")))
    assert "A_MEAN is there twice" in text


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    zeros = archive(national_M2024_dl=bytes(30 * 1024 * 1024))
    assert len(zeros) < 100_000
    assert "unpacks to more than 20 MB" in refusal(tmp_path, zeros, "oesm24nat.zip")


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path):
    file = oews(tmp_path, book(), "a.xlsx")
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("xl/more.xml", b" " * (19 * 1024 * 1024))
    assert "unpacks to too much" in refusal(tmp_path, file.read_bytes(), "b.xlsx")
