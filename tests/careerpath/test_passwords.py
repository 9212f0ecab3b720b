import pytest
from django.core.exceptions import ValidationError

from careerpath.passwords import NotCommon

REFUSED = [
    "1q2w3e4r5t6y",
    "trustno1!!!!!!",
    "password1234",
    "Football-2024!",
    "...dragon...dragon",
    "p@ssw0rdp@ssw0rd",
    "sunshine sunshine",
    "abcdefghijkl",
    "098765432109",
    "qwertyuiopasdf",
    "1qaz2wsx3edc4rfv",
    "xyz!xyz!xyz!",
    "aaaaaaaaaaaaaaaa",
    "CareerPath2026!",
    "machine-learning-engineer",
]
TAKEN = [
    "correct horse battery staple",
    "another horse, another staple",
    "zwölf Boxkämpfer jagen",
    "tV9$kw2!pLq8",
    "849302758391",
    "x" * 500 + "tV9$kw2!pLq8" * 40,
]


RULE = NotCommon()


def refuses(password):
    try:
        RULE.validate(password)
    except ValidationError as error:
        return error.code == "password_too_common"
    return False


@pytest.mark.parametrize("password", REFUSED)
def test_what_many_people_use_is_refused(password):
    assert refuses(password)


@pytest.mark.parametrize("password", TAKEN)
def test_what_few_would_think_of_is_taken(password):
    assert not refuses(password)


def test_many_thousand_of_the_length_that_ours_must_have_are_refused():
    known = sorted(one for one in RULE.passwords if 6 <= len(one) < 11 and one.isalpha())
    longer = {word + "20261234"[: max(1, 12 - len(word))] for word in known[::2]}
    assert len(longer) > 3_000
    assert [word for word in longer if not refuses(word)] == []
