"""Stopped anywhere on one device, gone on with on another: same answers, next question."""

import random
import re

import pytest
from django.urls import reverse

from assessments.models import LastDone
from tests.assessments.views.test_autosave import IN_BACKGROUND, mark
from tests.conftest import signed_in
from tests.definitions import definition, requirement
from tests.pages import html
from tests.published import opened

pytestmark = pytest.mark.django_db
STOPS = 100
SKILLS = [f"s{number}" for number in range(40)]
GO_ON = re.compile(r'href="([^"]+)">\s*(?:Go on where I left off|Answer the first question)')
CHOSEN = re.compile(r'name="(level|last_done)"\s+id="\w+"\s+value="([\w-]*)"\s+checked')
EXAMPLE = re.compile(r"<textarea[^>]*>\n(.*?)</textarea>", re.DOTALL)


def shown(page):
    """As the page shows it: what is chosen, and the example."""
    return dict(CHOSEN.findall(page)) | {"example": EXAMPLE.search(page)[1]}


def test_every_stop_shows_the_same_answers_and_the_next_question(member):
    mine = opened(member, definition(*map(requirement, SKILLS)))
    here, luck, given, wrong = signed_in(member), random.Random(7), {}, []
    revisions = dict.fromkeys(SKILLS, 0)
    shown_mark = {}
    for stop in range(STOPS):
        skill = luck.choice(SKILLS)
        address = reverse("question", args=[mine.key, skill])
        said = {
            "level": luck.choice("01234"),
            "last_done": luck.choice([one for one in LastDone.values if one]),
            "example": luck.choice(["", f"Line {stop}"]),
        }
        if skill not in shown_mark:
            shown_mark[skill] = mark(here, mine, skill)
        hidden = {"revision": revisions[skill], "meaning": shown_mark[skill]}
        reply = here.post(address, said | hidden, headers=IN_BACKGROUND)
        revisions[skill] = reply.json()["revision"]
        given[skill] = said
        there = signed_in(member)
        next_one = next((one for one in SKILLS if one not in given), None)
        leads = GO_ON.search(html(there.get(reverse("assessment_detail", args=[mine.key]))))
        if shown(html(there.get(address))) != said:
            wrong.append((stop, skill, said))
        if (leads and leads[1]) != (next_one and reverse("question", args=[mine.key, next_one])):
            wrong.append((stop, leads and leads[1], next_one))
    assert wrong == []
