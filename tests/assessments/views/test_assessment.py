import re

import pytest
from django.urls import reverse

from assessments.models import Assessment, QualificationAnswer, publication
from tests.definitions import (
    FIELDS,
    definition,
    qualification,
    requirement,
    wide_definition,
)
from tests.pages import html, main, title, words
from tests.published import answer, opened, publish, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(
    requirement("languages", skills=["python", "r"], group="coding"),
    requirement("sql", group="coding"),
    requirement("talking", group="people"),
    qualifications=(qualification(),),
    fields=FIELDS,
)
START = "/roles/tester/start/"


# --- the whole way ---


def test_it_works(member, member_client):
    publish(ROLE)
    response = member_client.post(START, follow=True)
    while "skills" in response.redirect_chain[-1][0]:
        response = member_client.post(
            response.redirect_chain[-1][0], {"level": "3", "revision": "0"}, follow=True
        )
    assert response.redirect_chain[-1][0].endswith("/qualifications/#qualifications")
    response = member_client.post(
        response.redirect_chain[-1][0], {"degree": "none", "revision": "0"}, follow=True
    )
    assert response.redirect_chain[-1][0].endswith("/review/#review")
    response = member_client.post(response.redirect_chain[-1][0], follow=True)
    assert "You meet 3 of the 3 targets." in words(html(response))
    assert Assessment.objects.get().is_submitted


# --- start ---


def test_the_start_page_says_how_long_it_takes(member_client):
    publish(ROLE)
    page = words(main(member_client.get(START)))
    assert "Up to 4 questions, about 3 minutes." in page


def test_looking_at_the_start_page_starts_nothing(member_client):
    publish(ROLE)
    assert member_client.get(START).status_code == 200
    assert not Assessment.objects.exists()


def test_a_hundred_presses_start_one_assessment(member_client):
    publish(ROLE)
    pages = {member_client.post(START).url for _ in range(3)}
    assert len(pages) == 1
    assert Assessment.objects.count() == 1


def test_coming_back_leads_to_the_list_of_tasks(member, member_client):
    mine = opened(member, ROLE, sql=2)
    assert "Your answers are still there." in words(main(member_client.get(START)))
    assert member_client.post(START).url == reverse("assessment_detail", args=[mine.key])


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_that_does_not_exist_cannot_be_started(member_client, method):
    assert getattr(member_client, method)("/roles/missing/start/").status_code == 404


def test_start_refuses_other_methods(member_client):
    publish(ROLE)
    assert member_client.put(START).status_code == 405


# --- the list of tasks ---


def detail(client, assessment):
    return client.get(reverse("assessment_detail", args=[assessment.key]))


def test_the_tasks_say_how_far_one_has_got(member, member_client):
    mine = opened(member, ROLE, python=2)
    page = words(main(detail(member_client, mine)))
    assert "1 of 3 answered." in page
    assert "Group coding 1 of 2 In progress" in page
    assert "Group people 0 of 1 Not started" in page
    answer(mine, sql=1)
    assert "Group coding 2 of 2 Completed" in words(main(detail(member_client, mine)))


def test_the_tasks_lead_to_the_next_unanswered_question(member, member_client):
    mine = opened(member, ROLE, python=2)
    page = main(detail(member_client, mine))
    assert "Go on where I left off" in page
    assert page.index(reverse("question", args=[mine.key, "sql"])) < page.index("task-list")


def test_with_everything_answered_no_question_is_next(member, member_client):
    page = main(detail(member_client, opened(member, ROLE, python=2, sql=1, talking=0)))
    assert "Go on where I left off" not in page


@pytest.mark.parametrize("view", ["assessment_detail", "qualifications", "review"])
def test_pages_of_a_submitted_assessment_lead_to_its_report(member, member_client, view):
    sent = submitted(member, ROLE, python=2)
    response = member_client.get(reverse(view, args=[sent.key]))
    assert response.url == reverse("report_detail", args=[sent.key])


# --- qualifications ---


def test_nothing_is_chosen_beforehand(member, member_client):
    mine = opened(member, ROLE)
    page = html(member_client.get(reverse("qualifications", args=[mine.key])))
    assert "checked" not in page


