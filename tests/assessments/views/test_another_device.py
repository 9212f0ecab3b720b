"""Stopped anywhere on one device, gone on with on another: same answers, next question."""

import random
import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from assessments.forms.assessment import CANNOT_JUDGE
from assessments.models import Assessment, LastDone
from tests.assessments.views.test_autosave import IN_BACKGROUND
from tests.conftest import signed_in
from tests.definitions import WORDS, definition, requirement
from tests.pages import html, words
from tests.published import opened
from tests.visitors import Answer as Page

pytestmark = pytest.mark.django_db
STOPS = 100
SKILLS = [f"s{number}" for number in range(40)]
ROLE = definition(*map(requirement, SKILLS))
GO_ON = re.compile(r'href="([^"]+)">\s*(?:Go on where I left off|Answer the first question)')
CHOSEN = re.compile(r'name="(level|last_done)"\s+id="\w+"\s+value="([\w-]*)"\s+checked')
EXAMPLE = re.compile(r"<textarea[^>]*>\n(.*?)</textarea>", re.DOTALL)
BLANK = {"example": ""}
WAYS = [{"press": "continue"}, {"press": "later"}, {"headers": IN_BACKGROUND}]


def shown(page):
    """As the page of a question shows it: what is chosen, and the example."""
    return dict(CHOSEN.findall(page)) | {"example": EXAMPLE.search(page)[1]}


def anything(luck):
    """Whatever somebody may answer."""
    example = luck.choice(["", f"Line {luck.random()}"])
    if luck.random() < 0.15:
        return {"level": CANNOT_JUDGE, "example": example}
    return {
        "level": luck.choice("01234"),
        "last_done": luck.choice(LastDone.values),
        "example": example,
    }


def in_words(skill, said):
    """As it stands among the answers to be checked."""
    if said is None:
        return "Not provided"
    word = "" if said["level"] == CANNOT_JUDGE else WORDS[int(said["level"])]
    parts = [f"{word} : I do {skill} as {word}." if word else "I can’t judge this"]
    if "last_done" in said:
        parts.append(f"Last done without help: {LastDone(said['last_done']).label}")
    return " ".join([*parts, said["example"]]).strip()


@dataclass
class Device:
    client: Client
    mine: Assessment

    def address(self, name, *more):
        return reverse(name, args=[self.mine.key, *more])

    def page(self, name, *more):
        return html(self.client.get(self.address(name, *more)))

    def saves(self, skill, said, luck):
        """One way or another. Where nothing is said, the answer is cleared."""
        way = dict(luck.choice(WAYS)) if said else {"press": "clear"}
        headers = way.pop("headers", None)
        sent = Page(200, {}, self.page("question", skill)).hidden | said | way
        reply = self.client.post(self.address("question", skill), sent, headers=headers)
        assert reply.status_code == (200 if headers else 302)

    def differences(self, given, skill):
        """From what was given, on the three pages that one comes back to."""
        left = next((one for one in SKILLS if one not in given), None)
        tasks = self.page("assessment_detail")
        leads = GO_ON.search(tasks)
        if (leads and leads[1]) != (left and self.address("question", left)):
            yield "next", leads and leads[1], left
        if f"{len(given)} of {len(SKILLS)} answered." not in words(tasks):
            yield "count", len(given)
        checked = words(self.page("review"))
        for one in SKILLS:
            line = f"Skill {one} {in_words(one, given.get(one))} Change Skill {one}"
            if line not in checked:
                yield "check answers", line
        if shown(self.page("question", skill)) != given.get(skill, BLANK):
            yield "question", skill


def test_every_stop_shows_the_same_answers_and_the_next_question(member):
    mine, luck, given, wrong = opened(member, ROLE), random.Random(7), {}, []
    here, there = Device(signed_in(member), mine), Device(signed_in(member), mine)
    for stop in range(STOPS):
        for skill in luck.sample(SKILLS, luck.randint(1, 3)):
            said = {} if skill in given and luck.random() < 0.5 else anything(luck)
            here.saves(skill, said, luck)
            given[skill] = said
        given = {one: said for one, said in given.items() if said}
        wrong += [(stop, *one) for one in there.differences(given, skill)]
        here, there = there, here
    assert wrong == []
