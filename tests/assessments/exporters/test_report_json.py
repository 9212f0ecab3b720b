import hashlib
import json

import pytest
from jsonschema import Draft202012Validator

from assessments import reports
from assessments.actions import assessment as actions
from assessments.domain.definition import canonical_json
from assessments.exporters.report_json import report_json
from assessments.models import QualificationAnswer
from careerpath.settings import BASE_DIR
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.published import opened, submitted

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((BASE_DIR / "docs/report.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
ROLE = definition(
    requirement("any", 3, skills=("python", "java"), essential=True, importance=5),
    requirement("sql", 3),
    requirement("bash", 2),
    requirement("talking", 2),
    qualifications=(qualification(),),
    fields=FIELDS,
)


def export(assessment):
    page = reports.build(assessment, with_resources=False)
    data = report_json(assessment, page, reports.education_of(assessment))
    return json.loads(json.dumps(data))


def figures_of(data):
    """What the hash is taken of, put together again from the file alone."""
    return {
        "definition": data["version"]["definition_sha256"],
        "gaps": [
            {
                "requirement": one["slug"],
                "skill": one["counted"],
                "have": one["level"] and one["level"]["value"],
                "need": one["target"] and one["target"]["value"],
                "standing": one["standing"],
                "last_done": one["last_done"],
            }
            for one in data["requirements"]
        ],
        "priorities": [one["requirement"] for one in data["priorities"]],
        "qualifications": [
            {"qualification": one["slug"], "standing": one["standing"]}
            for one in data["qualifications"]
        ],
        "readiness": {"low": data["readiness"]["low"], "high": data["readiness"]["high"]},
        "met": data["statement"]["met"],
        "targets": data["statement"]["targets"],
    }


def test_it_works(member):
    data = export(submitted(member, ROLE, java=2, sql=4, bash=None))
    VALIDATOR.validate(data)
    assert data["role"] == {"slug": "tester", "title": "Tester"}
    assert data["statement"] == {
        "met": 1,
        "targets": 4,
        "one_below": 1,
        "two_or_more_below": 0,
        "unknown": 2,
        "largest_gap": "any",
    }
    assert (data["readiness"]["low"], data["readiness"]["high"]) == ("29/57", "47/57")
    assert data["first"] == ["any"]
    assert data["requirements"][0]["part"] == {"low": "2/3", "high": "2/3"}
    assert data["stability"]["most"]["adds_low"] == "10/57"


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("said", [{}, {"sql": None}, {"python": 4, "sql": 3, "bash": 4}])
def test_every_kind_of_report_keeps_to_the_schema(member, said):
    VALIDATOR.validate(export(submitted(member, ROLE, **said)))


def test_a_role_that_asks_for_nothing_keeps_to_it_too(member):
    VALIDATOR.validate(export(submitted(member, definition())))


def test_education_is_in_it(member):
    mine = opened(member, ROLE)
    QualificationAnswer.objects.create(
        assessment=mine, degree="master", field="physics", revision=1
    )
    data = export(actions.submit(assessment=mine))
    VALIDATOR.validate(data)
    assert data["education"] == {"degree": "master", "field": "physics"}
    assert data["qualifications"][0]["standing"] == "short"


@pytest.mark.parametrize("wrong", [{"extra": 1}, {"format": "careerpath-report/2"}, {"first": [1]}])
def test_the_schema_refuses_what_is_not_a_report(member, wrong):
    assert not VALIDATOR.is_valid(export(submitted(member, ROLE)) | wrong)


def test_swapping_places_is_told_apart_from_others_coming_first(member):
    role = definition(requirement("python", 3, importance=5), requirement("sql", 3, importance=4))
    found = export(submitted(member, role, python=1, sql=1))["stability"]
    assert (found["tried"], found["replacing"], found["reordering"]) == (4, 0, 2)
    found = export(submitted(member, role, python=2, sql=1))["stability"]
    assert (found["replacing"], found["reordering"]) == (1, 2)


def test_an_imprecise_target_is_null_and_says_why(member):
    role = definition(
        requirement("python", 3, imprecise=True), requirement("sql", 2, imprecise=True)
    )
    data = export(submitted(member, role, python=2, sql=4))
    VALIDATOR.validate(data)
    told = [
        (one["target"], one["standing"], one["unknown_because"]) for one in data["requirements"]
    ]
    assert told == [(None, "unknown", "imprecise"), (None, "met", None)]
    text = canonical_json(figures_of(data))
    assert hashlib.sha256(text.encode()).hexdigest() == data["result_sha256"]


def test_the_hash_can_be_worked_out_from_the_file(member):
    data = export(submitted(member, ROLE, java=2, sql=4, bash=None))
    text = canonical_json(figures_of(data))
    assert hashlib.sha256(text.encode()).hexdigest() == data["result_sha256"]
