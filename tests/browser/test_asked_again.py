"""A page that the browser has, asked for again before and after signing in."""

from tests.browser.journey import press
from tests.definitions import definition, requirement
from tests.pages import words
from tests.published import publish

ROLE, LIST = "/roles/tester/", "/roles/"


def is_signed_in(page):
    ways = page.get_by_role("banner").get_by_role("link")
    return [name in ways.all_inner_texts() for name in ("Sign out", "Sign in")] == [True, False]


def test_a_page_that_is_still_true_is_not_sent_again(page, caplog):
    publish(definition(requirement("python")))
    for path in (ROLE, LIST, ROLE):
        page.goto(path)
    assert [one.status for one in caplog.records if one.name == "requests"] == [200, 200, 304]
    assert "Tester" in page.get_by_role("heading", level=1).inner_text()
    assert "Sign in" in words(page.content())
    publish(definition(requirement("python"), requirement("sql")))
    page.goto(ROLE)
    assert "Version 2 of this role" in words(page.content())


def test_signing_in_and_out_each_show_whose_it_is(page, member, sign_in):
    publish(definition(requirement("python")))
    for path in (ROLE, LIST, "/", ROLE):
        page.goto(path)
        assert not is_signed_in(page)
    sign_in(member)
    page.go_back()
    for _step in range(4):
        page.go_back()
        assert is_signed_in(page), page.url
    page.goto(ROLE)
    assert is_signed_in(page)
    page.goto("/accounts/logout/")
    press(page, "Sign out")
    page.wait_for_url("**/")
    for path in (ROLE, "/"):
        page.goto(path)
        assert not is_signed_in(page)
