from pathlib import Path

import pytest
from django.apps import apps

from assessments.domain.definition import Fact
from assessments.importers.role_file import parse
from assessments.models import Role
from assessments.views.role import figure, importance_word
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.pages import html, main, title, words
from tests.published import publish

pytestmark = pytest.mark.django_db
CONTENT = Path(apps.get_app_config("assessments").path) / "content"


@pytest.fixture
def engineer():
    found = parse((CONTENT / "machine-learning-engineer.yaml").read_bytes())
    publish(found)
    return found


@pytest.fixture
def page(client, engineer):
    return main(client.get("/roles/machine-learning-engineer/"))


def fact(value="85720", value_to=None, unit="usd-per-year"):
    return Fact("pay", "Pay", value, value_to, unit, "Testers", "A survey", "", "2024")


# --- one role: its whole page ---


def test_it_works(client, engineer):
    response = client.get("/roles/machine-learning-engineer/")
    assert response.status_code == 200
    assert title(response) == "Machine Learning Engineer – CareerPath"


def test_it_carries_every_passage(page, engineer):
    text = words(page)
    for passage in engineer.passages:
        assert passage.title in text
        assert words(passage.text) in text


def test_it_shows_every_figure_with_whose_it_is_and_where_from(page, engineer):
    text = words(page)
    for one in engineer.facts:
        shown = text.split(one.label, 1)[1]
        assert shown.lstrip().startswith(figure(one).words)
        assert f"Describes: {one.occupation}" in shown
        assert one.note in shown
        assert one.source in shown
        assert one.source_date in shown


def test_it_names_every_requirement_with_its_level(page, engineer):
    text = words(page)
    for one in engineer.requirements:
        shown = text.split(f" {one.title} ", 1)[1]
        word = engineer.scale_of(one.skills[0]).word(one.level)
        assert one.reason in shown
        assert f"Level asked for {word} {one.level} of 4" in shown


def test_it_lists_every_resource_with_kind_cost_and_purpose(page, engineer):
    text = words(page)
    for one in engineer.resources:
        assert one.purpose in text
        assert f'href="{one.url}"' in page
    assert "Kaggle Practice · Free" in text


def test_it_names_the_alternatives(client):
    publish(definition(requirement("languages", skills=["python", "r"])))
    text = words(main(client.get("/roles/tester/")))
    assert "Any one of these is enough: Skill python, Skill r" in text


@pytest.mark.parametrize(("essential", "word"), [(True, "Essential"), (False, "Desirable")])
def test_it_says_importance_in_words_and_number(client, essential, word):
    publish(definition(requirement("sql", importance=4, essential=essential)))
    assert f"Importance {word} very important, 4 of 5" in words(main(client.get("/roles/tester/")))


def test_it_lists_qualifications(client):
    publish(definition(requirement("sql"), qualifications=(qualification(),), fields=FIELDS))
    text = words(main(client.get("/roles/tester/")))
    assert "A degree It helps." in text
    assert "Degrees that count Master's degree, Ph.D. or other doctorate" in text
    assert "Fields that count Mathematics" in text


def test_it_leads_to_the_assessment_from_top_and_bottom(page):
    assert page.count('href="/roles/machine-learning-engineer/start/"') == 2


def test_it_says_how_long_the_assessment_takes(client):
    publish(definition(requirement("sql"), requirement("python")))
    assert "About 2 minutes, up to 2 questions." in words(main(client.get("/roles/tester/")))


def test_it_shows_the_newest_version(client):
    publish(definition(requirement("sql"), title="Old"))
    publish(definition(requirement("sql"), title="New"))
    text = words(main(client.get("/roles/tester/")))
    assert "New" in text
    assert "Old" not in text


def test_a_draft_is_not_there(client):
    Role.objects.create(slug="tester", title="Tester", summary="Tests.")
    assert client.get("/roles/tester/").status_code == 404


def test_it_escapes_what_editors_write(client):
    publish(definition(requirement("sql"), summary="<script>alert(1)</script>"))
    assert "<script" not in main(client.get("/roles/tester/"))


def test_it_sets_no_cookie_and_holds_no_token(client, engineer):
    response = client.get("/roles/machine-learning-engineer/")
    assert not response.cookies
    assert "csrf" not in html(response)


def test_reading_it_again_asks_the_database_six_times(client, engineer, django_assert_num_queries):
    """For its tag, the version, and today's figures of the occupations near the role."""
    client.get("/roles/machine-learning-engineer/")
    with django_assert_num_queries(6):
        client.get("/roles/machine-learning-engineer/")


# --- figures in words ---


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (fact(), "$85,720 a year"),
        (fact("85720.00"), "$85,720 a year"),
        (fact("41.21", unit="usd-per-hour"), "$41.21 an hour"),
        (fact("41.5", unit="usd-per-hour"), "$41.50 an hour"),
        (fact("100000", "150000"), "$100,000 to $150,000 a year"),
        (fact("23", unit="percent"), "23 %"),
        (fact("3", "5", unit="percent"), "3 to 5 %"),
    ],
)
def test_a_figure_in_words(shown, expected):
    assert figure(shown).words == expected


def test_every_importance_has_a_word_of_its_own():
    assert len({importance_word(number) for number in range(1, 6)}) == 5


def test_it_rejects_post(client, engineer):
    assert client.post("/roles/machine-learning-engineer/").status_code == 405
