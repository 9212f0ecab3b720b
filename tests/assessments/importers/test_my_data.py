import json
from copy import deepcopy

import pytest

from assessments.importers.my_data import MOST_ASSESSMENTS, Wrong, parse, unpack
from assessments.importers.sheets import Unreadable
from tests.hostile_text import TEXTS
from tests.my_data import packed, read

ANSWER = {
    "skill": "python",
    "level": 3,
    "last_done": "this-year",
    "example": "A parser.\nTwo lines.",
    "saved_at": "2026-01-02T03:04:05.678901+00:00",
}
ASSESSMENT = {
    "number": 1,
    "role": {"slug": "tester", "title": "Tester"},
    "version": {"number": 1, "definition_sha256": "a" * 64},
    "opened_at": "2026-01-01T00:00:00+00:00",
    "saved_at": "2026-01-02T03:04:05.678901+00:00",
    "submitted_at": "2026-01-03T00:00:00+01:00",
    "answers": [ANSWER],
    "qualification": {"degree": "master", "field": "physics", "saved_at": "2026-01-01T00:00:00Z"},
}
ITEM = {
    "assessment": 1,
    "requirement": "python",
    "skill": "python",
    "from_level": 1,
    "to_level": 3,
    "hours": None,
    "status": "to-do",
    "notes": "",
    "due_on": None,
    "added_at": "2026-01-03T00:00:00+00:00",
    "resource": {"slug": "book", "from_level": 0},
}
WHOLE = {
    "format": "careerpath-data/1",
    "exported_at": "2026-02-01T00:00:00+00:00",
    "assessments": [ASSESSMENT],
    "plan": {"hours_a_week": 5, "budget": "any", "starts_on": "2026-02-01", "items": [ITEM]},
}


def with_(path, value):
    """The whole with one value changed."""
    data = deepcopy(WHOLE)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


def said(data):
    with pytest.raises(Wrong) as caught:
        read(data)
    return str(caught.value)


def test_it_works():
    data = read(WHOLE)
    (one,) = data.assessments
    assert (one.role.slug, one.answers[0].level, one.qualification.field) == (
        "tester",
        3,
        "physics",
    )
    assert one.submitted_at.isoformat() == "2026-01-02T23:00:00+00:00"
    assert data.plan.items[0].resource.slug == "book"


def test_what_is_kept_for_the_confirmation_reads_back_as_the_same():
    data = read(WHOLE)
    assert parse(data.as_text()) == data


def test_an_archive_is_unpacked():
    assert json.loads(unpack(packed(WHOLE))) == WHOLE


def test_what_we_do_not_know_is_not_read():
    assert read(WHOLE | {"later": [1], "sessions": "x"}) == read(WHOLE)


A, ANSWERS = ("assessments", 0), ("assessments", 0, "answers", 0)
PLANNED = ("plan", "items", 0)


