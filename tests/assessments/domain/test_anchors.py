import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.anchors import MAX_LENGTH, Kind, Problem, likeness, problems_of
from tests.definitions import law

GOOD = {
    0: "I have not done this.",
    1: "I can say what a test set is for.",
    2: "I split data with the help of a colleague.",
    3: "I choose how to split data, and defend the choice.",
    4: "I review how other teams measure their models.",
}


def kinds(text):
    return [problem.kind for problem in problems_of({2: text})]


def test_it_works():
    assert problems_of(GOOD, range(5)) == ()


def test_a_level_without_a_sentence_is_missing():
    found = problems_of({**GOOD, 3: "  "}, range(6))
    assert found == (Problem(Kind.MISSING, (3,)), Problem(Kind.MISSING, (5,)))


def test_without_levels_nothing_is_missing():
    assert problems_of({2: GOOD[2]}) == ()


@pytest.mark.parametrize("text", ["I test.", "I’ve led teams.", "I'm asked to help.", "I, alone."])
def test_one_speaks_of_oneself(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text", ["Can test.", "It runs.", "In teams, I test.", "I-beams hold.", "i"]
)
def test_anything_else_at_the_start_is_named(text):
    assert problems_of({2: text}) == (Problem(Kind.NOT_I, (2,), text.split()[0]),)


def test_ninety_characters_are_enough():
    longest = "I " + "x" * (MAX_LENGTH - 2)
    assert kinds(longest) == []
    assert problems_of({2: longest + "."}) == (Problem(Kind.TOO_LONG, (2,), "91"),)


@pytest.mark.parametrize(
    "words",
    [
        "a good knowledge of",
        "some understanding of",
        "Expert command of",
        "a basic grasp of",
        "solid  knowledge of",
        "a strong practical understanding of",
        "a deep knowledge of",
        "an excellent command of",
        "a sound understanding of",
        "grown familiar with",
        "become proficient in",
    ],
)
def test_vague_words_are_refused(words):
    assert kinds(f"I have {words} Python.") == [Kind.VAGUE]


@pytest.mark.parametrize(
    "text", ["I find good examples.", "I explain deep networks.", "I command a cluster."]
)
def test_the_same_words_elsewhere_are_fine(text):
    assert kinds(text) == []


def test_seven_words_of_ten_may_be_shared_and_no_more():
    one = "I a b c d e f g h"  # nine words
    at_limit, above = "I a b c d e f x", "I a b c d e f g y"
    assert likeness(one, at_limit) == 0.7
    assert problems_of({1: one, 2: at_limit}) == ()
    assert problems_of({1: one, 2: above}) == (Problem(Kind.ALIKE, (1, 2)),)


def test_case_and_punctuation_set_nothing_apart():
    assert problems_of({1: "I test, daily.", 4: "I TEST daily!"}) == (Problem(Kind.ALIKE, (1, 4)),)


def test_c_is_not_c_plus_plus():
    assert likeness("C", "C++") == 0


@law
@given(st.text(), st.text())
def test_likeness_is_the_same_from_both_sides(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= likeness(one, one) == 1


@law
@given(st.dictionaries(st.integers(0, 7), st.text()))
def test_anything_typed_is_judged(sentences):
    written = {level for level, text in sentences.items() if text.strip()}
    found = problems_of(sentences, range(8))
    assert {problem.levels[0] for problem in found if problem.kind is Kind.MISSING} == (
        set(range(8)) - written
    )
