"""import_oews and import_projections: what they say, and what is there afterwards."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.actions import importing
from assessments.management import import_statistics
from assessments.models import Outlook, Release, Wage
from tests.bls_files import ACTORS, ANALYSTS, archive, book, csv_text, oews, projections
from tests.factories import OccupationFactory

pytestmark = pytest.mark.django_db


def run(command, path, *options):
    out, errors = StringIO(), StringIO()
    call_command(command, str(path), *options, stdout=out, stderr=errors)
    assert errors.getvalue() == ""
    return out.getvalue()


def test_it_says_what_it_will_do_and_does_it(tmp_path):
    said = run("import_oews", oews(tmp_path))
    assert said.startswith("OEWS May 2024: 5 occupations.\n  created    5\n  changed    0\n")
    assert said.endswith("Written.\n")
    assert Wage.objects.count() == 5


def test_projections_too(tmp_path):
    said = run("import_projections", projections(tmp_path))
    assert said.startswith("Employment Projections 2021–31: 4 occupations.\n")
    assert Outlook.objects.count() == 4


@pytest.mark.parametrize("command", ["import_oews", "import_projections"])
def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path, command):
    path = (oews if command == "import_oews" else projections)(tmp_path)
    said = run(command, path, "--dry-run")
    assert "created    " in said
    assert said.endswith("Nothing was written (--dry-run).\n")
    assert not Release.objects.exists()
    assert not Wage.objects.exists()
    assert not Outlook.objects.exists()


@pytest.mark.parametrize("command", ["import_oews", "import_projections"])
def test_the_second_time_it_changes_nothing(tmp_path, command):
    path = (oews if command == "import_oews" else projections)(tmp_path)
    run(command, path)
    said = run(command, path)
    assert "created    0\n  changed    0\n" in said
    assert "removed    0\n" in said
    assert said.endswith("Nothing to change.\n")


def test_changes_are_told_figure_by_figure(tmp_path):
    run("import_oews", oews(tmp_path))
    changed = ANALYSTS | {"A_MEDIAN": 95000, "TOT_EMP": "**"}
    said = run("import_oews", oews(tmp_path, archive(national_M2025_dl=book(changed))))
    assert "over OEWS May 2024." in said
    assert "15-2031 Operations Research Analysts: annual_median 91000 → 95000" in said
    assert "employment 107000 → not published" in said
    assert "removed    4\n    11-1011 Chief Executives\n" in said


def test_what_does_not_join_is_listed_both_ways(tmp_path):
    OccupationFactory(code="15-2031.00", title="Operations Research Analysts")
    OccupationFactory(code="55-1011.00", title="Air Crew Officers")
    said = run("import_oews", oews(tmp_path))
    assert "Joined to 1 occupations." in said
    assert "Occupations here without a figure: 1\n    55-1011.00 Air Crew Officers\n" in said
    assert "Rows of no occupation here: 4\n    11-1011 Chief Executives\n" in said


def test_without_occupations_it_says_what_is_to_come(tmp_path):
    assert "once import_onet has run" in run("import_oews", oews(tmp_path))


def test_every_bad_row_is_named_and_nothing_is_written(tmp_path):
    data = archive(national_M2024_dl=book(ANALYSTS | {"A_MEAN": "x"}, ACTORS | {"H_MEAN": "y"}))
    with pytest.raises(CommandError) as refused:
        run("import_oews", oews(tmp_path, data))
    lines = str(refused.value).splitlines()
    assert lines[0] == "Nothing was written."
    assert lines[1].startswith("national_M2024_dl.xlsx:2: A_MEAN is “x”.")
    assert any(one.startswith("national_M2024_dl.xlsx:3: H_MEAN is “y”.") for one in lines)
    assert not Wage.objects.exists()


def test_a_bad_row_of_the_projections_is_named(tmp_path):
    path = projections(tmp_path, csv_text().replace('"23.2"', '"much"'))
    with pytest.raises(CommandError, match=r"Projections.csv:4: Employment percent change is"):
        run("import_projections", path)


def test_a_second_import_at_the_same_time_is_refused(tmp_path, monkeypatch):
    def busy():
        raise importing.Busy("Another import is running.")

    monkeypatch.setattr(import_statistics, "one_import", busy)
    with pytest.raises(CommandError, match=r"^Another import is running\.$"):
        run("import_oews", oews(tmp_path))
    assert not Wage.objects.exists()
