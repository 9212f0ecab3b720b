import pytest

from assessments import reports
from assessments.exporters.report_resume import report_resume
from tests.definitions import definition, requirement
from tests.published import submitted

pytestmark = pytest.mark.django_db
ROLE = definition(
    requirement("any", 3, skills=("python", "java")),
    requirement("sql", 3),
    requirement("bash", 2),
    requirement("talking", 2),
)


def export(assessment):
    return report_resume(assessment, reports.answers_of(assessment))


def test_it_works(member):
    data = export(submitted(member, ROLE, python=3, java=1, sql=0, bash=None))
    assert data["skills"] == [
        {
            "name": "Skill python",
            "level": "Independent (self-assessed, 3 of 4)",
            "keywords": ["Skills"],
        },
        {"name": "Skill java", "level": "Aware (self-assessed, 1 of 4)", "keywords": ["Skills"]},
    ]


def test_it_says_that_nobody_verified_it(member):
    meta = export(submitted(member, ROLE, sql=1))["meta"]
    assert meta["selfAssessed"] is True
    assert "Nobody has verified" in meta["note"]
    assert (meta["role"], meta["roleVersion"], meta["version"]) == ("Tester", 1, "v1.0.0")


def test_without_a_rating_there_are_no_skills(member):
    assert export(submitted(member, ROLE))["skills"] == []