def test_a_degree_is_saved_and_shown_again(member, member_client):
    path = reverse("qualifications", args=[opened(member, ROLE).key])
    member_client.post(path, {"degree": "master", "field": "physics", "revision": "0"})
    row = QualificationAnswer.objects.get()
    assert (row.degree, row.field) == ("master", "physics")
    assert html(member_client.get(path)).count("checked") == 2


@pytest.mark.parametrize("data", [{}, {"degree": "master", "revision": "0"}], ids=str)
def test_errors_of_a_degree_are_said_on_top(member, member_client, data):
    path = reverse("qualifications", args=[opened(member, ROLE).key])
    response = member_client.post(path, data)
    assert title(response).startswith("Error:")
    assert "There is a problem" in html(response)
    assert not QualificationAnswer.objects.exists()


def test_a_degree_changed_in_another_tab_is_shown(member, member_client):
    path = reverse("qualifications", args=[opened(member, ROLE).key])
    member_client.post(path, {"degree": "none", "revision": "0"})
    response = member_client.post(path, {"degree": "secondary", "revision": "0"})
    assert response.status_code == 409
    assert "Saved there: No school certificate." in words(main(response))
    assert QualificationAnswer.objects.get().degree == "none"


def test_a_degree_after_submission_is_not_saved(member, member_client):
    sent = submitted(member, ROLE)
    path = reverse("qualifications", args=[sent.key])
    response = member_client.post(path, {"degree": "none", "revision": "0"}, follow=True)
    assert "You have already sent this assessment" in words(main(response))
    assert not QualificationAnswer.objects.exists()


@pytest.mark.parametrize("view", ["assessment_detail", "qualifications", "review"])
def test_a_role_without_targets_breaks_no_page(member, member_client, view):
    mine = opened(member, definition(qualifications=(qualification(),)))
    assert member_client.get(reverse(view, args=[mine.key])).status_code == 200


# --- review ---


def review(client, assessment):
    return client.get(reverse("review", args=[assessment.key]))


def test_review_shows_each_answer_in_words(member, member_client):
    mine = opened(member, ROLE, python=2, sql=None)
    page = words(main(review(member_client, mine)))
    assert "Skill python Guided : I do python as Guided. Change Skill python" in page
    assert "Skill r Not provided, and not needed" in page
    assert "Skill sql I can’t judge this Change" in page
    assert "Skill talking Not provided Change" in page
    assert "Highest finished degree Not provided Change" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"python": 1, "sql": 1}, "1 target has no answer."),
        ({"python": 1}, "2 targets have no answer."),
        ({"sql": None}, "You said “I can’t judge this” of 1 target."),
        ({"sql": None, "talking": None}, "You said “I can’t judge this” of 2 targets."),
    ],
)
def test_review_says_what_submitting_without_answers_does(member, member_client, said, sentence):
    assert sentence in words(main(review(member_client, opened(member, ROLE, **said))))


def test_review_says_on_its_own_what_cannot_be_judged_does(member, member_client):
    mine = opened(member, ROLE, python=0, sql=0, talking=None)
    page = words(main(review(member_client, mine)))
    assert "of 1 target. It will be listed as unknown, and your score becomes a range." in page
    assert "the same way" not in page


def test_review_of_a_complete_assessment_warns_of_nothing(member, member_client):
    mine = opened(member, ROLE, python=0, sql=0, talking=0)
    assert "no answer" not in main(review(member_client, mine))


def test_looking_at_the_review_submits_nothing(member, member_client):
    mine = opened(member, ROLE)
    review(member_client, mine)
    assert not Assessment.objects.submitted().exists()


def test_pressing_twice_submits_once(member, member_client):
    path = reverse("review", args=[opened(member, ROLE).key])
    member_client.post(path)
    first = Assessment.objects.get()
    assert member_client.post(path).url == reverse("report_detail", args=[first.key])
    assert Assessment.objects.get().submitted_at == first.submitted_at


# --- my assessments ---


