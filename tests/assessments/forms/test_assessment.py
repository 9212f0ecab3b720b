import pytest

from assessments.domain.questions import questions
from assessments.forms.assessment import AnswerForm, QualificationForm
from assessments.models import Answer, QualificationAnswer
from tests.definitions import FIELDS, definition, qualification, requirement

ROLE = definition(requirement("python"), qualifications=(qualification(),), fields=FIELDS)


def answer_form(data=None, **more):
    (question,) = questions(ROLE)
    return AnswerForm(data, question=question, definition=ROLE, **more)


def degree_form(data=None, **more):
    return QualificationForm(data, definition=ROLE, **more)


def test_it_works():
    form = answer_form({"level": "2", "last_done": "this-year", "example": " A parser. "})
    assert form.is_valid()
    assert form.cleaned_data == {
        "revision": None,
        "level": 2,
        "last_done": "this-year",
        "example": "A parser.",
    }


def test_none_is_a_level_and_cannot_judge_is_not():
    none, cannot_judge = answer_form({"level": "0"}), answer_form({"level": "cannot-judge"})
    assert none.is_valid()
    assert cannot_judge.is_valid()
    assert none.cleaned_data["level"] == 0
    assert cannot_judge.cleaned_data["level"] is None


def test_who_cannot_judge_has_not_done_it_lately():
    form = answer_form({"level": "cannot-judge", "last_done": "this-year"})
    assert form.is_valid()
    assert form.cleaned_data["last_done"] == ""


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({}, "level", "Select your level for Skill python"),
        ({"level": "5"}, "level", "Select one of the levels for Skill python"),
        ({"level": "-1"}, "level", "Select one of the levels for Skill python"),
        ({"level": "2\x00"}, "level", "Select one of the levels for Skill python"),
        (
            {"level": "2", "example": "x" * 501},
            "example",
            "Shorten your example to 500 characters: it has 501",
        ),
        ({"level": "2", "example": "a\x00b"}, "example", "Null characters are not allowed."),
        ({"level": "2", "last_done": "once"}, "last_done", "Select a valid choice."),
    ],
)
def test_errors_say_the_cure(data, field, words):
    form = answer_form(data)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


def test_500_characters_are_enough_and_allowed():
    assert answer_form({"level": "2", "example": "x" * 500}).is_valid()


def test_options_are_the_levels_with_their_anchors():
    options = answer_form().options
    assert [option.word for option in options] == [
        "None",
        "Aware",
        "Guided",
        "Independent",
        "Leading",
    ]
    assert options[2].anchor == "I do python as Guided."
    assert answer_form().option_at(2) == options[2]
    assert answer_form().option_at(None) is None


@pytest.mark.parametrize(
    ("shown", "seen"),
    [("7", 7), ("", 0), ("-1", 0), ("x", 0), ("²", 0), ("9" * 5000, 0)],
    ids=["7", "empty", "negative", "letters", "superscript", "endless"],
)
def test_what_the_page_showed(shown, seen):
    assert answer_form({"level": "9", "revision": shown}).seen_revision == seen


def test_what_is_shown_again_keeps_everything_typed():
    form = answer_form({"level": "2", "example": "A parser.", "revision": "1"}).as_shown_again(5)
    assert (form.seen_revision, form["level"].value()) == (5, "2")
    assert form["example"].value() == "A parser."


@pytest.mark.parametrize(
    ("data", "blank"),
    [
        ({}, True),
        ({"example": "  ", "revision": "3"}, True),
        ({"level": "0"}, False),
        ({"last_done": "never"}, False),
        ({"example": "x"}, False),
    ],
)
def test_blank_means_nothing_chosen_or_typed(data, blank):
    assert answer_form(data).is_blank is blank


def test_stored_answers_come_back():
    row = Answer(level=0, last_done="never", example="A parser.", revision=4)
    form = answer_form(initial=AnswerForm.initial_from(row))
    assert form["level"].value() == "0"
    assert form.seen_revision == 4
    assert AnswerForm.initial_from(Answer(level=None, revision=1))["level"] == "cannot-judge"
    assert AnswerForm.initial_from(None) == {"revision": 0}


def test_a_degree_with_its_field():
    form = degree_form({"degree": "master", "field": "mathematics"})
    assert form.is_valid()
    assert form.cleaned_data["degree"] == "master"
    assert form.cleaned_data["field"] == "mathematics"


@pytest.mark.parametrize("degree", ["none", "secondary"])
def test_without_a_degree_there_is_no_field(degree):
    form = degree_form({"degree": degree, "field": "mathematics"})
    assert form.is_valid()
    assert form.cleaned_data["field"] == ""


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"field": "physics"}, "degree", "Select your highest finished degree"),
        ({"degree": "wizard"}, "degree", "Select a valid choice."),
        ({"degree": "master"}, "field", "Select the main field of your degree"),
        ({"degree": "master", "field": "magic"}, "field", "Select a valid choice."),
    ],
)
def test_errors_of_a_degree(data, field, words):
    form = degree_form(data)
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


def test_another_field_is_a_choice():
    assert degree_form({"degree": "master", "field": "other"}).is_valid()


def test_a_stored_degree_comes_back():
    row = QualificationAnswer(degree="master", field="physics", revision=3)
    form = degree_form(initial=QualificationForm.initial_from(row))
    assert (form["degree"].value(), form["field"].value()) == ("master", "physics")
    assert form.seen_revision == 3
    assert QualificationForm.initial_from(None) == {"revision": 0}
