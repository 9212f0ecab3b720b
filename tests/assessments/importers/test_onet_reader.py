from dataclasses import replace
from decimal import Decimal

import pytest

from assessments.domain.onet import Rating
from assessments.importers.onet_reader import read_release
from assessments.importers.onet_tables import MOST_PROBLEMS, Refused
from tests.onet_files import (
    ANALYST,
    DEVELOPER,
    EDUCATION,
    INFANTRY,
    LABORER,
    MATHEMATICS,
    MEDIA,
    OTHERS,
    PROGRAMMING,
    TRANSPORTATION,
    newer_layout,
    rating,
    replaced,
    tables,
    write_folder,
)


@pytest.fixture
def read(tmp_path):
    def reading(release, end="\r\n"):
        return read_release(write_folder(tmp_path / "release", release, end))

    return reading


@pytest.fixture
def problems(read):
    def found(release):
        with pytest.raises(Refused) as refused:
            read(release)
        return [str(problem) for problem in refused.value.problems]

    return found


def with_row(table, *rows):
    release = tables()
    return release | {table: [*release[table], *rows]}


def test_a_release_is_read_whole(read):
    found = read(tables())
    assert (found.name, found.period) == ("O*NET 29.2", "February 2025")
    assert list(found.occupations) == sorted([ANALYST, DEVELOPER, OTHERS, LABORER, INFANTRY])
    assert list(found.elements)[-2:] == [MEDIA, TRANSPORTATION]
    assert found.elements[MATHEMATICS].anchors[0] == (2, "A little of mathematics")
    assert (found.not_joined, found.notes) == ((), ())


def test_an_occupation_has_everything_that_the_tables_say(read):
    analyst = read(tables()).occupations[ANALYST]
    assert analyst.zone == 5
    assert analyst.tasks == ("Make models.", "Tell managers about it.")
    assert [one.name for one in analyst.technologies] == ["Python", "SPSS"]
    assert [to for to, _tier in analyst.related] == [DEVELOPER, OTHERS]
    assert len(analyst.shares) == 12
    assert analyst.ratings[0] == Rating(MATHEMATICS, Decimal("4.50"), Decimal("5.50"))
    assert analyst.ratings[-1].imprecise


def test_n_a_is_no_value_and_no_warning(read):
    laborer = read(tables()).occupations[LABORER]
    by_element = {one.element: one for one in laborer.ratings}
    assert not by_element[PROGRAMMING].relevant
    assert not by_element[MEDIA].imprecise
    assert by_element[MEDIA].imprecise_importance


def test_quotation_marks_are_characters_like_others(read):
    assert read(tables()).occupations[DEVELOPER].description.startswith('Write and "test')


def test_a_title_that_stands_there_twice_is_one(read):
    assert read(tables()).occupations[DEVELOPER].titles == ("Programmer",)


def test_line_ends_and_the_last_one_do_not_matter(read, tmp_path):
    first = read(tables())
    folder = write_folder(tmp_path / "other", tables(), "\n")
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    assert replace(read_release(folder), sha256=first.sha256) == first


def test_columns_are_found_by_name(read):
    release = tables()
    turned = ["\t".join(reversed(line.split("\t"))) for line in release["Skills"]]
    wider = [f"{line}\tmore" for line in turned]
    assert read(release | {"Skills": wider}).occupations == read(release).occupations


def test_a_release_from_before_the_in_demand_column(read):
    release = tables()
    shorter = [line.rpartition("\t")[0] for line in release["Technology Skills"]]
    found = read(release | {"Technology Skills": shorter}).occupations[ANALYST].technologies
    assert [(one.hot, one.in_demand) for one in found] == [(True, False), (False, False)]


def test_a_release_from_after_the_tables_were_renamed(read):
    assert read(newer_layout(tables())).occupations == read(tables()).occupations


def test_decimal_anchors_go_to_the_nearest_level_and_the_first_stays(read):
    old = f"{MATHEMATICS}\tMathematics\tLV\t"
    release = replaced(tables(), "Level Scale Anchors", f"{old}2\t", f"{old}3.5\t")
    found = read(release)
    assert found.elements[MATHEMATICS].anchors == (
        (4, "A little of mathematics"),
        (6, "A great deal of mathematics"),
    )
    assert found.notes == ("Level Scale Anchors.txt:3: 2.A.1.e has an anchor at level 4 already.",)


def test_rows_of_unknown_occupations_are_listed_and_left_out(read):
    found = read(with_row("Job Zones", "99-9999.00\t5\t08/2023\tAnalyst"))
    assert found.not_joined == ("Job Zones.txt:4: 99-9999.00",)
    found = read(with_row("Related Occupations", f"{ANALYST}\t99-9999.01\tSupplemental\t9"))
    assert found.not_joined == ("Related Occupations.txt:4: 99-9999.01",)
    assert len(found.occupations[ANALYST].related) == 2
    found = read(with_row("Skills", *rating("99-9999.00", MATHEMATICS, "4", "4")))
    assert found.not_joined == ("Skills.txt:10: 99-9999.00, and in 1 more rows",)


