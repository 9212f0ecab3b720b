"""Whoever scores answers must see what is wrong with one."""

from http.cookies import SimpleCookie

import pytest

from tests.access.observatory import MOST, TESTS, Answer, Marks, results, score

STRICT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
SCRIPT = '<script src="/static/a.js" integrity="sha384-abc"></script>'
CSP = "Content-Security-Policy"
TLS, PLAIN = "https://testserver/", "http://testserver/"


def cookie(**flags):
    jar = SimpleCookie({"__Host-session": "abc"})
    jar["__Host-session"].update({"secure": True, "httponly": True, "samesite": "Lax"} | flags)
    return list(jar.values())


def test_it_works():
    assert score(Answer(STRICT, cookie(), SCRIPT, over_http=TLS)) == MOST
    assert len(TESTS) == 12


@pytest.mark.parametrize(
    ("name", "value", "test"),
    [
        (CSP, "", "content-security-policy"),
        (CSP, "default-src 'self' 'unsafe-inline'", "content-security-policy"),
        (CSP, "default-src 'none'; script-src 'unsafe-eval'", "content-security-policy"),
        (CSP, "default-src 'none'; img-src http:", "content-security-policy"),
        (CSP, "default-src 'none'", "x-frame-options"),
        ("Access-Control-Allow-Origin", "https://evil.example", "cross-origin-resource-sharing"),
        ("Referrer-Policy", "unsafe-url", "referrer-policy"),
        ("Strict-Transport-Security", "max-age=60", "strict-transport-security"),
        ("Strict-Transport-Security", "", "strict-transport-security"),
        ("X-Content-Type-Options", "", "x-content-type-options"),
        ("Cross-Origin-Resource-Policy", "all", "cross-origin-resource-policy"),
        ("Cross-Origin-Opener-Policy", "all", "cross-origin-opener-policy"),
        ("Cross-Origin-Embedder-Policy", "all", "cross-origin-embedder-policy"),
    ],
)
def test_a_bad_header_fails_its_test(name, value, test):
    answer = Answer(STRICT | {name: value}, cookie(), SCRIPT, over_http=TLS)
    assert results(answer)[test] < 0
    assert score(answer) < MOST


@pytest.mark.parametrize("flag", ["secure", "httponly", "samesite"])
def test_a_cookie_without_a_flag_fails(flag):
    assert results(Answer(STRICT, cookie(**{flag: ""}), over_http=TLS))["cookies"] < 0


def test_an_address_that_answers_without_tls_fails():
    assert results(Answer(STRICT, over_http=PLAIN))["redirection"] < 0


def test_a_script_from_elsewhere_fails():
    html = '<script src="//elsewhere.example/a.js"></script>'
    assert results(Answer(STRICT, html=html, over_http=TLS))["subresource-integrity"] < 0


@pytest.mark.parametrize(
    "html",
    [
        "<script>go()</script>",
        "<style>a{}</style>",
        '<p style="color: red">',
        '<p onclick="go()">',
        '<a href=" JavaScript:go()">',
    ],
)
def test_what_stands_in_the_page_itself_is_seen(html):
    assert Marks(html).inline
