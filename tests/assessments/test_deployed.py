"""The digest of what makes the pages: another deployment, another word."""

import pytest

from assessments import deployed

FILES = [
    "assessments/views/pages.py",
    "careerpath/settings.py",
    "templates/base.html",
    "templates/assessments/home.html",
    "locale/de/LC_MESSAGES/django.mo",
    "collected/staticfiles.json",
]


@pytest.fixture
def site(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "collected"
    for name in [*FILES, "docs/plan.md", "assessments/__pycache__/pages.pyc"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    return tmp_path


def digest():
    return deployed.digest.__wrapped__()


def test_the_same_files_make_the_same_word(site):
    assert digest() == digest()


@pytest.mark.parametrize("name", FILES)
def test_each_file_that_makes_pages_changes_it(site, name):
    before = digest()
    (site / name).write_text("as it is")
    assert digest() != before


def test_a_file_under_another_name_changes_it(site):
    before = digest()
    (site / FILES[0]).rename(site / "assessments/views/other.py")
    assert digest() != before


@pytest.mark.parametrize("name", ["docs/plan.md", "assessments/__pycache__/pages.pyc"])
def test_others_do_not(site, name):
    before = digest()
    (site / name).write_text("as it is")
    assert digest() == before


def test_another_version_of_a_library_changes_it(site, monkeypatch):
    before = digest()
    monkeypatch.setattr(deployed, "distributions", list)
    assert digest() != before


def test_no_file_of_the_site_has_to_be_there(site):
    for name in FILES:
        (site / name).unlink()
    assert digest()
