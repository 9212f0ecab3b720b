"""Account pages in a browser: passkeys for real, and axe on every page."""

import pytest

from tests.conftest import PASSWORD

SIGNED_OUT = ["signup/", "login/", "password/reset/", "password/reset/done/", "inactive/"]
SIGNED_IN = ["", "email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "logout/"]
BEHIND_A_PASSWORD = ["2fa/totp/activate/", "2fa/webauthn/add/"]


@pytest.fixture
def authenticator(page):
    """A device that keeps passkeys and confirms each without asking."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def confirm_it_is_me(page):
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")


def sign_out(page):
    page.goto("/accounts/logout/")
    press(page, "Sign out")


def test_signs_in_with_a_passkey_alone(page, member, sign_in, authenticator):
    sign_in(member)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_it_is_me(page)
    press(page, "Add passkey")
    page.get_by_text("Your passkey is added").wait_for()
    sign_out(page)
    page.goto("/accounts/login/?next=/accounts/sessions/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/accounts/sessions/")


def test_a_passkey_is_the_second_step(page, member, sign_in, authenticator):
    sign_in(member)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_it_is_me(page)
    page.get_by_label("Sign in with it alone").press("Space")
    press(page, "Add passkey")
    page.get_by_text("Your passkey is added").wait_for()
    sign_out(page)
    sign_in(member)
    assert "/accounts/2fa/authenticate/" in page.url
    press(page, "Use a passkey")
    page.wait_for_url("**/assessments/")


def test_says_on_the_page_that_a_passkey_did_not_work(page, db):
    page.goto("/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    press(page, "Sign in with a passkey")
    page.get_by_role("status").get_by_text("That did not work, or you stopped it").wait_for()


def test_a_typed_password_can_be_looked_at(page, db):
    page.goto("/accounts/signup/")
    password = page.locator("#id_password1")
    password.fill(PASSWORD)
    press(page, "Show: Password")
    assert password.get_attribute("type") == "text"
    press(page, "Hide: Password")
    assert password.get_attribute("type") == "password"


def test_after_an_error_the_focus_is_on_the_summary(page, db):
    page.goto("/accounts/signup/")
    press(page, "Create an account")
    summary = page.locator(".error-summary")
    assert summary.evaluate("element => element === document.activeElement")
    summary.get_by_text("Enter your e-mail address").click()
    assert page.locator("#id_email").evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_signed_out(page, db, axe, theme):
    page.emulate_media(color_scheme=theme)
    for path in SIGNED_OUT:
        page.goto(f"/accounts/{path}")
        assert axe() == [], path
    page.goto("/accounts/signup/")
    press(page, "Create an account")
    assert axe() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_signed_in(page, member, sign_in, axe, theme):
    page.emulate_media(color_scheme=theme)
    sign_in(member)
    for path in SIGNED_IN:
        page.goto(f"/accounts/{path}")
        assert axe() == [], path
    page.goto("/accounts/2fa/totp/activate/")
    confirm_it_is_me(page)
    for path in BEHIND_A_PASSWORD:
        page.goto(f"/accounts/{path}")
        assert axe() == [], path


@pytest.mark.parametrize("width", [320, 1280])
def test_no_account_page_scrolls_sideways(page, member, sign_in, width):
    page.set_viewport_size({"width": width, "height": 640})
    sign_in(member)
    for path in SIGNED_IN:
        page.goto(f"/accounts/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
