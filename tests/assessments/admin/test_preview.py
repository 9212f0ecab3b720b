import pytest

from assessments.models import Anchor, Skill
from tests.assessments.admin.posting import posted
from tests.factories import SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill():
    return SkillFactory(name="Juggling")


def preview(client, skill, **typed):
    page = posted(client, f"/admin/assessments/skill/{skill.pk}/change/")
    typed = page.values | {name: [text] for name, text in typed.items()}
    return client.post(f"/admin/assessments/skill/preview/{skill.scale_id}/", typed)


def test_it_shows_what_is_typed_and_saves_nothing(editor_client, skill):
    response = preview(editor_client, skill, name="Clubs", anchor_2="I keep three clubs up")
    page = response.content.decode()
    assert '<h1 id="question">Clubs</h1>' in page
    assert "I keep three clubs up" in page
    assert Skill.objects.get().name == "Juggling"
    assert not Anchor.objects.filter(text="I keep three clubs up").exists()


def test_it_shows_the_row_of_a_report(editor_client, skill):
    page = preview(editor_client, skill, name="Clubs").content.decode()
    assert "1 level to go" in page
    assert 'aria-label="Clubs: you Guided, target Independent"' in page


def test_the_page_of_a_skill_leads_there(editor_client, skill):
    page = editor_client.get(f"/admin/assessments/skill/{skill.pk}/change/").content.decode()
    assert f'formaction="/admin/assessments/skill/preview/{skill.scale_id}/"' in page


def test_markup_is_shown_as_text(editor_client, skill):
    page = preview(editor_client, skill, name="<b>Clubs</b>", description="{{ 7 }}<i>")
    assert "&lt;b&gt;Clubs&lt;/b&gt;" in page.content.decode()
    assert "{{ 7 }}&lt;i&gt;" in page.content.decode()


def test_members_do_not_get_there(member_client, skill):
    response = member_client.post(f"/admin/assessments/skill/preview/{skill.scale_id}/")
    assert response.status_code in (302, 403)
