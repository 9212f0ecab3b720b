import io
import json
import re
import zipfile

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.actions import assessment as actions
from assessments.exporters import my_data as exporter
from assessments.models import Answer, Assessment, OutgoingMail
from careerpath.settings import BASE_DIR
from tests.conftest import PASSWORD
from tests.definitions import cases
from tests.my_data import EXAMPLE, OTHER, ROLE, bring_back, export, filled, page, raw, read
from tests.pages import words
from tests.published import publish, submitted

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((BASE_DIR / "docs" / "my-data.schema.json").read_text(encoding="utf-8"))


def check(data):
    jsonschema.Draft202012Validator(SCHEMA).validate(data)


def test_it_works(member):
    filled(member)
    data = raw(member)
    check(data)
    assert data["format"] == "careerpath-data/1"
    assert data["account"]["email"] == "member@example.org"
    assert [one["role"]["slug"] for one in data["assessments"]] == ["tester", "other"]


def test_an_archive_holds_two_whole_files(member):
    with zipfile.ZipFile(io.BytesIO(export(member))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["careerpath-data.json", "careerpath-data.html"]


def test_somebody_without_anything_gets_an_export_too(member):
    data = raw(member)
    check(data)
    assert (data["assessments"], data["plan"], data["definitions"]) == ([], None, {})
    assert "My data" in page(member)


def test_a_report_is_in_it_with_everything_said(member):
    report = filled(member).report
    one = raw(member)["assessments"][0]
    assert one["submitted_at"] == report.submitted_at.isoformat()
    assert one["result_sha256"] == report.result_sha256
    said = {answer["skill"]: answer for answer in one["answers"]}
    assert said["python"] | {"saved_at": ""} == {
        "skill": "python",
        "level": 1,
        "last_done": "1-3-years",
        "example": EXAMPLE,
        "saved_at": "",
        "seconds": 12,
    }
    assert said["sql"]["level"] is None
    assert one["qualification"]["field"] == "physics"


def test_its_definition_is_in_it_whole(member):
    filled(member)
    whole = json.loads(ROLE.canonical_json())
    assert raw(member)["definitions"] == {ROLE.content_hash(): whole}


def test_what_a_role_asks_stays_out_of_sight_until_it_is_rated(member):
    open_one = filled(member).open
    assert open_one.version.sha256 == OTHER.content_hash()
    assert OTHER.content_hash() not in raw(member)["definitions"]
    assert "Independent" not in page(member).split("Other")[1]


def test_plan_links_reminders_and_newsletter_are_in_it(member):
    filled(member)
    OutgoingMail.objects.create(key="a", recipient=member.email, subject="Hello")
    data = raw(member)
    assert data["plan"]["items"][0]["notes"] == "CANARY-NOTES"
    assert data["assessments"][0]["shared_links"][0]["shows"] == "gaps"
    assert data["reminders"] == {"plan_dates": False, "come_back": True}
    assert len(data["newsletter"]) == 1
    assert data["mail"][0]["subject"] == "Hello"


def test_no_secret_is_in_it(member):
    report = filled(member).report
    link = report.share_links.get()
    text = json.dumps(raw(member)) + page(member)
    for secret in (report.key, link.key, link.token, member.password, PASSWORD):
        assert secret not in text


def test_nothing_of_anybody_else_is_in_it(member, stranger):
    filled(member)
    text = json.dumps(raw(stranger)) + page(stranger)
    assert "CANARY" not in text
    assert "member@" not in text.lower()


def test_the_page_says_the_figures_of_the_report(member):
    filled(member)
    said = words(page(member))
    assert "1 of 3 targets met" in said
    assert "Target python Aware Independent below" in said
    assert "Skill sql I can’t judge this" in said
    assert "Master's degree, Physics" in said


def test_the_page_runs_nothing_and_asks_nobody(member):
    filled(member)
    Answer.objects.filter(assessment__submitted_at=None).update(
        example='<script>alert(1)</script><img src="https://x.example/">'
    )
    text = page(member)
    assert "&lt;script&gt;" in text
    assert not re.search(r"<(script|img|link|iframe|a|form|svg)\b", text)
    assert "default-src 'none'" in text


def test_queries_do_not_grow_within_a_part(member, django_assert_num_queries):
    filled(member)
    with django_assert_num_queries(19):
        export(member)
    for level in range(5):
        submitted(member, ROLE, python=level)
    with django_assert_num_queries(19):
        export(member)


def test_parts_join_without_a_seam(member, monkeypatch):
    monkeypatch.setattr(exporter, "PART", 2)
    for level in range(5):
        submitted(member, ROLE, python=level)
    data = raw(member)
    assert [one["number"] for one in data["assessments"]] == [1, 2, 3, 4, 5]
    assert [one["answers"][0]["level"] for one in data["assessments"]] == [0, 1, 2, 3, 4]


@settings(max_examples=25)
@given(case=cases(), text=st.text(st.characters(codec="utf-8", categories=["L", "P", "Zs"])))
def test_out_and_in_again_gives_the_same_report(member, stranger, case, text):
    Assessment.objects.all().delete()
    mine = actions.start(by=member, version=publish(case.role))
    Answer.objects.bulk_create(
        Answer(
            assessment=mine,
            skill=slug,
            level=one.level,
            last_done=one.last_done,
            example=text[:500],
            revision=1,
        )
        for slug, one in case.answers.items()
    )
    before = actions.submit(assessment=mine)
    bring_back(stranger, read(raw(member)))
    after = stranger.assessments.get()
    assert after.result_sha256 == before.result_sha256
    assert after.version.sha256 == before.version.sha256
    assert (after.met, after.targets) == (before.met, before.targets)
