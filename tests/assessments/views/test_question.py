import re

import pytest
from django.urls import reverse

from assessments.models import Answer, Assessment, publication
from tests.definitions import definition, qualification, requirement, wide_definition
from tests.pages import html, main, title, words
from tests.published import answer, opened, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(
    requirement("languages", skills=["python", "r"], group="coding"),
    requirement("sql", group="coding"),
    requirement("talking", group="people"),
)
MISTAKE = {"last_done": "never", "example": "A <parser>.", "revision": "0"}


@pytest.fixture
def mine(member):
    return opened(member, ROLE)


HEADING = "#question"  # past the menu: the next Tab comes to the levels


def address(assessment, slug="python"):
    return reverse("question", args=[assessment.key, slug])


def post(client, assessment, slug="python", query="", **data):
    return client.post(address(assessment, slug) + query, {"revision": "0"} | data)


def test_it_works(mine, member_client):
    response = post(member_client, mine, level="2", last_done="never", example="A parser.")
    assert response.url == address(mine, "sql") + HEADING
    row = Answer.objects.get()
    assert (row.skill, row.level, row.last_done, row.example) == (
        "python",
        2,
        "never",
        "A parser.",
    )


def test_title_and_heading(mine, member_client):
    response = member_client.get(address(mine, "sql"))
    assert title(response) == "Skill sql – Group coding, question 3 of 3 – CareerPath"
    assert '<legend> <h1 id="question">Skill sql</h1> </legend>' in " ".join(html(response).split())


def test_it_says_how_far_one_is(mine, member_client):
    page = words(main(member_client.get(address(mine, "talking"))))
    assert "Group people, question 1 of 1 · group 2 of 2 Skill talking" in page


def test_one_group_is_not_counted(member, member_client):
    only = opened(member, definition(requirement("sql")))
    page = words(main(member_client.get(address(only, "sql"))))
    assert "Group main, question 1 of 1 Skill sql" in page


def test_every_level_is_a_choice_with_its_sentence(mine, member_client):
    page = words(main(member_client.get(address(mine))))
    for word in ("None", "Aware", "Guided", "Independent", "Leading"):
        assert f"{word} I do python as {word}." in page
    assert "or I can’t judge this" in page


def test_nothing_is_chosen_beforehand(mine, member_client):
    page = html(member_client.get(address(mine)))
    assert "checked" not in page
    assert "hidden>Clear my answer" in page


def test_an_answer_is_shown_again(mine, member_client):
    post(member_client, mine, level="0", last_done="never", example="A <parser>.")
    page = html(member_client.get(address(mine)))
    assert page.count("checked") == 2
    assert "A &lt;parser&gt;.</textarea>" in page
    assert re.search(r'value="clear"\s*>Clear my answer', page)


def test_the_required_level_is_nowhere_in_the_page(member, member_client):
    """Roles that differ in nothing but their levels give the same page, to the byte."""
    pages = set()
    for level in (1, 2, 3, 4):
        role = definition(requirement("languages", level, skills=["python", "r"]))
        assessment = opened(member, role)
        pages.add(html(member_client.get(address(assessment))).replace(assessment.key, "key"))
        assessment.delete()
    assert len(pages) == 1


def test_neither_is_what_it_counts_for(member, member_client):
    pages = set()
    for essential, importance in ((False, 1), (True, 5)):
        one = requirement("python", essential=essential, importance=importance)
        assessment = opened(member, definition(one))
        pages.add(html(member_client.get(address(assessment))).replace(assessment.key, "key"))
        assessment.delete()
    assert len(pages) == 1


def test_of_several_skills_the_page_says_that_one_is_enough(mine, member_client):
    page = words(main(member_client.get(address(mine))))
    assert ": answer for those you use; one is enough." in page
    assert "one is enough" not in main(member_client.get(address(mine, "sql")))


# --- where it leads ---


