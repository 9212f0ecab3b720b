import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.cells import guarded, unguarded, xml_fit, xml_unfit

TEXTS = st.text() | st.text(alphabet="=+-@'\" \t\r\n＝_x0041Dd8", max_size=12)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "'=1", '"=1', "＝1", "\t", "\r"])
def test_a_text_that_starts_like_a_formula_is_marked(text):
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=b", "it's", "'quoted'", "1+1", "https://a.example/?q=-1"])
def test_other_texts_stay_as_they_are(text):
    assert guarded(text) == unguarded(text) == text


@given(TEXTS)
def test_every_text_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert xml_unfit(xml_fit(text)) == text


@given(TEXTS)
def test_what_is_written_starts_with_no_formula_and_no_control(text):
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))
    assert not set(xml_fit(text)) & {chr(code) for code in range(32) if code not in (9, 10)}
