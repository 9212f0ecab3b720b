import pytest
import time_machine
from django.urls import reverse

from assessments.models import Assessment, publication
from tests.assessments.test_earlier import DEGREE, OTHER, ROLE, sent
from tests.definitions import wide_definition
from tests.pages import main, words
from tests.published import opened

pytestmark = pytest.mark.django_db
START = "/roles/tester/start/"
SHORT = "Ask me only about my gaps and what I have not touched for a year"


def question_page(client, assessment, slug="python"):
    return main(client.get(reverse("question", args=[assessment.key, slug])))


def test_it_works(member, member_client):
    sent(member, ROLE, python=3, sql=2)
    said = words(main(member_client.get(START)))
    assert "1 answer is copied as it was" in said
    assert "Skill python: Independent answered on" in said
    assert "2 of the 3 targets are left to answer." in said
    response = member_client.post(START, {"way": "short"}, follow=True)
    mine = Assessment.objects.open().get()
    assert response.redirect_chain[-1][0] == reverse("assessment_detail", args=[mine.key])
    assert "1 answer was copied from your last report." in words(main(response))
    assert mine.answers.get().skill == "python"


def test_the_long_way_copies_nothing(member, member_client):
    sent(member, ROLE, python=3)
    member_client.post(START, {"way": "everything"})
    assert not Assessment.objects.open().get().answers.exists()


def test_without_anything_recent_there_is_no_short_way(member, member_client):
    sent(member, ROLE, last_done="never", python=3)
    page = main(member_client.get(START))
    assert "Ask me everything" in page
    assert SHORT not in page
    assert "Two ways" not in page


def test_what_is_open_is_gone_on_with(member, member_client):
    report = sent(member, ROLE, python=3)
    mine = opened(member, ROLE, sql=1)
    assert SHORT not in main(member_client.get(START))
    response = member_client.post(START, {"way": "short"}, follow=True)
    assert "You had begun already, so nothing was copied" in words(main(response))
    assert [row.skill for row in mine.answers.all()] == ["sql"]
    assert report.answers.get().level == 3


def test_the_degree_is_named_and_copied(member, member_client):
    sent(member, DEGREE, degree="master", python=3)
    said = words(main(member_client.get(START)))
    assert "So is your degree." in said
    assert "Master's degree answered on" in said


def test_without_an_account_the_short_way_starts_nothing(client, member):
    sent(member, ROLE, python=3)
    client.post(START, {"way": "short"})
    assert not Assessment.objects.open().filter(member=member).exists()


def test_an_earlier_answer_is_shown_with_its_date_and_not_chosen(member, member_client):
    with time_machine.travel("2026-05-03T12:00Z"):
        sent(member, ROLE, python=2)
    page = question_page(member_client, opened(member, ROLE))
    said = words(page)
    assert "On 3 May 2026 you chose Guided . Last done then: In the last year." in said
    assert "On 3 May 2026 you wrote: A <parser>." in said
    assert "A &lt;parser&gt;.</textarea>" not in page
    assert "checked" not in page


def test_so_is_one_for_another_role(member, member_client):
    sent(member, OTHER, python=None)
    said = words(question_page(member_client, opened(member, ROLE)))
    assert "you chose I can’t judge this . That was for Other." in said


def test_without_one_nothing_is_said(member, member_client):
    assert "earlier-answer" not in question_page(member_client, opened(member, ROLE))


def test_a_stranger_s_answers_are_nowhere(member, stranger, member_client):
    sent(stranger, ROLE, python=2)
    assert "earlier-answer" not in question_page(member_client, opened(member, ROLE))


@pytest.mark.parametrize("count", [10, 200])
def test_the_start_page_asks_the_database_a_constant_number_of_times(
    member, member_client, count, django_assert_num_queries
):
    sent(member, wide_definition(count), **{f"s{n}": 3 for n in range(count)})
    publication._definitions.clear()
    with django_assert_num_queries(8):
        member_client.get(START)


@pytest.mark.parametrize("reports", [1, 5])
def test_the_question_asks_as_often_after_many_reports(
    member, member_client, reports, django_assert_num_queries
):
    for _ in range(reports):
        sent(member, ROLE, python=3)
    mine = opened(member, ROLE)
    publication._definitions.clear()
    with django_assert_num_queries(5):
        question_page(member_client, mine)
