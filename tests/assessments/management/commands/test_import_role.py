from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Requirement, Role, RoleVersion, Skill
from tests.factories import SkillFactory
from tests.role_files import TINY, tiny

pytestmark = pytest.mark.django_db


@pytest.fixture
def import_role(tmp_path):
    def run(content=TINY, *options):
        path = tmp_path / "role.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = StringIO()
        call_command("import_role", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def test_it_works(import_role):
    assert "Tester is new: 1 requirements, 2 skills, 1 resources." in import_role()
    assert Role.objects.get(slug="tester").requirements.count() == 1
    assert not RoleVersion.objects.exists()


def test_the_second_time_it_writes_nothing(import_role):
    import_role(TINY, "--publish")
    with CaptureQueriesContext(connection) as queries:
        said = import_role(TINY, "--publish")
    assert "nothing to change" in said
    assert "Version 1 already says this." in said
    verbs = {one["sql"].split()[0].upper() for one in queries}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}


def test_a_changed_sentence_is_one_change_and_version_2(import_role):
    import_role(TINY, "--publish")
    said = import_role(tiny(**{"I have not opened it": "I have never seen it"}), "--publish")
    assert "Tester: 1 changes." in said
    assert "Java, level 0: “I have not opened it” → “I have never seen it”" in said
    assert "Published as version 2." in said
    assert RoleVersion.objects.get(number=2).definition.skill("java").anchor(0).endswith("seen it")


def test_a_dry_run_says_it_and_writes_nothing(import_role):
    assert "Nothing was written" in import_role(TINY, "--dry-run", "--publish")
    assert not Role.objects.exists()
    import_role()
    changed = tiny(**{"    level: 3\n": "    level: 2\n"})
    assert "required level: 3 → 2" in import_role(changed, "--dry-run")
    assert Requirement.objects.get().level == 3


def test_an_error_names_file_and_line_and_nothing_is_written(import_role):
    broken = tiny(**{"    level: 3\n": "    level: 9\n", "kind: course": "kind: pill"})
    with pytest.raises(CommandError) as refused:
        import_role(broken)
    said = str(refused.value)
    assert "role.yaml:35: Here belongs a whole number from 1 to 7.\n" in f"{said}\n"
    assert "role.yaml:76: “pill” is not one of: course, " in said
    assert "Nothing was written." in said
    assert not Role.objects.exists()


def test_a_name_of_something_else_is_told_and_nothing_is_written(import_role):
    SkillFactory(slug="snake", name="Python")
    with pytest.raises(CommandError, match="already the name of “snake”"):
        import_role()
    assert not Role.objects.exists()


def test_if_missing_leaves_what_is_there_alone(import_role):
    import_role(TINY, "--if-missing")
    Role.objects.update(title="Mine")
    assert import_role(TINY, "--if-missing", "--publish") == ""
    assert Role.objects.get().title == "Mine"
    assert not RoleVersion.objects.exists()


def test_a_note_is_kept_with_the_version(import_role):
    import_role(TINY, "--publish", "--note", "From the file.")
    assert RoleVersion.objects.get().note == "From the file."


def test_a_note_that_does_not_fit_is_refused_at_once(import_role):
    with pytest.raises(CommandError, match="Shorten the note to 500 characters"):
        import_role(TINY, "--publish", "--note", "a" * 501)
    assert not Role.objects.exists()


def test_what_cannot_be_published_is_not_imported_either(import_role):
    vague = tiny(**{"I have not opened it": "Good knowledge of Java"})
    with pytest.raises(CommandError) as refused:
        import_role(vague, "--publish")
    assert "Java: Level 0 says “Good knowledge”" in str(refused.value)
    assert "Nothing was written." in str(refused.value)
    assert not Role.objects.exists()
    assert not Skill.objects.exists()
    import_role(vague)  # as a draft it may be there
    assert Skill.objects.filter(slug="java").exists()


@pytest.mark.parametrize("path", ["/nowhere/role.yaml", "/"])
def test_a_file_that_cannot_be_read(path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_role", path)


def test_a_file_without_an_end_is_not_read_to_the_end():
    with pytest.raises(CommandError, match="larger than 1 MiB"):
        call_command("import_role", "/dev/zero")


def test_the_built_in_role_can_be_imported_and_published():
    content = f"{apps.get_app_config('assessments').path}/content/machine-learning-engineer.yaml"
    out = StringIO()
    call_command("import_role", content, "--publish", stdout=out)
    assert "Published as version 1." in out.getvalue()
