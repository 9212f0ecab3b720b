from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Occupation, Release, RoleVersion
from tests.onet_files import ANALYST, LABORER, replaced, tables, write_folder, write_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def import_onet(tmp_path):
    def run(release, *options):
        path = write_zip(tmp_path / "db_29_2_text.zip", release)
        out = StringIO()
        call_command("import_onet", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def without(release, code):
    return {table: [line for line in lines if code not in line] for table, lines in release.items()}


def test_it_says_what_it_will_do_and_does_it(import_onet):
    said = import_onet(tables())
    assert "O*NET 29.2 (February 2025): 5 occupations, 2 of them rated on 5 skills" in said
    assert "Created: 5\n  15-1252.00 Software Developers\n" in said
    assert "Changed: 0\nUnchanged: 0\nRemoved: 0\n" in said
    assert said.endswith("Written: O*NET 29.2.\n")
    assert Occupation.objects.count() == 5


def test_a_folder_is_as_good_as_a_zip(tmp_path):
    call_command("import_onet", str(write_folder(tmp_path / "r", tables())), stdout=StringIO())
    assert Occupation.objects.count() == 5


def test_a_dry_run_says_the_same_and_writes_nothing(import_onet):
    said = import_onet(tables(), "--dry-run")
    assert "Created: 5" in said
    assert said.endswith("Nothing was written (--dry-run).\n")
    assert not Occupation.objects.exists()
    assert not Release.objects.exists()


def test_the_second_time_it_changes_nothing(import_onet, django_assert_max_num_queries):
    import_onet(tables())
    before = Release.objects.get().imported_at
    with django_assert_max_num_queries(15):
        said = import_onet(tables())
    assert said.startswith("O*NET 29.2 is here already, unchanged.\n")
    assert Release.objects.get().imported_at == before


def test_a_new_release_says_what_changes(import_onet):
    import_onet(tables())
    release = without(replaced(tables(), "Skills", "3.49", "3.51"), LABORER)
    said = import_onet(release)
    assert f"Changed: 1\n  {ANALYST} Operations Research Analysts\n" in said
    assert "Unchanged: 3\nRemoved: 1\n  Construction Laborers\n" in said
    assert "1 occupation that is here gets a new version" in said


def test_a_release_of_the_same_content_only_changes_its_name(import_onet):
    import_onet(tables())
    said = import_onet(replaced(tables(), "Read Me", "29.2", "29.3"))
    assert "Unchanged: 5" in said
    assert "Nothing changes but the name of the release." in said
    assert Release.objects.get().name == "O*NET 29.3"
    assert RoleVersion.objects.count() == 5


def test_the_threshold_is_an_option(import_onet):
    import_onet(tables())
    said = import_onet(tables(), "--importance", "2.99")
    assert f"Changed: 1\n  {LABORER} Construction Laborers\n" in said
    assert Release.objects.get().details["importance"] == "2.99"
    assert RoleVersion.objects.filter(number=2).count() == 1


@pytest.mark.parametrize("value", ["0.9", "5.1", "nan", "much"])
def test_a_threshold_that_cannot_be_is_refused(import_onet, value):
    with pytest.raises(CommandError, match="a number from 1 to 5"):
        import_onet(tables(), "--importance", value)


def test_what_does_not_join_is_listed_but_not_without_end(import_onet):
    rows = [f"99-{n}.00\t5\t08/2023\tAnalyst" for n in range(1000, 1505)]
    release = tables()
    said = import_onet(release | {"Job Zones": [*release["Job Zones"], *rows]}, "--dry-run")
    assert "does not list the occupation: 505\n  Job Zones.txt:4: " in said
    assert "\n  Job Zones.txt:503: 99-1499.00\n" in said
    assert "… and 5 more" in said


def test_a_bad_release_writes_nothing_and_says_everything(import_onet):
    release = replaced(tables(), "Skills", "4.50", "many")
    release = replaced(release, "Job Zones", "\t5\t", "\t7\t")
    with pytest.raises(CommandError) as refused:
        import_onet(release)
    first, *problems = str(refused.value).splitlines()
    assert first == "Nothing was written."
    assert [problem.split(": ")[0] for problem in problems] == ["Skills.txt:2", "Job Zones.txt:2"]
    assert not Release.objects.exists()


def test_a_web_page_named_zip_is_refused(tmp_path):
    path = tmp_path / "db_29_2_text.zip"
    path.write_text("<html>Access Denied</html>")
    with pytest.raises(CommandError, match="is a web page"):
        call_command("import_onet", str(path))


def test_the_attribution_names_the_release(import_onet):
    import_onet(tables())
    said = Release.objects.get().details["attribution"]
    for word in ("O*NET 29.2 Database", "USDOL/ETA", "CC BY 4.0", "modified", "trademark"):
        assert word in said
