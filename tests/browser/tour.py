"""Every kind of page and state, one after the other, for checks that hold on all of them.

Each stop has a name; one with a "#" is another state of a page that has been shown already.
"""

from assessments.actions import assessment as actions
from assessments.actions import sharing
from assessments.actions.mail_links import confirm_link, reminders_off_link, unsubscribe_link
from assessments.models import Assessment, PlanItem, Role, Skill, Subscriber
from assessments.models.assessment import new_key
from tests.browser.journey import ROLE, START, choose, press, question_path
from tests.conftest import PASSWORD
from tests.mailing import path_of
from tests.my_data import export
from tests.occupations import bakery
from tests.published import answer
from tests.rated import ladder

MIXED = {"python": 1, "r": 3, "tensorflow": 1, "algorithms": 4, "mathematics": None, "judgement": 3}
MIXED |= {"data-structures": 0, "model-validation": 1, "communication": 2}


class Tour:
    def __init__(self, page, role, member, editor, enter, complaints):
        self.page, self.role, self.member = page, role, member
        self.editor, self.enter, self.complaints = editor, enter, complaints

    def stops(self, part):
        return getattr(self, part)()

    def at(self, path, name=""):
        self.page.goto(path)
        self.forgive()
        return name or path

    def forgive(self):
        """A browser complains of 404, 409 and 410, which are what these stops are for."""
        self.complaints[:] = [one for one in self.complaints if "status of 4" not in one]

    def refused(self, button, name):
        press(self.page, button)
        self.page.locator(".error-summary, .errorlist").first.wait_for()
        return name

    def started(self, **levels):
        mine = actions.start(by=self.member, version=self.role)
        answer(mine, **levels)
        return mine

    def public(self):
        for path in ["/", "/roles/", ROLE, START, "/accounts/signup/", "/accounts/login/"]:
            yield self.at(path)
        yield self.at("/nowhere/")

    def assessment(self):
        self.enter(self.member)
        yield self.at("/assessments/", "list#empty")
        mine = self.started(**MIXED)
        for path in ["/assessments/", f"/assessments/{mine.key}/"]:
            yield self.at(path)
        yield self.at(START, "start#opened")
        yield from self.question(mine, question_path(mine.key, "computer-architecture"))
        yield self.at(question_path(mine.key, "java"), "question#any-of")
        yield self.at(f"/assessments/{mine.key}/qualifications/")
        yield self.refused("Continue", "qualifications#error")
        yield self.at(f"/assessments/{mine.key}/review/")

    def question(self, mine, path):
        yield self.at(path)
        yield self.refused("Continue", "question#error")
        self.at(path)
        answer(mine, **{"computer-architecture": 1})
        choose(self.page, 4)
        self.page.locator(".conflict").wait_for()
        self.forgive()
        yield "question#conflict"

    def reports(self):
        self.enter(self.member)
        Assessment.objects.open().delete()
        every = dict.fromkeys((one.slug for one in self.role.definition.skills), 4)
        for name, levels in [("mixed", MIXED), ("#all-unknown", {}), ("#all-met", every)]:
            sent = actions.submit(assessment=self.started(**levels))
            yield self.at(f"/reports/{sent.key}/", f"report{name}")
            for folded in self.page.locator("details").all():
                folded.evaluate("element => { element.open = true }")
        yield self.at("/assessments/", "list#reports")
        self.at(f"/assessments/{Assessment.objects.last().key}/")
        yield "report#already-submitted"

    def plan(self):
        self.enter(self.member)
        yield self.at("/plan/", "plan#empty")
        mine = actions.submit(assessment=self.started(**MIXED))
        yield self.at(f"/plan/add/{mine.key}/")
        press(self.page, "Add to my plan")
        first, second, _third = PlanItem.objects.all()
        first.link.health, first.due_on = "broken", first.plan.starts_on.replace(year=2020)
        first.link.save()
        first.save()
        yield self.at("/plan/")
        yield self.at(f"/plan/{first.skill}/")
        self.page.locator("#id_hours").fill("many")
        yield self.refused("Save", "plan#error")
        PlanItem.objects.filter(pk=second.pk).update(status="done", revision=1, notes="Chapter 3.")
        yield self.at(f"/plan/{second.skill}/", "plan#done")
        yield self.at("/plan/", "plan#late-and-done")

    def returning(self):
        """Taken again, compared, shared."""
        self.enter(self.member)
        Assessment.objects.open().delete()
        before = actions.submit(assessment=self.started(**MIXED))
        mine = self.started(**MIXED | {"python": 4})
        mine.answers.exclude(level=None).update(last_done="this-year", example="A parser.")
        after = actions.submit(assessment=mine)
        yield self.at(f"/reports/{before.key}/compare/{after.key}/", "compare")
        self.at(START)
        self.page.locator("summary").click()
        yield "start#again"
        yield self.at(question_path(self.started().key, "python"), "question#earlier")
        links = [
            sharing.make(assessment=after, scope="examples", days=7, press=new_key())
            for _number in range(2)
        ]
        sharing.revoke(link=links[1])
        yield self.at(f"/reports/{after.key}/share/", "share")
        yield self.at(f"/shared/{links[0].token}/", "shared")
        yield self.at(f"/shared/{links[1].token}/", "shared gone")

    def my_data(self):
        """Kept, brought back, deleted."""
        self.enter(self.member)
        sent = actions.submit(assessment=self.started(**MIXED))
        yield self.at("/account/")
        whole = export(self.member)
        sent.delete()
        self.at("/account/import/")
        self.choose_file(b"no zip")
        yield self.refused("Show what would happen", "import#error")
        self.choose_file(whole)
        press(self.page, "Show what would happen")
        self.page.wait_for_url("**/check/")
        yield "import#check"
        press(self.page, "Bring it in")
        self.page.wait_for_url("**/account/")
        self.choose_to_delete()
        yield "delete"
        yield self.refused("Delete my account", "delete#error")
        yield self.at("/account/gone/")

    def choose_file(self, content):
        file = {"name": "data.zip", "mimeType": "application/zip", "buffer": content}
        self.page.locator("input[type=file]").set_input_files(file)

    def choose_to_delete(self):
        self.at("/account/delete/")
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        press(self.page, "Continue")
        self.page.wait_for_url("**/account/delete/")

    def mail(self):
        """The newsletter, asked for and ended, and reminders."""
        yield self.at("/newsletter/")
        yield self.refused("Subscribe", "newsletter#error")
        self.page.get_by_label("E-mail").fill("reader@example.org")
        press(self.page, "Subscribe")
        self.page.wait_for_url("**/newsletter/asked/")
        yield "newsletter asked"
        key = Subscriber.objects.get().key
        confirm, unsubscribe = path_of(confirm_link(key)), path_of(unsubscribe_link(key))
        yield self.at(confirm)
        yield self.pressed("Yes, send it to me", "newsletter#confirmed")
        yield self.at(unsubscribe)
        yield self.pressed("Unsubscribe", "newsletter#unsubscribed")
        yield self.at(confirm, "newsletter#dead")
        self.enter(self.member)
        yield self.at("/reminders/")
        self.page.get_by_text("When a date in my plan passes").click()
        yield self.pressed("Save", "reminders#saved")
        yield self.at(path_of(reminders_off_link(self.member.pk)))
        yield self.pressed("Turn reminders off", "reminders#off")

    def pressed(self, button, name):
        with self.page.expect_navigation():
            press(self.page, button)
        return name

    def nearest(self):
        """Among a few occupations; steps to one of them."""
        yield self.at("/roles/nearest/", "nearest#nobody")
        self.enter(self.member)
        yield self.at("/roles/nearest/", "nearest#no-occupations")
        *_others, lawyers = ladder()
        yield self.at("/roles/nearest/", "nearest#no-answers")
        mine = actions.start(by=self.member, version=lawyers.role.versions.get())
        answer(mine, reading=4, law=2)
        for path in ["/roles/nearest/", "/roles/nearest/lawyers/", "/roles/lawyers/steps/"]:
            yield self.at(path)
        yield self.at("/roles/lawyers/steps/?from=clerks&q=assist", "steps#chosen")
        yield self.at(f"/reports/{actions.submit(assessment=mine).key}/", "report#nearest")

    def search(self):
        """Looking among occupations, and the pages of two of them."""
        bakers, cooks = bakery()
        yield self.at("/roles/?q=patsry+chef&zone=4&pay=40,000", "search#found")
        yield self.at("/roles/?q=confectionery&growth=5", "search#filter-too-much")
        yield self.at("/roles/?q=zzzzzz", "search#nothing")
        yield self.at("/roles/?q=baker&pay=much&zone=9", "search#error")
        for one, name in ((bakers, "rated"), (cooks, "unrated")):
            yield self.at(f"/roles/{one.role.slug}/", f"occupation#{name}")
            for folded in self.page.locator("details").all():
                folded.evaluate("element => { element.open = true }")
            yield f"occupation#{name}-unfolded"
        yield self.at(f"/roles/{cooks.role.slug}/start/", "start#nothing-to-assess")

    def guest(self):
        """Without an account, then into one where the same role is open."""
        self.page.context.clear_cookies()
        self.at(START)
        press(self.page, "Start")
        self.page.wait_for_url("**/skills/**")
        yield "question#guest"
        mine = Assessment.objects.get(member=None)
        for path in ["/", START, "/assessments/", f"/assessments/{mine.key}/"]:
            yield self.at(path, f"{path}#guest")
        answer(mine, **MIXED)
        sent = actions.submit(assessment=mine)
        yield self.at(f"/reports/{sent.key}/", "report#guest")
        self.at(START)
        press(self.page, "Ask me everything")
        Assessment.objects.open().filter(member=self.member).delete()
        self.started(python=3)
        self.enter(self.member)
        yield self.at("/assessments/", "list#begun-without-an-account")
        yield self.at("/assessments/claim/", "claim")

    def admin(self):
        """With the real role's long forms; test_editing_area.py sees to all the other pages."""
        self.enter(self.editor)
        role = Role.objects.get()
        skill = Skill.objects.get(slug="python")
        for path in ["", "assessments/skill/", f"assessments/skill/{skill.pk}/change/"]:
            yield self.at(f"/admin/{path}")
        yield self.at(f"/admin/assessments/role/{role.pk}/change/")
        skill.anchors.filter(level=3).update(text="I keep Python services alive for years")
        yield self.at(f"/admin/assessments/role/{role.pk}/publish/")
        yield self.refused("Publish version 2", "publish#error")


PARTS = ["public", "assessment", "reports", "plan", "returning", "mail", "my_data", "admin"]
# Last, because it brings other roles.
PARTS += ["nearest", "guest", "search"]
