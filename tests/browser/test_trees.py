"""What a screen reader is given, page by page, kept as text beside this file.

`UPDATE_TREES=1 .venv/bin/pytest -p no:xdist tests/browser/test_trees.py` writes it anew: read the
difference before you keep it.
"""

import os
import re

import pytest

from assessments.actions import assessment as actions
from careerpath.settings import BASE_DIR
from tests.browser.journey import press, question_path
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.planned import plan
from tests.published import answer, publish

TREES = BASE_DIR / "tests" / "browser" / "trees"
UPDATE = bool(os.environ.get("UPDATE_TREES"))
VARIES = [
    (r"/(assessments|reports|add)/[\w-]{22}(?=/|\.)", r"/\1/KEY"),
    (r"\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b|\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\b", "DATE"),
    (r"\b\d{4}-\d\d-\d\d\b", "DATE"),
    (r"\b\d{1,2}(:\d\d)? [ap]\.m\.|\b(noon|midnight)\b|\b\d\d:\d\d\b", "TIME"),
]


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
def open_page(page, role, member, enter):
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
        if name not in ("home", "role", "sign-up", "sign-up-error"):
            enter(member)
        page.goto(paths[name])
        if name.endswith("-error"):
            with page.expect_navigation():
                press(page, "Continue" if name.startswith("question") else "Create an account")

    at.names = [*paths]
    return at


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