def test_the_list_names_date_role_version_and_fraction(member, member_client):
    submitted(member, ROLE, python=3)
    opened(member, ROLE, python=1)
    page = words(main(member_client.get(reverse("assessment_list"))))
    assert "1 of 3 targets met" in page
    assert ", version 1 of the role" in page
    assert "In progress: 1 question answered" in page


def listed_dates(client):
    page = words(main(client.get(reverse("assessment_list"))))
    return re.findall(r"Report of (.+?), version \d of the role", page)


def test_two_of_one_role_and_day_are_listed_with_their_time(member, member_client, time_machine):
    other = definition(requirement("sql"), slug="baker", title="Baker")
    for moment, role in (
        ("2026-03-26T09:30:00Z", ROLE),
        ("2026-03-27T09:30:00Z", ROLE),
        ("2026-03-27T13:45:00Z", ROLE),
        ("2026-03-27T13:45:00Z", other),
    ):
        time_machine.move_to(moment, tick=False)
        submitted(member, role)
    of_one_day = ["27 March 2026, 13:45", "27 March 2026, 09:30"]
    assert listed_dates(member_client) == ["27 March 2026", *of_one_day, "26 March 2026"]


def test_the_report_of_a_stranger_adds_no_time(member, stranger, member_client, time_machine):
    time_machine.move_to("2026-03-27T13:45:00Z", tick=False)
    for somebody in (member, stranger):
        submitted(somebody, ROLE)
    assert listed_dates(member_client) == ["27 March 2026"]


def test_an_empty_list_says_what_to_do(member_client):
    assert "Nothing here yet." in words(main(member_client.get(reverse("assessment_list"))))


def test_a_long_list_has_pages(member, member_client):
    for _ in range(21):
        submitted(member, ROLE)
    path = reverse("assessment_list")
    assert html(member_client.get(path)).count("targets met") == 20
    assert html(member_client.get(path, {"page": "2"})).count("targets met") == 1
    assert member_client.get(path, {"page": "x"}).status_code == 200


# --- queries ---


@pytest.mark.parametrize(("view", "number"), [("assessment_detail", 7), ("review", 6)])
def test_pages_ask_the_database_as_often_for_200_skills_as_for_10(
    member, member_client, view, number, django_assert_num_queries
):
    for size in (10, 200):
        said = {f"s{n}": n % 5 for n in range(0, size, 2)}
        mine = opened(member, wide_definition(size), **said)
        publication._definitions.clear()
        with django_assert_num_queries(number):
            assert member_client.get(reverse(view, args=[mine.key])).status_code == 200
        mine.delete()


def test_the_list_asks_the_database_as_often_for_20_as_for_1(
    member, member_client, django_assert_num_queries
):
    for size in (1, 19):
        for _ in range(size):
            submitted(member, ROLE, python=1)
        with django_assert_num_queries(4):
            member_client.get(reverse("assessment_list"))


def test_review_does_not_send_what_was_changed_in_another_tab(member, member_client):
    mine = opened(member, ROLE, sql=3)
    seen = str(mine.revision)
    question = reverse("question", args=[mine.key, "talking"])
    member_client.post(question, {"level": "1", "revision": "0"})
    address = reverse("review", args=[mine.key])
    response = member_client.post(address, {"revision": seen}, follow=True)
    assert "Not sent yet: an answer was changed" in html(response)
    assert not Assessment.objects.get().is_submitted


def test_review_sends_what_it_showed(member, member_client):
    mine = opened(member, ROLE, sql=3)
    assert f'name="revision" value="{mine.revision}"' in html(review(member_client, mine))
    member_client.post(reverse("review", args=[mine.key]), {"revision": str(mine.revision)})
    assert Assessment.objects.get().is_submitted


def test_a_draft_title_is_not_shown(member, member_client):
    mine = opened(member, ROLE)
    mine.role.title = "Not published yet"
    mine.role.save()
    for page in ("/assessments/", f"/assessments/{mine.key}/", START):
        assert "Not published yet" not in html(member_client.get(page))


def test_whoever_comes_back_is_told_of_the_version_they_are_on(member, member_client):
    opened(member, ROLE)
    publish(wide_definition(30))
    assert "Up to 4 questions" in words(main(member_client.get(START)))
