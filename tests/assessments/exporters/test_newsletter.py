import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from assessments.exporters.newsletter import as_html


def test_it_works():
    html = as_html("# News\n\n**New** [roles](https://example.org/)\n\n- one")
    assert "<h2>News</h2>" in html
    assert '<strong>New</strong> <a href="https://example.org/">roles</a>' in html
    assert "<li>one</li>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](jAvAsCrIpT&colon;alert(1))",
        "[x](data:text/html,1)",
        "[x](http://example.org)",
        "[x](//example.org)",
        "[x](/admin/)",
        "[x](ftp://example.org)",
        "<http://example.org>",
        "![pixel](https://example.org/pixel.gif)",
        '<iframe src="https://example.org"></iframe>',
        "<style>*{display:none}</style>",
        '[x](https://example.org "onclick=1")',
    ],
)
def test_only_plain_marks_and_safe_addresses_get_through(text):
    html = as_html(text)
    for bad in ("<script", "<img", "<iframe", "<style", "title="):
        assert bad not in html
    for bad in ('href="http:', 'href="//', 'href="/', 'href="ftp', 'href="data', 'href="java'):
        assert bad not in html.lower()


def test_mail_addresses_may_be_linked():
    assert '<a href="mailto:us@example.org">' in as_html("<us@example.org>")


def test_templates_take_it_as_it_is_and_nothing_else():
    template = Template("{{ html }}")
    assert template.render(Context({"html": as_html("*a*")})) == "<p><em>a</em></p>\n"
    assert "&lt;" in template.render(Context({"html": as_html("*a*") + "<b>"}))


@given(st.text(alphabet="<>[]()!\"'`*#&;:/ \nahtpsjvcrix=", max_size=60))
def test_nothing_typed_makes_a_tag_that_is_not_listed(text):
    html = as_html(text).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="h' not in html.replace('href="https:', "")