@pytest.mark.parametrize(
    ("path", "value", "place", "cure"),
    [
        ((*ANSWERS, "level"), 8, "Assessment 1", "level is 8. Make it a whole number from 0 to 7"),
        ((*ANSWERS, "level"), -1, "Assessment 1", "from 0 to 7"),
        ((*ANSWERS, "level"), True, "Assessment 1", "from 0 to 7"),
        ((*ANSWERS, "level"), 2.5, "Assessment 1", "from 0 to 7"),
        ((*ANSWERS, "level"), 10**4000, "Assessment 1", "from 0 to 7"),
        ((*ANSWERS, "level"), [[]], "Assessment 1", "from 0 to 7"),
        ((*ANSWERS, "level"), None, "Assessment 1", "Empty last_done"),
        ((*ANSWERS, "last_done"), "yesterday", "Assessment 1", "Make it one of"),
        ((*ANSWERS, "example"), "x" * 501, "Assessment 1", "Shorten it to 500"),
        ((*ANSWERS, "example"), "a\x00b", "Assessment 1", "U+0000"),
        ((*ANSWERS, "example"), "a\ud800b", "Assessment 1", "U+D800"),
        ((*ANSWERS, "example"), None, "Assessment 1", "Make it a text"),
        ((*ANSWERS, "skill"), "../x", "Assessment 1", "short name"),
        ((*ANSWERS, "skill"), "x" * 81, "Assessment 1", "short name"),
        ((*ANSWERS, "saved_at"), "2026-01-01", "Assessment 1", "Make it a time"),
        ((*A, "answers"), [ANSWER, ANSWER], "Assessment 1", "answered twice"),
        ((*A, "answers"), {"0": ANSWER}, "Assessment 1", "not a list"),
        ((*A, "number"), 0, "Assessment 1", "from 1 to 1000000"),
        ((*A, "role"), None, "Assessment 1", "missing"),
        ((*A, "version", "definition_sha256"), "A" * 64, "Assessment 1", "64 digits"),
        ((*A, "opened_at"), "1999-12-31T00:00:00+00:00", "Assessment 1", "Make it a time"),
        ((*A, "opened_at"), "0001-01-01T00:00:00+14:00", "Assessment 1", "Make it a time"),
        ((*A, "submitted_at"), "2999-01-01T00:00:00+00:00", "Assessment 1", "yet to come"),
        ((*A, "submitted_at"), "2025-01-01T00:00:00+00:00", "Assessment 1", "before it was begun"),
        ((*A, "qualification", "degree"), "king", "Assessment 1", "Make it one of"),
        (("plan", "hours_a_week"), 81, "Plan", "from 1 to 80"),
        (("plan", "starts_on"), "9999-12-31", "Plan", "Make it a day"),
        (("plan", "items"), [ITEM] * 101, "Plan", "more than 100"),
        ((*PLANNED, "to_level"), 1, "Plan, skill 1", "leads nowhere"),
        ((*PLANNED, "hours"), 5001, "Plan, skill 1", "from 1 to 5000"),
        ((*PLANNED, "notes"), "x" * 1001, "Plan, skill 1", "Shorten it to 1000"),
        (("exported_at",), None, "careerpath-data.json", "Make it a time"),
        (("assessments",), None, "careerpath-data.json", "not a list"),
    ],
)
def test_what_cannot_be_is_named_with_its_place_and_the_cure(path, value, place, cure):
    message = said(with_(path, value))
    assert message.startswith(f"{place}: ")
    assert cure in message


def test_every_assessment_that_is_wrong_is_named():
    bad = deepcopy(ASSESSMENT)
    bad["answers"][0]["level"] = 9
    message = said(WHOLE | {"assessments": [bad, deepcopy(bad) | {"number": 2}]})
    assert "Assessment 1" in message
    assert "Assessment 2" in message


def test_each_has_a_number_of_its_own():
    twice = said(WHOLE | {"assessments": [ASSESSMENT, ASSESSMENT]})
    assert twice.startswith("Assessment 2: Its number is that of another")
    assert read(WHOLE | {"assessments": [ASSESSMENT | {"number": 7}], "plan": None})


def test_more_than_is_taken_at_a_time_is_refused():
    many = [ASSESSMENT | {"number": n} for n in range(1, MOST_ASSESSMENTS + 2)]
    assert "more than 500" in said(WHOLE | {"assessments": many})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"format": "careerpath-data/2"}',
        '{"format": NaN}',
        "[" * 100_000,
        '{"a":' * 100_000,
        "[" * 500_000,
        "1" * 5_000,
        '{"format": "careerpath-data/1", ' + "0," * 2_000_000,
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_export_is_refused_as_a_whole(text):
    with pytest.raises(Unreadable, match="Choose the zip"):
        parse(text)


@pytest.mark.parametrize("data", [b"", b"{}", b"PK", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_zip_is_refused(data):
    with pytest.raises(Unreadable):
        unpack(data)


def test_what_is_not_utf_8_is_refused():
    with pytest.raises(Unreadable, match="UTF-8"):
        unpack(packed(b"\xff\xfe{}"))


@pytest.mark.parametrize("text", TEXTS[::5])
def test_hostile_words_are_read_as_words_or_refused(text):
    for path in [(*ANSWERS, "example"), (*A, "role", "title"), (*ANSWERS, "last_done")]:
        assert all(one.text.isprintable() for one in problems(with_(path, text)))


def problems(data):
    try:
        read(data)
    except Wrong as wrong:
        return wrong.problems
    return []
