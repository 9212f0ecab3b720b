"""Pages that were opened before their assessment moved to a newer version."""

import pytest
from django.urls import reverse

from assessments.models import Answer, Assessment, QualificationAnswer
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.pages import html, main, part, words
from tests.published import answer, opened, publish

pytestmark = pytest.mark.django_db
DEGREE = {"qualifications": (qualification(),), "fields": FIELDS}
OLD = definition(requirement("python"), requirement("sql"), requirement("r"), **DEGREE)
NEW = reworded(definition(*map(requirement, ["python", "sql", "talking", "git"]), **DEGREE), "sql")


@pytest.fixture
def mine(member):
    one = opened(member, OLD, python=3, sql=2, r=None)
    Answer.objects.filter(skill="sql").update(example="A query.\nAnd <another>.")
    return one


def at(view, assessment):
    return reverse(view, args=[assessment.key])


def press(client, assessment, **changed):
    data = {"number": "2", "revision": "0"} | changed
    return client.post(at("assessment_version", assessment), data)


def hidden(client, path, name):
    return part(html(client.get(path)), f'name="{name}" value="', '"')


def test_a_level_chosen_by_the_old_sentences_is_asked_for_again(member, member_client):
    mine = opened(member, OLD)
    path = reverse("question", args=[mine.key, "sql"])
    data = {"level": "3", "revision": "0", "example": "Typed."}
    data["meaning"] = hidden(member_client, path, "meaning")
    publish(NEW)
    press(member_client, mine)
    response = member_client.post(path, data)
    assert response.status_code == 409
    assert not Answer.objects.exists()
    shown = main(response)
    assert "Typed.</textarea>" in shown
    assert "I do sql as Independent. Now." in shown
    assert "checked" not in part(shown, "level-cards", "</fieldset>")
    data["meaning"] = part(html(response), 'name="meaning" value="', '"')
    assert member_client.post(path, data).status_code == 302
    assert Answer.objects.get().example == "Typed."


def test_a_level_chosen_by_sentences_that_stayed_is_saved(member, member_client):
    mine = opened(member, OLD)
    path = reverse("question", args=[mine.key, "python"])
    meaning = hidden(member_client, path, "meaning")
    publish(NEW)
    press(member_client, mine)
    member_client.post(path, {"level": "3", "revision": "0", "meaning": meaning})
    assert Answer.objects.get().level == 3


def test_an_answer_given_since_is_not_overwritten_by_the_old_page(mine, member_client):
    path = reverse("question", args=[mine.key, "sql"])
    meaning = hidden(member_client, path, "meaning")
    publish(NEW)
    press(member_client, mine)
    answer(mine, sql=4)
    data = {"level": "1", "revision": "1", "meaning": meaning}
    response = member_client.post(path, data)
    assert "Saved there Leading" in words(main(response))
    assert Answer.objects.get(skill="sql").level == 4


def test_a_question_no_longer_asked_leads_to_the_list(mine, member_client):
    path = reverse("question", args=[mine.key, "r"])
    data = {"level": "1", "revision": "1", "meaning": hidden(member_client, path, "meaning")}
    publish(NEW)
    press(member_client, mine)
    assert member_client.post(path, data).url == at("assessment_detail", mine)


def test_what_is_sent_is_what_was_reviewed(mine, member_client):
    path = at("review", mine)
    version = hidden(member_client, path, "version")
    publish(NEW)
    press(member_client, mine)
    response = member_client.post(path, {"version": version}, follow=True)
    assert "you moved to a newer version" in words(main(response))
    assert not Assessment.objects.get().is_submitted
    member_client.post(path, {"version": hidden(member_client, path, "version")})
    assert Assessment.objects.get().is_submitted


def test_a_degree_from_an_old_page_is_shown_before_it_is_saved(mine, member_client):
    path = at("qualifications", mine)
    data = {"degree": "none", "revision": "0", "version": "1"}
    publish(NEW)
    press(member_client, mine)
    response = member_client.post(path, data)
    assert response.status_code == 409
    assert "checked" in html(response)
    assert not QualificationAnswer.objects.exists()
    assert member_client.post(path, data | {"version": "2"}).status_code == 302
