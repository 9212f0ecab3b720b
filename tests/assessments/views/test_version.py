import pytest
from django.urls import reverse

from assessments.models import Answer, Assessment, QualificationAnswer, publication
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import FIELDS, definition, qualification, requirement, wide_definition
from tests.pages import html, main, part, title, words
from tests.published import answer, opened, publish, submitted

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


def page(client, assessment, view="assessment_version"):
    return main(client.get(at(view, assessment)))


def press(client, assessment, **changed):
    data = {"number": "2", "revision": "0"} | changed
    return client.post(at("assessment_version", assessment), data)


# --- an open assessment ---


def test_it_works(mine, member_client):
    publish(NEW)
    tasks = page(member_client, mine, "assessment_detail")
    assert at("assessment_version", mine) in tasks
    response = press(member_client, mine)
    assert response.url == at("assessment_detail", mine)
    said = words(main(member_client.get(response.url)))
    assert "You are on version 2 now. 1 answer was kept, 3 questions are new or reworded." in said
    assert "1 of 4 answered." in said
    assert "The definition changed" not in said


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NEW, "2 questions are new, 1 was reworded, 1 of your answers is no longer needed"),
        (reworded(OLD, "sql"), "1 question was reworded"),
        (reworded(OLD, "sql", "r"), "2 questions were reworded"),
        (definition(*OLD.requirements, requirement("git")), "1 question is new"),
        (definition(OLD.requirements[0]), "2 of your answers are no longer needed"),
        (definition(*OLD.requirements, title="Other"), "your questions stay as they are"),
    ],
)
def test_the_tasks_say_what_changed(mine, member_client, new, said):
    publish(new)
    heading = part(page(member_client, mine, "assessment_detail"), '<h2 id="changed">', "</h2>")
    assert words(heading) == f"The definition changed: {said}"


def test_without_anything_newer_nothing_is_said(mine, member_client):
    assert "The definition changed" not in page(member_client, mine, "assessment_detail")
    assert "see what changed" not in main(member_client.get(reverse("assessment_list")))
    response = member_client.get(at("assessment_version", mine))
    assert response.url == at("assessment_detail", mine)


def test_a_version_that_says_the_same_again_is_no_news(mine, member_client):
    publish(NEW)
    publish(OLD)
    assert "The definition changed" not in page(member_client, mine, "assessment_detail")
    assert "see what changed" not in main(member_client.get(reverse("assessment_list")))
    assert "Nothing: the two versions say the same." in words(page(member_client, mine))


def test_every_answer_that_does_not_move_is_shown_with_all_that_was_typed(mine, member_client):
    publish(NEW)
    shown = page(member_client, mine)
    again, gone = part(shown, 'id="again"', 'id="gone"'), part(shown, 'id="gone"', 'id="new"')
    assert "Skill sql Guided : I do sql as Guided." in words(again)
    assert "A query.<br>And &lt;another&gt;." in again
    assert "Skill r I can’t judge this" in words(gone)
    assert "Skill talking Skill git" in words(part(shown, 'id="new"', 'id="kept"'))
    assert "Skill python: Independent" in words(part(shown, 'id="kept"', "</ul>"))


def test_a_degree_that_does_not_move_is_shown(mine, member_client):
    QualificationAnswer.objects.create(
        assessment=mine, degree="master", field="physics", revision=1
    )
    publish(definition(*OLD.requirements, qualifications=(qualification(),), fields=FIELDS[:1]))
    shown = words(part(page(member_client, mine), 'id="degree"', "<form"))
    assert "Master's degree, Physics" in shown


def test_what_changed_is_said_in_words(mine, member_client):
    publish(NEW)
    shown = words(part(page(member_client, mine), 'id="changes"', 'id="moving"'))
    assert "Skill added: Skill talking" in shown
    assert "level 3: “I do sql as Independent.” → “I do sql as Independent. Now.”" in shown


def test_targets_stay_hidden_to_who_is_still_answering(mine, member_client):
    """Versions that differ in nothing but their targets give the same page, to the byte."""
    pages = set()
    for level in (1, 2, 4, 5):
        wanted = requirement("python", level, importance=level, essential=True)
        version = publish(definition(wanted, *OLD.requirements[1:], **DEGREE))
        pages.add(page(member_client, mine))
        version.delete()
    assert len(pages) == 1
    assert "What is asked for, or why, changed in 3 places." in words(pages.pop())