def test_a_category_that_nobody_knows_is_worth_a_look(read):
    release = replaced(tables(), f"{EDUCATION} Categories", "Bachelor's Degree", "Apprenticeship")
    found = read(release)
    assert found.notes[0].startswith(f"{EDUCATION} Categories.txt:7: “Apprenticeship”")


def test_a_release_from_before_related_occupations(read):
    release = tables()
    del release["Related Occupations"]
    found = read(release)
    assert found.occupations[ANALYST].related == ()
    assert found.notes[0].startswith("Related Occupations.txt is missing")


def test_an_older_table_of_related_occupations(read):
    release = tables()
    lines = [line.split("\t") for line in release.pop("Related Occupations")]
    matrix = ["\t".join([code, to, index]) for code, to, _tier, index in lines]
    found = read(release | {"Career Changers Matrix": matrix})
    assert found.occupations[ANALYST].related == ((DEVELOPER, ""), (OTHERS, ""))


def test_of_many_tasks_the_first_thirty_stay_and_core_ones_are_first(read):
    more = [f"{ANALYST}\t{n}\tTask {n}.\tCore\t9\t08/2023\tX" for n in range(10, 50)]
    tasks = read(with_row("Task Statements", *more)).occupations[ANALYST].tasks
    assert (tasks[:2], len(tasks)) == (("Make models.", "Task 10."), 30)
    assert "Tell managers about it." not in tasks


def test_an_occupation_is_not_related_to_itself(read):
    found = read(with_row("Related Occupations", f"{ANALYST}\t{ANALYST}\tX\t1"))
    assert [to for to, _tier in found.occupations[ANALYST].related] == [DEVELOPER, OTHERS]


def test_of_two_questionnaires_the_later_counts(read):
    old = f"{ANALYST}\t2.D.1\tEducation\tRL\t6\t45.20\t20\t1\t1\t9\tN\t08/2023"
    later = old.replace("45.20", "100.00").replace("RL", "RQ").replace("08/2023", "01/2024")
    release = with_row(EDUCATION, f"{later}\tIncumbent")
    release["Scales Reference"] = [*release["Scales Reference"], "RQ\tEducation Asked\t0\t100"]
    categories = f"{EDUCATION} Categories"
    release[categories] = [*release[categories], "2.D.1\tEducation\tRQ\t6\tBachelor's Degree"]
    [share] = read(release).occupations[ANALYST].shares
    assert (share.category, share.percent) == (6, Decimal(100))


# --- What is refused, where, and why -------------------------------------------------------------