def test_an_alternative_is_skipped_once_one_is_answered(mine, member_client):
    assert post(member_client, mine, level="2").url == address(mine, "sql") + HEADING


def test_past_the_end_the_first_unanswered_comes(mine, member_client):
    assert post(member_client, mine, "talking", level="2").url == address(mine, "python") + HEADING


@pytest.mark.parametrize(
    ("qualifications", "view"), [((), "review"), ((qualification(),), "qualifications")]
)
def test_after_the_last_question(member, member_client, qualifications, view):
    mine = opened(member, definition(requirement("python"), qualifications=qualifications))
    url = reverse(view, args=[mine.key])
    assert post(member_client, mine, level="2").url == f"{url}#{view}"


def test_from_the_review_one_comes_back_to_it(mine, member_client):
    response = post(member_client, mine, query="?from=review", level="2")
    assert response.url == reverse("review", args=[mine.key])
    page = html(member_client.get(address(mine) + "?from=review"))
    assert "Back to your answers" in page


def test_later_saves_and_leads_to_the_list(mine, member_client):
    response = post(member_client, mine, press="later", level="2")
    assert response.url == reverse("assessment_detail", args=[mine.key])
    assert Answer.objects.get().level == 2


def test_later_without_an_answer_is_no_mistake(mine, member_client):
    response = post(member_client, mine, press="later")
    assert response.url == reverse("assessment_detail", args=[mine.key])
    assert not Answer.objects.exists()


def test_later_with_half_an_answer_loses_nothing(mine, member_client):
    response = post(member_client, mine, press="later", example="Half a thought")
    assert title(response).startswith("Error:")
    assert "Half a thought" in html(response)


def test_back_leads_to_the_question_before(mine, member_client):
    assert f'href="{address(mine, "r")}">Back<' in html(member_client.get(address(mine, "sql")))
    assert "Back to the list" in html(member_client.get(address(mine)))


# --- mistakes ---


def test_a_mistake_is_said_on_top_and_at_the_field(mine, member_client):
    response = post(member_client, mine, **MISTAKE)
    assert response.status_code == 200
    assert title(response).startswith("Error: Skill python")
    assert html(response).count("Select your level for Skill python") == 2
    assert '<a href="#id_level_0">Select your level' in html(response)
    assert 'id="id_level_0"' in html(response)


def test_a_mistake_keeps_everything_typed(mine, member_client):
    page = html(post(member_client, mine, **MISTAKE))
    assert "A &lt;parser&gt;.</textarea>" in page
    assert page.count("checked") == 1
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("example", "words_of_it"),
    [
        ("x" * 501, "Shorten your example to 500 characters: it has 501"),
        ("before\x00after", "Null characters are not allowed."),
    ],
    ids=["too long", "NUL"],
)
def test_a_mistake_in_the_example_keeps_its_text(mine, member_client, example, words_of_it):
    response = post(member_client, mine, level="2", example=example)
    assert response.status_code == 200
    assert html(response).count(words_of_it) == 2
    assert f"{example}</textarea>" in html(response)
    assert '<a href="#id_example">' in html(response)


@pytest.mark.parametrize("press", ["continue", "later", "clear", "?"])
@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 5000], ids=len)
def test_a_broken_page_breaks_nothing(mine, member_client, press, revision):
    answer(mine, python=2)
    response = post(member_client, mine, press=press, revision=revision, level="4")
    assert response.status_code in (200, 409)
    assert Answer.objects.get().level == 2


def test_a_skill_the_role_does_not_name_is_not_there(mine, member_client):
    assert member_client.get(address(mine, "juggling")).status_code == 404
    assert post(member_client, mine, "juggling", level="2").status_code == 404


def test_other_methods_are_refused(mine, member_client):
    assert member_client.delete(address(mine)).status_code == 405


# --- clearing, two tabs, after the end ---


