"""Random histories of one person with two tabs: nothing is overwritten in silence.

HISTORIES sets how many; `make soak` tries many more than `make test`.
"""

import os

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assessments.actions import assessment as actions
from assessments.models import Answer
from tests.definitions import definition, requirement
from tests.published import publish

HISTORIES = int(os.environ.get("HISTORIES", "60"))
SKILLS = ["sql", "python"]
TABS = ["left", "right"]
STEPS = st.tuples(
    st.sampled_from(["open", "save", "save", "clear"]),
    st.sampled_from(TABS),
    st.sampled_from(SKILLS),
    st.integers(0, 4),
)
HISTORY = st.lists(STEPS, max_size=25)
FAULTY = 60  # histories, of which one alone has to tell


@pytest.fixture
def version(db):
    return publish(definition(*(requirement(skill) for skill in SKILLS)))


def rows(assessment):
    return {
        row.skill: (row.level, row.revision) for row in Answer.objects.filter(assessment=assessment)
    }


def attempt(assessment, step, skill, seen, level):
    """The conflict that the page would show, or None."""
    seen = actions.Seen(seen)
    values = {"level": level, "last_done": "", "example": ""}
    try:
        if step == "clear":
            actions.clear_answer(assessment=assessment, skill=skill, seen=seen)
        else:
            actions.save_answer(assessment=assessment, skill=skill, seen=seen, **values)
    except actions.Conflict as conflict:
        return conflict
    return None


def play(member, version, history):
    """One history, with a look after each step."""
    member.assessments.all().delete()
    assessment = actions.start(by=member, version=version)
    seen = {tab: dict.fromkeys(SKILLS, 0) for tab in TABS}
    for step, tab, skill, level in history:
        before = rows(assessment)
        stored = before.get(skill, (None, 0))
        up_to_date = seen[tab][skill] == stored[1]
        conflict = None
        if step != "open":
            conflict = attempt(assessment, step, skill, seen[tab][skill], level)
        now = rows(assessment)
        if conflict:
            assert not up_to_date
            assert now == before
            assert (conflict.current.level if conflict.current else None) == stored[0]
            continue
        if step == "clear":
            assert skill not in now
            assert up_to_date or skill not in before
        elif step == "save":
            assert now[skill][0] == level
            assert up_to_date or stored[0] == level
        kept = {name: row for name, row in before.items() if name != skill}
        assert {name: row for name, row in now.items() if name != skill} == kept
        seen[tab][skill] = now.get(skill, (None, 0))[1]


@given(history=HISTORY)
@settings(max_examples=HISTORIES)
def test_what_a_tab_did_not_see_it_does_not_overwrite(member, version, history):
    play(member, version, history)


def test_two_tabs_that_nobody_tells_apart_are_found(member, version, monkeypatch):
    """The control: where every page counts as the newest, an answer goes in silence."""
    monkeypatch.setattr(actions.Seen, "covers", lambda seen, stored: True)

    @given(history=HISTORY)
    @settings(max_examples=FAULTY, phases=[Phase.generate], database=None, derandomize=True)
    def look(history):
        play(member, version, history)

    with pytest.raises(AssertionError, match="False or"):
        look()
