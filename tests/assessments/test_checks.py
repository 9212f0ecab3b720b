import pytest
from django.core.checks import run_checks

from assessments.checks import erasures_can_be_noted


@pytest.fixture
def found(settings, tmp_path):
    def look(name):
        settings.ERASURES_FILE = str(tmp_path / name)
        return [one.id for one in erasures_can_be_noted(None)]

    return look


def test_it_works(found, tmp_path):
    assert found("erasures.txt") == []
    (tmp_path / "erasures.txt").write_text("")
    assert found("erasures.txt") == []
    assert not (tmp_path / "erasures.txt").read_text()


@pytest.mark.parametrize("name", ["missing/erasures.txt", "."])
def test_a_file_that_cannot_be_written_is_named_beforehand(found, name):
    assert found(name) == ["assessments.E001"]


def test_it_is_asked_before_deploying(settings):
    settings.ERASURES_FILE = "/missing/erasures.txt"
    asked = run_checks(include_deployment_checks=True)
    assert [one.id for one in asked if one.id.startswith("assessments.")] == ["assessments.E001"]
