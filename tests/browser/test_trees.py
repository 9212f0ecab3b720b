"""What a screen reader is given, page by page, kept as text beside this file.

`UPDATE_TREES=1 .venv/bin/pytest -p no:xdist tests/browser/test_trees.py` writes it anew: read the
difference before you keep it.
"""

import os
import re

import pytest

from assessments.actions import assessment as actions
from assessments.actions import sharing
from assessments.models.assessment import new_key
from careerpath.settings import BASE_DIR
from tests.browser.journey import press, question_path
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.occupations import bakery
from tests.planned import plan
from tests.published import answer, publish
from tests.rated import ladder

TREES = BASE_DIR / "tests" / "browser" / "trees"
UPDATE = bool(os.environ.get("UPDATE_TREES"))
VARIES = [
    (r"/(assessments|reports|add|compare)/[\w-]{22}(?=/|\.)", r"/\1/KEY"),
    (r"http://localhost:\d+", "SITE"),
    (r"/shared/[\w.-]+/", "/shared/KEY/"),
    (r"\b17-\d{4}\b", "CODE"),  # numbered by factories, which other tests use as well
    (r"\bOccupation \d+\b", "Occupation N"),
    (r"\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b", "DATE"),
    (r"\b\d{4}-\d\d-\d\d\b", "DATE"),
    (r"\b\d{1,2}(:\d\d)? [ap]\.m\.|\b(noon|midnight)\b|\b\d\d:\d\d\b", "TIME"),
]


AMONG_OTHERS = ["roles", "search", "search-nothing", "occupation", "start", "start-again"]
AMONG_OTHERS += ["assessments", "compare", "share", "shared-report", "nearest", "nearest-one"]
AMONG_OTHERS += ["reminders", "account", "nothing-here"]
VISITORS = {"home", "role", "sign-up", "sign-up-error", "roles", "search", "search-nothing"}
VISITORS |= {"occupation", "start", "shared-report", "nothing-here"}


@pytest.fixture
def role(db):
    asked = [
        requirement("python", 3, essential=True, importance=5),
        requirement("sql", 3, importance=4),
        requirement("talking", 2),
        requirement("law", 2),
    ]
    return publish(definition(*asked, qualifications=(qualification(),), fields=FIELDS))


@pytest.fixture
def open_page(page, role, member, enter, complaints):
    sent = actions.start(by=member, version=role)
    answer(sent, python=1, sql=2, talking=4, law=None)
    actions.submit(assessment=sent)
    plan(member, sent, "python")
    mine = actions.start(by=member, version=role)
    answer(mine, python=3)
    paths = {
        "home": "/",
        "role": "/roles/tester/",
        "sign-up": "/accounts/signup/",
        "sign-up-error": "/accounts/signup/",
        "tasks": f"/assessments/{mine.key}/",
        "question": question_path(mine.key, "python"),
        "question-error": question_path(mine.key, "sql"),
        "qualifications": f"/assessments/{mine.key}/qualifications/",
        "check-answers": f"/assessments/{mine.key}/review/",
        "report": f"/reports/{sent.key}/",
        "plan": "/plan/",
        "planned-skill": "/plan/python/",
        "my-data": "/account/",
    }

    def at(name):
        if name not in paths:  # other roles would be on the front page as well
            paths.update(among_others(member, sent, mine))
        page.context.clear_cookies()
        if name not in VISITORS:
            enter(member)
        page.goto(paths[name])
        complaints[:] = [one for one in complaints if "status of 404" not in one]
        if name.endswith("-error"):
            with page.expect_navigation():
                press(page, "Continue" if name.startswith("question") else "Create an account")

    at.names = [*paths, *AMONG_OTHERS]
    return at


def among_others(member, before, after):
    """Where there is more than one role, and more than one report."""
    bakers, _cooks = bakery()
    *_others, lawyers = ladder()
    law = actions.start(by=member, version=lawyers.role.versions.get())
    answer(law, reading=4, law=2)
    answer(after, sql=2, talking=4, law=2)
    actions.submit(assessment=after)
    shared = sharing.make(assessment=after, scope="examples", days=7, press=new_key())
    return {
        "roles": "/roles/",
        "search": "/roles/?q=bakers&zone=3",
        "search-nothing": "/roles/?q=zzzzzz",
        "occupation": f"/roles/{bakers.role.slug}/",
        "start": "/roles/tester/start/",
        "start-again": "/roles/tester/start/",
        "assessments": "/assessments/",
        "compare": f"/reports/{before.key}/compare/{after.key}/",
        "share": f"/reports/{after.key}/share/",
        "shared-report": f"/shared/{shared.token}/",
        "nearest": "/roles/nearest/",
        "nearest-one": "/roles/nearest/lawyers/",
        "reminders": "/reminders/",
        "account": "/accounts/",
        "nothing-here": "/nowhere/",
    }


def tree(page):
    text = page.locator("body").aria_snapshot()
    for pattern, word in VARIES:
        text = re.sub(pattern, word, text)
    return f"{text}\n"


def test_each_page_is_told_as_before(page, open_page):
    changed = {}
    for name in open_page.names:
        open_page(name)
        kept, now = TREES / f"{name}.yaml", tree(page)
        if UPDATE:
            kept.write_text(now, encoding="utf-8")
        elif kept.read_text(encoding="utf-8") != now:
            changed[name] = [
                line for line in now.splitlines() if line not in kept.read_text("utf-8")
            ]
    assert changed == {}
    assert {one.stem for one in TREES.iterdir()} == set(open_page.names)
