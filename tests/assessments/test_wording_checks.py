import pytest

from assessments.domain.links import Detail
from assessments.wording import CHECKS, say_check


def test_it_works():
    assert say_check("gone:http-404") == "The site answered with status 404."


def test_an_unclear_answer_asks_for_a_look():
    assert say_check("unclear:http-403") == (
        "Unclear: the site answered with status 403. Open it in a browser."
    )


@pytest.mark.parametrize("text", ["", "x", "silent:"])
def test_nothing_is_said_about_nothing(text):
    assert say_check(text) == ""


def test_every_reason_has_words():
    assert set(CHECKS) == set(Detail)
