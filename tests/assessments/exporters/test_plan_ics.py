from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.exporters.plan_ics import Event, plan_ics
from tests.calendar_files import events
from tests.definitions import law

STAMP = datetime(2026, 3, 2, 9, 30, 5, tzinfo=UTC)


def event(summary="Python: reach Leading", **parts):
    values = {"name": "a", "day": date(2026, 12, 31), "description": "For you."}
    return Event(**values | {"summary": summary, "address": "https://a.example/plan/x/"} | parts)


def test_it_works():
    (found,) = events(plan_ics([event()], stamp=STAMP))
    assert found["SUMMARY"] == "Python: reach Leading"
    assert found["DTSTART;VALUE=DATE"] == "20261231"
    assert found["DTEND;VALUE=DATE"] == "20270101"
    assert found["DTSTAMP"] == "20260302T093005Z"
    assert found["URL"] == "https://a.example/plan/x/"


def test_the_same_thing_keeps_its_uid_and_two_differ():
    def uids(*names):
        found = events(plan_ics([event(name=name) for name in names], stamp=STAMP))
        return [one["UID"] for one in found]

    assert uids("a", "b") == uids("a", "b")
    assert len(set(uids("a", "b"))) == 2


def test_every_line_ends_as_the_standard_says():
    text = plan_ics([event()], stamp=STAMP)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_the_year_has_four_digits():
    (found,) = events(plan_ics([event(day=date(2000, 1, 2))], stamp=STAMP))
    assert found["DTSTART;VALUE=DATE"] == "20000102"


@pytest.mark.parametrize("text", ["a;b,c\\d\ne", "\\n", "ü" * 200, "👩‍🔬" * 30, "x" * 75, "x" * 67])
def test_hard_texts_come_back(text):
    (found,) = events(plan_ics([event(text)], stamp=STAMP))
    assert found["SUMMARY"] == text


@law
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_any_text_comes_back(text):
    (found,) = events(plan_ics([event(text, description=text)], stamp=STAMP))
    assert found["SUMMARY"] == found["DESCRIPTION"] == text


def test_a_text_cannot_add_a_line_of_its_own():
    (found,) = events(plan_ics([event("x\r\nEND:VEVENT\rURL:evil\x00")], stamp=STAMP))
    assert found["SUMMARY"] == "x\nEND:VEVENT\nURL:evil"
