import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.words import LONGEST, asked_words, index_text, key, stem, words
from tests.definitions import law


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Data Analyst", ["data", "analyst"]),
        (
            "Computer Systems Engineers/Architects",
            ["computer", "systems", "engineers", "architects"],
        ),
        ("C++, C#, F#", ["cplusplus", "csharp", "fsharp"]),
        ("ASP.NET and .NET", ["asp", "dotnet", "and", "dotnet"]),
        ("Node.js", ["node", "js"]),
        ("Bachelor's, bachelor’s", ["bachelors", "bachelors"]),
        ("Café Ångström", ["cafe", "angstrom"]),
        ("R&D -- 3D", ["r", "d", "3d"]),
        ("snake_case", ["snake", "case"]),
        ("?! ", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "alike",
    [
        ("engineer", "engineers", "engineering"),
        ("nurse", "nurses", "nursing"),
        ("company", "companies"),
        ("programmer", "programming", "programmers"),
        ("coach", "coaches", "coaching"),
        ("writer", "writing", "write"),
        ("class", "classes"),
    ],
)
def test_endings_do_not_count(alike):
    assert len({stem(word) for word in alike}) == 1


@pytest.mark.parametrize("word", ["analysis", "bus", "it", "r", "sql", "boss", "king"])
def test_short_and_strange_words_keep_something(word):
    assert len(stem(word)) >= min(3, len(word))


@law
@given(st.text())
def test_words_hold_nothing_that_means_something_to_a_database(text):
    for word in (*words(text), *map(stem, words(text))):
        assert word.isalnum()
        assert len(word) <= LONGEST


@law
@given(st.text())
def test_every_word_of_a_text_is_in_its_index_with_its_stem(text):
    indexed = index_text(text).split()
    assert {*words(text), *map(stem, words(text))} == set(indexed)


def test_titles_that_mean_the_same_have_the_same_key():
    assert key("Data Scientists") == key("data  scientist")
    assert key("Data Scientists") != key("Scientists, Data")


def test_small_words_are_left_out_unless_there_is_nothing_else():
    assert asked_words("the manager of the IT and the data") == ["manager", "it", "data"]
    assert asked_words("of the") == ["of", "the"]
