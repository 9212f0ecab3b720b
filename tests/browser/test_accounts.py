"""Account pages in a browser: passkeys for real, and axe on every page."""

import pytest
from playwright.sync_api import expect

from tests.access.passkeys import passkey
from tests.browser.journey import press
from tests.conftest import PASSWORD

SIGNED_OUT = ["signup/", "login/", "password/reset/", "password/reset/done/", "inactive/"]
SIGNED_IN = ["", "email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "logout/"]
ADD = "/accounts/2fa/webauthn/add/"
STOPPED = """
() => {
  navigator.credentials.get = () => Promise.reject(new DOMException("", "NotAllowedError"));
}
"""
BEHIND_A_PASSWORD = ["2fa/totp/activate/", "2fa/webauthn/add/"]


class Keyring:
    """Keeps passkeys and confirms each without asking, unless told to refuse."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.key = {"authenticatorId": made["authenticatorId"]}

    def recognises(self, is_owner):
        """As with a finger that is the owner's, or is not."""
        self.session.send("WebAuthn.setUserVerified", self.key | {"isUserVerified": is_owner})

    def forgets(self):
        self.session.send("WebAuthn.clearCredentials", self.key)


@pytest.fixture
def keyring(page):
    return Keyring(page)


def confirm_it_is_me(page):
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Continue")


def sign_out(page):
    page.goto("/accounts/logout/")
    press(page, "Sign out")


def add_passkey(page, *, alone):
    page.goto(ADD)
    confirm_it_is_me(page)
    if not alone:
        page.get_by_label("Sign in with it alone").press("Space")
    press(page, "Add passkey")
    page.get_by_text("Your passkey is added").wait_for()


def says_that_it_did_not_work(page):
    page.get_by_role("status").get_by_text("That did not work, or you stopped it").wait_for()
    return True


def test_signs_in_with_a_passkey_alone(page, member, sign_in, keyring):
    sign_in(member)
    add_passkey(page, alone=True)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_text("Signs you in alone.").wait_for()
    sign_out(page)
    page.goto("/accounts/login/?next=/accounts/sessions/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/accounts/sessions/")


def test_a_passkey_is_the_second_step(page, member, sign_in, keyring):
    sign_in(member)
    add_passkey(page, alone=False)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_text("Second step after your password.").wait_for()
    sign_out(page)
    sign_in(member)
    assert "/accounts/2fa/authenticate/" in page.url
    press(page, "Use a passkey")
    page.wait_for_url("**/assessments/")


def test_a_passkey_shows_that_it_is_you(page, member, enter, keyring):
    enter(member)
    add_passkey(page, alone=True)
    enter(member)
    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_role("link", name="Use a passkey").click()
    press(page, "Use a passkey")
    page.wait_for_url("**/accounts/2fa/totp/activate/")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_where_a_button_takes_the_place_of_a_note(page, member, enter, width):
    passkey(member, "Phone")
    enter(member)
    page.set_viewport_size({"width": width, "height": 800})
    page.route("**/account*.js", lambda route: route.fulfill(body=""))
    page.goto("/accounts/2fa/webauthn/reauthenticate/")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    before = page.locator("h2").first.bounding_box()
    page.unroute("**/account*.js")
    page.reload()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    assert page.locator("h2").first.bounding_box() == before


def test_enter_in_the_name_adds_the_passkey(page, member, enter, keyring):
    enter(member)
    page.goto(ADD)
    confirm_it_is_me(page)
    page.get_by_label("Name").fill("Kitchen laptop")
    page.get_by_label("Name").press("Enter")
    page.get_by_text("Your passkey is added").wait_for()
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("heading", name="Kitchen laptop").wait_for()


def test_adding_on_a_device_that_refuses_can_be_tried_again(page, member, enter, keyring):
    enter(member)
    page.goto(ADD)
    confirm_it_is_me(page)
    keyring.recognises(False)
    press(page, "Add passkey")
    assert says_that_it_did_not_work(page)
    keyring.recognises(True)
    press(page, "Add passkey")
    page.get_by_text("Your passkey is added").wait_for()


def test_a_device_has_one_passkey_of_each_person(page, member, enter, keyring):
    enter(member)
    add_passkey(page, alone=True)
    page.goto(ADD)
    press(page, "Add passkey")
    assert says_that_it_did_not_work(page)


def test_signing_in_on_a_device_that_refuses_can_be_tried_again(page, member, enter, keyring):
    enter(member)
    add_passkey(page, alone=True)
    sign_out(page)
    page.goto("/accounts/login/")
    keyring.recognises(False)
    press(page, "Sign in with a passkey")
    assert says_that_it_did_not_work(page)
    keyring.recognises(True)
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/assessments/")


def test_a_second_step_that_is_refused_is_told(page, member, enter, sign_in, keyring):
    enter(member)
    add_passkey(page, alone=False)
    sign_out(page)
    sign_in(member)
    keyring.forgets()
    press(page, "Use a passkey")
    assert says_that_it_did_not_work(page)


def test_not_having_shown_that_it_is_you_is_told(page, member, enter, keyring):
    enter(member)
    add_passkey(page, alone=True)
    page.goto("/accounts/2fa/webauthn/reauthenticate/")
    keyring.forgets()
    press(page, "Use a passkey")
    assert says_that_it_did_not_work(page)


def test_says_on_the_page_that_somebody_stopped_it(page, db):
    page.goto("/accounts/login/")
    page.evaluate(STOPPED)
    press(page, "Sign in with a passkey")
    assert says_that_it_did_not_work(page)


def test_says_on_the_page_that_the_server_did_not_answer(page, db, keyring, complaints):
    page.goto("/accounts/login/")
    page.route("**/2fa/webauthn/login/", lambda route: route.abort())
    press(page, "Sign in with a passkey")
    assert says_that_it_did_not_work(page)
    complaints.clear()


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
    expect(summary).to_be_focused()
    summary.get_by_text("Enter your e-mail address").click()
    expect(page.locator("#id_email")).to_be_focused()


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
