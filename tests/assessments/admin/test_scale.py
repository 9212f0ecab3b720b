import pytest

from assessments.models import Scale
from tests.assessments.admin.posting import errors_on, post
from tests.factories import ScaleFactory, SkillFactory

pytestmark = pytest.mark.django_db


def page_of(scale):
    return f"/admin/assessments/scale/{scale.pk}/change/"


def test_a_scale_is_added_with_its_levels(editor_client):
    levels = {
        "levels-0-value": 0,
        "levels-0-word": "No",
        "levels-1-value": 1,
        "levels-1-word": "Yes",
    }
    post(editor_client, "/admin/assessments/scale/add/", name="Yes or no", **levels)
    assert [level.word for level in Scale.objects.get(slug="yes-or-no").levels.all()] == [
        "No",
        "Yes",
    ]


def test_levels_are_numbered_without_a_gap(editor_client):
    scale = ScaleFactory()
    response = post(editor_client, page_of(scale), **{"levels-4-value": 6})
    assert errors_on(response) == [
        "Number the levels 0, 1, 2 and so on, without a gap and each only once."
    ]


def test_while_skills_use_it_only_its_words_change(editor_client):
    scale = SkillFactory().scale
    forged = {"levels-4-value": 6, "levels-4-DELETE": "on", "levels-4-word": "Teaching"}
    post(editor_client, page_of(scale), **forged)
    assert [str(level) for level in scale.levels.all()][3:] == ["3 Independent", "4 Teaching"]


def test_the_whole_of_a_meaning_is_seen_while_it_is_written(editor_client):
    scale = SkillFactory().scale
    assert '<textarea name="levels-0-meaning"' in editor_client.get(page_of(scale)).content.decode()


def test_a_scale_in_use_stays(editor_client):
    scale = SkillFactory().scale
    editor_client.post(f"/admin/assessments/scale/{scale.pk}/delete/", {"post": "yes"})
    assert Scale.objects.exists()
