from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Role
from tests.factories import (
    FactFactory,
    FieldOfStudyFactory,
    PassageFactory,
    QualificationFactory,
    RoleFactory,
    role_with,
)

pytestmark = pytest.mark.django_db


def export(slug):
    out = StringIO()
    call_command("export_role", slug, stdout=out)
    return out.getvalue()


def import_(path, *options):
    out = StringIO()
    call_command("import_role", str(path), *options, stdout=out)
    return out.getvalue()


def test_it_works():
    role_with(slug="tester", title="Tester")
    assert export("tester").startswith("format: careerpath-role/1\nrole:\n  slug: tester\n")


def edited_role():
    """A role as editors leave it: text boxes of browsers, gaps in the order, odd short names."""
    role = role_with(slug="Edited_by-hand", title="Edited", position=7)
    PassageFactory(role=role, text="One: two.\r\n\r\n- three # four")
    FactFactory(role=role, value="41.20", value_to="50", note="“It’s” 50 %")
    fields = [FieldOfStudyFactory(position=9), FieldOfStudyFactory(position=2)]
    QualificationFactory(role=role).fields.set(fields)
    return role


def test_what_is_exported_imports_without_a_change(tmp_path):
    edited_role()
    path = tmp_path / "role.yaml"
    call_command("export_role", "Edited_by-hand", "--output", str(path))
    assert "Edited: nothing to change." in import_(path)
    call_command("export_role", "Edited_by-hand", "--output", str(tmp_path / "again.yaml"))
    assert (tmp_path / "again.yaml").read_bytes() == path.read_bytes()


def test_the_built_in_role_goes_out_and_in_without_a_change(tmp_path):
    folder = apps.get_app_config("assessments").path
    import_(f"{folder}/content/machine-learning-engineer.yaml")
    path = tmp_path / "role.yaml"
    path.write_text(export("machine-learning-engineer"))
    with CaptureQueriesContext(connection) as queries:
        assert "nothing to change" in import_(path)
    assert not {one["sql"].split()[0] for one in queries} & {"INSERT", "UPDATE", "DELETE"}
    assert export("machine-learning-engineer") == path.read_text()


def test_into_an_empty_site_it_comes_back_whole(tmp_path):
    edited_role()
    before = export("Edited_by-hand")
    (tmp_path / "role.yaml").write_text(before)
    Role.objects.all().delete()
    import_(tmp_path / "role.yaml")
    assert export("Edited_by-hand") == before


def test_an_unknown_role_is_told_with_those_that_are_known():
    RoleFactory(slug="tester")
    with pytest.raises(CommandError, match=r"no role “writer”\. Known: tester"):
        export("writer")


def test_a_file_that_cannot_be_written():
    RoleFactory(slug="tester")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_role", "tester", "--output", "/nowhere/role.yaml")
