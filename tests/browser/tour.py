"""Every kind of page and state, one after the other, for checks that hold on all of them.

Each stop has a name; one with a "#" is another state of a page that has been shown already.
"""

from assessments.actions import assessment as actions
from assessments.actions import sharing
from assessments.models import Assessment, PlanItem, Role, Skill
from assessments.models.assessment import new_key
from tests.browser.journey import ROLE, START, choose, press, question_path
from tests.published import answer

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


PARTS = ["public", "assessment", "reports", "plan", "returning", "admin"]