BAD_ROWS = [
    ("Skills", rating(DEVELOPER, "2.A.1.e", "9", "1")[0], "Data Value is “9”. It must be a number"),
    ("Skills", rating(ANALYST, "2.A.1.e", "1", "1")[0], "stands in line 2 already"),
    ("Skills", rating(ANALYST, "9.Z", "1", "1")[0], "“9.Z” is not in Content Model Reference"),
    ("Skills", rating("15-2031", "2.A.1.e", "1", "1")[0], "“15-2031” is no O*NET-SOC code"),
    ("Skills", f"{ANALYST}\t2.A", "2 cells below 13 headings"),
    ("Skills", rating(DEVELOPER, "2.A.1.e", "four", "1")[0], "“four”. It must be a number from 1"),
    ("Skills", rating(DEVELOPER, "2.A.1.e", "1e9", "1")[0], "“1e9”. It must be a number"),
    (
        "Skills",
        rating(DEVELOPER, "2.A.1.e", "1", "1", suppress_im="?")[0],
        "Recommend Suppress is “?”. It must be Y, N or n/a.",
    ),
    ("Skills", rating(DEVELOPER, "2.A.1.e", "1", "1")[0].replace("IM", "ZZ"), "scale “ZZ” is not"),
    ("Knowledge", rating(DEVELOPER, "2.A.1.e", "1", "1")[0], "among the skills and the knowledge"),
    ("Occupation Data", f"{ANALYST}\tAgain\tAgain.", f"{ANALYST} stands in line 2 already"),
    ("Occupation Data", "15-9999.00\t\tNo title.", "Title is empty"),
    ("Occupation Data", "15-9999.00\tA\u202eB\tTurned.", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("Occupation Data", "15-9999.00\tA\x00B\tCut.", "U+0000"),
    ("Content Model Reference", "2.A\tBasic\tAgain.", "“2.A” stands in line 2 already"),
    ("Job Zones", f"{DEVELOPER}\t4\t08/2023\tAnalyst", "job zone 4 is not in Job Zone Reference"),
    ("Job Zones", f"{ANALYST}\t5\t08/2023\tAnalyst", f"{ANALYST} stands in line 2 already"),
    ("Task Statements", f"{ANALYST}\t1\tAgain.\tCore\t9\t08/2023\tX", "stands in line 2 already"),
    ("Technology Skills", f"{ANALYST}\tX\t1\tSoftware\tmaybe\tN", "Hot Technology is “maybe”"),
    ("Related Occupations", f"{ANALYST}\t{OTHERS}\tX\t3", "stands in line 2 already"),
    ("Related Occupations", f"{ANALYST}\t{LABORER}\tX\tlast", "Index is “last”"),
    ("Level Scale Anchors", f"{MEDIA}\tMedia\tLV\t8\tToo much", "from 0 to 7"),
    ("Scales Reference", "LV\tLevel\t0\t7", "This scale is there twice"),
]


@pytest.mark.parametrize(("table", "row", "said"), BAD_ROWS)
def test_a_bad_row_is_named_with_file_and_line(problems, table, row, said):
    release = with_row(table, row)
    found = problems(release)
    assert found[-1].startswith(f"{table}.txt:{len(release[table])}: ")
    assert said in found[-1]


NEEDED = [name for name in tables() if name not in ("Read Me", "Related Occupations")]


@pytest.mark.parametrize("table", NEEDED)
def test_a_missing_table_is_named(problems, table):
    release = tables()
    del release[table]
    assert any(f"“{table}.txt”" in problem for problem in problems(release))


@pytest.mark.parametrize("table", [name for name in tables() if name != "Read Me"])
def test_a_missing_column_is_named(problems, table):
    release = tables()
    header, *rows = release[table]
    column = header.split("\t")[2 if table == "Technology Skills" else 1]
    column = {"Element Name": "Scale ID", "Short Title": "Alternate Title"}.get(column, column)
    if "Element ID" in header:
        column = "Scale ID" if "Scale ID" in header else "Element ID"
    if table == "Technology Skills":
        column = "Example"
    release[table] = [header.replace(column, "Something"), *rows]
    assert any(
        problem.startswith(f"{table}.txt:1: The column “{column}” is missing")
        for problem in problems(release)
    )


@pytest.mark.parametrize("column", ["Title", "Scale Name"])
def test_tables_that_somebody_converted_are_refused(problems, column):
    release = tables()
    header, *rows = release["Skills"]
    converted = [f"{header}\t{column}", *(f"{row}\tsomething" for row in rows)]
    [problem] = problems(release | {"Skills": converted})
    assert problem.startswith(f"Skills.txt:1: There is a column “{column}”")
    assert "converted" in problem


@pytest.mark.parametrize(
    ("scale", "instead", "said"),
    [
        ("LV\tLevel\t0\t7", "LV\tLevel\t0\t100", "The scale LV goes from 0 to 100"),
        ("IM\tImportance\t1\t5", "IM\tImportance\t0\t100", "The scale IM goes from 0 to 100"),
        ("LV\tLevel\t0\t7", "XX\tLevel\t0\t7", "The scale LV is missing"),
    ],
)
def test_scales_that_cannot_be_held_are_refused(problems, scale, instead, said):
    [problem] = problems(replaced(tables(), "Scales Reference", scale, instead))
    assert said in problem


def test_a_shorter_scale_is_read_from_the_release(read):
    release = replaced(tables(), "Scales Reference", "LV\tLevel\t0\t7", "LV\tLevel\t0\t6.0")
    release = replaced(release, "Knowledge", "LV\t6.12", "LV\t5.90")
    assert read(release).level.high == 6


@pytest.mark.parametrize("line", [0, 1])
def test_a_read_me_that_names_no_release_is_refused(problems, line):
    release = tables()
    release["Read Me"] = [*release["Read Me"]]
    release["Read Me"][line] = "Something else"
    [problem] = problems(release)
    assert problem.startswith(f"Read Me.txt:{line + 1}: The first two lines must name")


def test_all_that_is_wrong_is_told_at_once_up_to_a_limit(problems):
    release = with_row("Skills", *(f"{ANALYST}\tx" for _ in range(2)))
    release["Knowledge"] = [*release["Knowledge"], f"{ANALYST}\tx"]
    assert len(problems(release)) == 3
    found = problems(with_row("Skills", *(f"{ANALYST}\tx" for _ in range(100))))
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].endswith("There are too many problems to go on.")


def test_everything_read_is_told_to_who_shows_the_progress(tmp_path):
    told = []
    path = write_folder(tmp_path / "r", tables())
    read_release(path, on_read=lambda name, size: told.append((name, size)))
    assert dict(told)["Skills"] == (path / "Skills.txt").stat().st_size
    assert set(dict(told)) == set(tables()) - {"Read Me"}