def test_clear_my_answer(mine, member_client):
    answer(mine, python=2)
    response = post(member_client, mine, press="clear", revision="1", level="2")
    assert response.url == address(mine)
    assert not Answer.objects.exists()


def test_two_tabs_show_both_answers(mine, member_client):
    post(member_client, mine, level="1", example="From the first tab")
    response = post(member_client, mine, level="4", example="From the second tab")
    page = words(main(response))
    assert response.status_code == 409
    assert "Saved there Aware : I do python as Aware." in page
    assert "From the first tab" in page
    assert "From the second tab" in page
    assert Answer.objects.get().level == 1


def test_pressing_again_saves_in_place_of_the_other(mine, member_client):
    post(member_client, mine, level="1")
    revision = Answer.objects.get().revision
    page = html(post(member_client, mine, level="4"))
    assert f'name="revision" value="{revision}"' in page
    post(member_client, mine, level="4", revision=str(revision))
    assert Answer.objects.get().level == 4


@pytest.mark.parametrize(
    ("elsewhere", "sentence"),
    [({"python": None}, "Saved there I can’t judge this"), ({}, "No answer: it was cleared")],
    ids=["cannot judge", "cleared"],
)
def test_a_conflict_with_no_level(mine, member_client, elsewhere, sentence):
    answer(mine, **elsewhere)
    response = post(member_client, mine, level="4", revision="7")
    assert response.status_code == 409
    assert sentence in words(main(response))


@pytest.mark.parametrize("press", ["continue", "later", "clear"])
def test_a_submitted_assessment_leads_to_its_report(member, member_client, press):
    sent = submitted(member, ROLE, python=2)
    report = reverse("report_detail", args=[sent.key])
    assert member_client.get(address(sent)).url == report
    assert post(member_client, sent, press=press, level="4", revision="1").url == report
    assert Answer.objects.get().level == 2


def test_submitted_while_the_page_was_being_sent(mine, member_client, monkeypatch):
    """Another tab submits between our look and our save."""
    stale = Assessment.objects.get(pk=mine.pk)
    stale.version.definition  # noqa: B018
    monkeypatch.setattr("assessments.access.assessment_of", lambda *_args: stale)
    member_client.post(reverse("review", args=[mine.key]))
    stale.submitted_at = None
    response = post(member_client, mine, level="4")
    assert response.url == reverse("report_detail", args=[mine.key])
    assert not Answer.objects.exists()


# --- queries ---


def test_the_page_asks_the_database_as_often_for_200_skills_as_for_10(
    member, member_client, django_assert_num_queries
):
    for size in (10, 200):
        mine = opened(member, wide_definition(size), **{f"s{n}": 2 for n in range(size // 2)})
        publication._definitions.clear()
        with django_assert_num_queries(6):
            assert member_client.get(address(mine, "s3")).status_code == 200
        mine.delete()


def test_saving_asks_the_database_as_often_for_200_skills_as_for_10(
    member, member_client, django_assert_num_queries
):
    for size in (10, 200):
        mine = opened(member, wide_definition(size))
        publication._definitions.clear()
        with django_assert_num_queries(11):
            assert post(member_client, mine, "s3", level="2").status_code == 302
        mine.delete()


def test_whoever_is_no_longer_signed_in_is_told_that_nothing_was_saved(mine, client):
    response = client.post(address(mine), {"level": "3", "revision": "0"}, follow=True)
    assert "Nothing was saved, because you were not signed in." in html(response)
    assert not mine.answers.filter(level=3, skill="python").exists()


def test_signed_out_meanwhile_what_was_typed_is_on_the_page(mine, client):
    typed = {"level": "3", "revision": "0", "example": "Kept <b>this</b>"}
    response = client.post(address(mine), typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 403
    assert "You are no longer signed in" in title(response)
    assert 'name="example" value="Kept &lt;b&gt;this&lt;/b&gt;"' in html(response)
    assert "no-store" in response.headers["Cache-Control"]
