"""Back, Forward, Reload and pages from before, at random: no answer is lost, every page leads on.

A browser asks again for what it goes back to, since no page of an assessment may be stored; and
some show it all the same as it was, with the form as it was then.
"""

import os
import random
import re
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import assessment as actions
from assessments.forms.assessment import CANNOT_JUDGE
from assessments.models import Assessment
from tests.assessments.views.test_another_device import BLANK, anything, shown
from tests.assessments.views.test_assessment import ROLE
from tests.conftest import signed_in
from tests.pages import html, main, words
from tests.published import publish
from tests.visitors import Answer as Page

pytestmark = pytest.mark.django_db
WALKS, STEPS = int(os.environ.get("WALKS", "40")), 12
LINK = re.compile(r'href="([^"#]+)')
QUESTION = re.compile(r"/skills/([\w-]+)/")


@dataclass
class Shown:
    """One entry of the history: what was asked, and what came."""

    address: str
    sent: dict | None
    status: int
    page: str
    main: str

    @property
    def skill(self):
        found = QUESTION.search(self.address)
        return found[1] if found else ""


@dataclass
class Browser:
    client: Client
    history: list[Shown] = field(default_factory=list)
    at: int = -1

    @property
    def now(self):
        return self.history[self.at]

    def ask(self, address, sent=None):
        method = self.client.get if sent is None else self.client.post
        response = method(address, sent, follow=True)
        assert "no-store" in response["Cache-Control"]
        if response.redirect_chain:
            address, sent = response.redirect_chain[-1][0].partition("#")[0], None
        return Shown(address, sent, response.status_code, html(response), main(response))

    def open(self, address, sent=None):
        self.at += 1
        self.history[self.at :] = [self.ask(address, sent)]

    def go(self, steps, *, again):
        """Back or forward. `again`: it asks for the page; or shows what it kept of it."""
        self.at = min(max(self.at + steps, 0), len(self.history) - 1)
        if again:
            self.reload()

    def reload(self):
        """Of a page that a form led to: the form is sent again."""
        self.history[self.at] = self.ask(self.now.address, self.now.sent)


@dataclass
class Walk:
    browser: Browser
    mine: Assessment
    luck: random.Random
    given: dict = field(default_factory=dict)
    sent: bool = False
    faults: list = field(default_factory=list)

    def step(self):
        dice = self.luck.random()
        if dice < 0.08:
            self.browser.reload()
        elif dice < 0.4:
            steps = self.luck.choice([-3, -2, -1, -1, -1, 1])
            self.browser.go(steps, again=self.luck.random() < 0.4)
        elif self.browser.now.skill and 'name="level"' in self.browser.now.page:
            self.answer()
        elif "Get my gap report" in self.browser.now.main and dice < 0.55:
            self.send()
        else:
            self.follow()
        self.look()

    def follow(self):
        ours = (f"/assessments/{self.mine.key}/", f"/reports/{self.mine.key}/")
        links = [unescape(one) for one in LINK.findall(self.browser.now.main)]
        ways = [one for one in links if one in ours or one.startswith(ours[0])]
        self.browser.open(self.luck.choice(ways or [reverse("assessment_list")]))

    def send(self):
        hidden = Page(200, {}, self.browser.now.page).hidden
        self.browser.open(reverse("review", args=[self.mine.key]), hidden)
        self.sent = self.sent or "/reports/" in self.browser.now.address

    def answer(self):
        skill, hidden = self.browser.now.skill, Page(200, {}, self.browser.now.page).hidden
        said = anything(self.luck)
        stored = self.mine.answers.filter(skill=skill).first()
        is_seen = hidden["revision"] == str(stored.revision if stored else 0)
        press = {"press": self.luck.choice(["continue", "continue", "later"])}
        self.browser.open(self.browser.now.address, hidden | said | press)
        if self.sent:
            self.expect("/reports/" in self.browser.now.address, "led to the report")
        elif is_seen or said == self.given.get(skill):
            self.given[skill] = said
            self.expect(self.browser.now.status == 200, "saved")
        else:
            both = {said["example"], self.given.get(skill, BLANK)["example"]}
            asked = self.browser.now.status == 409
            self.expect(asked and all(one in self.browser.now.page for one in both), "shows both")

    def look(self):
        """What is stored, what the page shows of it, and whether it leads on."""
        now = self.browser.now
        rows = self.mine.answers.values_list("skill", "level", "last_done", "example")
        self.expect({one[0]: one[1:] for one in rows} == as_rows(self.given), "stored")
        self.expect(now.status == 200 or now.sent is not None, "there")
        self.expect(LINK.search(now.main) or 'type="submit"' in now.main, "leads on")

    def looks_anew(self):
        """As it is when nothing was kept and nothing is being sent."""
        now = self.browser.ask(self.browser.now.address)
        if 'name="level"' in now.page:
            self.expect(shown(now.page) == self.given.get(now.skill, BLANK), "shown")

    def expect(self, right, what):
        if not right:
            self.faults.append((what, self.browser.now.address, self.browser.now.status))

    def end(self):
        """Wherever one is, the report is there or can be had."""
        self.looks_anew()
        self.browser.open(reverse("review", args=[self.mine.key]))
        is_there = "/reports/" in self.browser.now.address
        self.expect(is_there or "Get my gap report" in self.browser.now.main, "the report")
        stored = Assessment.objects.get(pk=self.mine.pk)
        self.expect(is_there == self.sent == stored.is_submitted, "sent once")


def as_rows(given):
    return {
        skill: (
            None if said["level"] == CANNOT_JUDGE else int(said["level"]),
            said.get("last_done", ""),
            said["example"],
        )
        for skill, said in given.items()
    }


def walk(client, member, version, seed):
    mine = actions.start(by=member, version=version)
    one = Walk(Browser(client), mine, random.Random(seed))
    one.browser.open(reverse("assessment_detail", args=[mine.key]))
    for _step in range(STEPS):
        one.step()
    one.end()
    mine.delete()
    return one


def test_no_walk_loses_an_answer_or_comes_to_an_end(member):
    version, client = publish(ROLE, found=False), signed_in(member)
    walks = [walk(client, member, version, seed) for seed in range(WALKS)]
    assert {seed: one.faults for seed, one in enumerate(walks) if one.faults} == {}
    pages = [page for one in walks for page in one.browser.history]
    assert sum(bool(one.given) for one in walks) > WALKS / 2
    assert any("This answer was changed somewhere else" in page.main for page in pages)
    assert any("You have already sent this assessment" in words(page.main) for page in pages)