def test_looking_changes_nothing(mine, member_client):
    publish(NEW)
    page(member_client, mine)
    mine.refresh_from_db()
    assert mine.version.number == 1
    assert Answer.objects.count() == 3


def test_pressing_twice_moves_once(mine, member_client):
    publish(NEW)
    press(member_client, mine)
    answer(mine, sql=4)
    assert press(member_client, mine).url == at("assessment_detail", mine)
    assert {row.skill for row in Answer.objects.all()} == {"python", "sql"}


def test_a_still_newer_version_shows_the_page_again(mine, member_client):
    publish(NEW)
    publish(reworded(OLD, "python"))
    response = press(member_client, mine)
    assert response.status_code == 409
    assert title(response).startswith("Look again:")
    assert 'name="number" value="3"' in html(response)
    assert press(member_client, mine, number="3").status_code == 302
    assert Assessment.objects.get().version.number == 3


def test_an_answer_saved_in_another_tab_is_shown_before_it_goes(mine, member_client):
    publish(NEW)
    Answer.objects.filter(skill="sql").update(example="Typed since.")
    Assessment.objects.update(revision=5)
    response = press(member_client, mine)
    assert response.status_code == 409
    assert "Typed since." in main(response)
    assert Answer.objects.count() == 3
    assert press(member_client, mine, revision="5").status_code == 302


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "3", "9" * 30, "2\0"])
def test_a_forged_number_moves_nothing(mine, member_client, number):
    publish(NEW)
    assert press(member_client, mine, number=number).status_code == 409
    assert Assessment.objects.get().version.number == 1


def test_after_submission_there_is_nothing_to_move(member, member_client):
    sent = submitted(member, OLD, python=3)
    publish(NEW)
    assert member_client.get(at("assessment_version", sent)).url == at("report_detail", sent)
    assert press(member_client, sent).url == at("report_detail", sent)
    assert Assessment.objects.get().version.number == 1


# --- people and methods ---


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("view", ["assessment_version", "report_version"])
@pytest.mark.parametrize("make", [opened, submitted])
def test_a_stranger_s_answers_like_a_missing_one(member, stranger_client, make, view, method):
    theirs = make(member, OLD, python=3)
    publish(NEW)
    ask = getattr(stranger_client, method)
    found = ask(at(view, theirs), {"number": "2", "revision": "0"})
    missing = ask(reverse(view, args=["x" * 22]), {"number": "2", "revision": "0"})
    assert found.status_code == missing.status_code
    assert found.status_code in (404, 405)
    assert found.content == missing.content
    assert Assessment.objects.get().version.number == 1


@pytest.mark.parametrize("view", ["assessment_version", "report_version"])
def test_without_an_account_it_asks_to_sign_in(member, client, view):
    path = at(view, submitted(member, OLD))
    assert client.post(path).url == f"{reverse('account_login')}?next={path}"


def test_editors_words_are_escaped(mine, member_client):
    publish(definition(requirement("python"), groups=OLD.groups, title="<b>x</b>"))
    assert "<b>" not in page(member_client, mine)


# --- queries ---


@pytest.mark.parametrize(
    ("make", "view", "most"),
    [
        (opened, "assessment_detail", 8),
        (opened, "assessment_version", 8),
        (submitted, "report_version", 7),
    ],
)
def test_pages_ask_the_database_as_often_for_200_skills_as_for_10(
    member, member_client, make, view, most, django_assert_num_queries
):
    for size in (10, 200):
        mine = make(member, wide_definition(size), **{f"s{n}": n % 5 for n in range(0, size, 2)})
        publish(reworded(wide_definition(size + 1), "s0", "s2"))
        publication._definitions.clear()
        with django_assert_num_queries(most):
            assert member_client.get(at(view, mine)).status_code == 200
        mine.delete()


def test_the_list_asks_as_often_with_newer_versions(
    member, member_client, django_assert_num_queries
):
    for _ in range(20):
        submitted(member, OLD, python=1)
    publish(NEW)
    with django_assert_num_queries(4):
        shown = main(member_client.get(reverse("assessment_list")))
    assert shown.count("see what changed") == 20
