"""Every page in every state that people meet: the tour, and what it does not come past.

STATES counts them; a part of the tour that gains or loses one says so.
"""

from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import timezone

from assessments import reports
from assessments.actions import assessment as actions
from assessments.actions import sharing
from assessments.models import PlanItem, ShareLink
from assessments.models.assessment import new_key
from tests.browser.journey import ROLE, press, question_path
from tests.browser.planted import Words, keep, member_pages, plant, report_pages
from tests.browser.tour import MIXED, PARTS, Tour
from tests.conftest import PASSWORD
from tests.definitions import definition, onet_definition, requirement, wide_definition
from tests.planned import plan
from tests.published import answer, publish

LONG = ["Rindfleischetikettierungsueberwachungsaufgabenuebertragungsge", "x" * 60]
BROKEN = ["400", "403", "403_csrf", "413", "429", "500", "503"]


class States(Tour):
    def broken(self):
        """Pages for what went wrong, as the server would send them."""
        for name in BROKEN:
            self.serve(render_to_string(f"{name}.html"))
            yield self.at("/broken/", f"error {name}")
            self.page.unroute("**/broken/")

    def serve(self, body):
        self.page.route(
            "**/broken/", lambda route: route.fulfill(body=body, content_type="text/html")
        )

    def accounts(self):
        """Signing in, and one's own account."""
        self.at("/accounts/signup/")
        yield self.refused("Create an account", "sign-up#error")
        self.at("/accounts/login/")
        self.page.locator("input[name=login]").fill("nobody@example.org")
        self.page.locator("input[name=password]").fill("wrong")
        yield self.refused("Sign in", "sign-in#error")
        yield self.at("/accounts/password/reset/")
        yield self.at("/accounts/password/reset/done/")
        yield self.at("/accounts/password/reset/key/abc-def/", "new password#dead link")
        self.at("/accounts/login/")
        self.page.locator("input[name=login]").fill(self.member.email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url("**/assessments/")
        for name in ("", "email/", "sessions/", "2fa/", "2fa/webauthn/", "logout/"):
            yield self.at(f"/accounts/{name}")
        self.at("/accounts/password/change/")
        yield self.refused("Change password", "password#error")
        yield self.at("/accounts/2fa/totp/activate/", "it is you?")

    def long_words(self):
        """Words of 60 letters wherever anybody can write."""
        mine = plant("long", Words(LONG), self.member)
        self.enter(self.member)
        for path in member_pages("long", mine):
            yield self.at(path, f"long words: {path}")
        actions.submit(assessment=mine)
        for path in report_pages(mine, keep(mine, Words(LONG))):
            yield self.at(path, f"long words again: {path}")

    def full(self):
        """Much of everything, and a scale with eight levels."""
        self.enter(self.member)
        version = publish(wide_definition(60))
        mine = actions.start(by=self.member, version=version)
        answer(mine, **{f"s{n}": (n % 5 if n % 7 else None) for n in range(60)})
        yield self.at(f"/assessments/{mine.key}/", "60 skills: tasks")
        yield self.at(f"/assessments/{mine.key}/review/", "60 skills: check answers")
        sent = actions.submit(assessment=mine)
        yield self.at(f"/reports/{sent.key}/", "60 skills: report")
        yield self.at(f"/plan/add/{sent.key}/", "60 skills: add to plan")
        by_example = publish(onet_definition(requirement("law", 5), slug="rated", title="Rated"))
        rated = actions.start(by=self.member, version=by_example)
        yield self.at(question_path(rated.key, "law"), "question#examples")
        yield self.refused("Continue", "question#examples-error")

    def gone(self):
        """No data, not any more, or changed meanwhile."""
        self.enter(self.member)
        yield self.at("/roles/?q=nothing-like-it", "roles#nothing")
        empty = publish(definition(slug="empty", title="Empty"))
        yield self.at("/roles/empty/", "role#empty")
        yield self.at(f"{ROLE}start/", "start#first")
        mine = self.started(**MIXED)
        sent = actions.submit(assessment=mine)
        yield self.at(f"/reports/{sent.key}/share/", "share#none")
        link = sharing.make(assessment=sent, scope="statement", days=7, press=new_key())
        yield self.at(f"/shared/{link.token}/", "shared#statement")
        past = timezone.now() - timedelta(days=1)
        ShareLink.objects.update(created_at=past - timedelta(days=7), expires_at=past)
        yield self.at(f"/shared/{link.token}/", "shared#expired")
        plan(self.member, sent, reports.compute(sent).priorities[0].gap.requirement.slug)
        item = PlanItem.objects.get()
        self.at(f"/plan/{item.skill}/")
        PlanItem.objects.update(revision=7, notes="Elsewhere.")
        press(self.page, "Save")
        self.page.locator(".conflict").wait_for()
        self.forgive()
        yield "plan#conflict"
        yield self.at("/plan/nothing-planned/", "plan#missing")
        self.at(question_path(self.started().key, "python"))
        self.page.context.clear_cookies()
        press(self.page, "Continue")
        self.page.locator("h1").wait_for()
        self.forgive()
        yield "question#signed out meanwhile"
        assert empty.definition.requirements == ()


EVERY_PART = [*PARTS, "broken", "accounts", "long_words", "full", "gone"]
# At how many each part stops.
STATES = {
    "public": 7,
    "assessment": 11,
    "reports": 5,
    "plan": 7,
    "returning": 6,
    "mail": 12,
    "my_data": 6,
    "admin": 6,
    "nearest": 8,
    "guest": 8,
    "search": 9,
    "broken": 7,
    "accounts": 13,
    "long_words": 21,
    "full": 6,
    "gone": 9,
}
