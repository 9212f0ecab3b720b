from io import StringIO

import pytest
from django.core.management import call_command

from assessments.management.commands.prepare_site import Command, fingerprint_of_static_files
from assessments.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _collected_elsewhere(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATIC_ROOT.mkdir()


def test_it_loads_the_built_in_role():
    call_command("prepare_site", stdout=StringIO())
    assert Role.objects.filter(slug="machine-learning-engineer").exists()


def test_the_second_time_it_has_nothing_to_say():
    call_command("prepare_site", stdout=StringIO())
    again = StringIO()
    call_command("prepare_site", stdout=again)
    assert again.getvalue() == ""


def test_static_files_are_collected_again_only_after_a_change(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_DIRS = [source]
    (source / "a.css").write_text("a")
    Command(stdout=StringIO()).collect_static_files()
    before = fingerprint_of_static_files()
    (source / "a.css").write_text("ab")
    assert fingerprint_of_static_files() != before
    Command(stdout=StringIO()).collect_static_files()
    assert (settings.STATIC_ROOT / "a.css").read_text() == "ab"
