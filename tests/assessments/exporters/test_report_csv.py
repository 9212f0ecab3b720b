import csv
import io

import pytest

from assessments import reports
from assessments.domain.cells import unguarded
from assessments.exporters.report_csv import header, report_csv
from assessments.models import Answer
from tests.definitions import definition, requirement
from tests.published import opened, submitted

ROLE = definition(
    requirement("any", 3, skills=("python", "java"), essential=True, importance=5),
    requirement("sql", 3),
    requirement("bash", 2),
    requirement("talking", 2),
)
BEFORE = ["", " ", "   ", "\u00a0", "\u3000", '"', "'", " '", "\u200b", "\ufeff"]
PAYLOADS = [before + sign + "1+1" for before in BEFORE for sign in "=+-@＝＋－＠"]


def read(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def export(assessment):
    return report_csv(reports.build(assessment, with_resources=False))


@pytest.mark.django_db
def test_it_works(member):
    mine = opened(member, ROLE, java=2, sql=4, bash=None)
    Answer.objects.filter(skill="java").update(example="I wrote one.", last_done="1-3-years")
    first, *rest = read(export(mine))
    assert list(first) == header()
    assert list(first.values()) == [
        *("Group main", "Target any", "yes", "5", "Skill java", "2", "Guided"),
        *("3", "Independent", "1", "short", "1 to 3 years ago", "I wrote one."),
        *("10", "0.333333", "0.666667"),
    ]
    standing = [row["Standing"] for row in rest]
    assert standing == ["met", "unknown: could not judge", "unknown: not answered"]
    assert [row["Your level"] for row in rest] == ["4", "", ""]


@pytest.mark.django_db
def test_text_stands_in_quotes_and_numbers_do_not(member):
    text = export(submitted(member, definition(requirement("sql", 3)), sql=1))
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    assert '"Target sql","no",3,"Skill sql",1,"Aware",3,"Independent",2,"short"' in text


@pytest.mark.parametrize("payload", [*PAYLOADS, "\ttext", "\rtext", "\ntext"])
@pytest.mark.django_db
def test_every_column_of_text_is_guarded(member, payload):
    mine = opened(member, renamed(definition(requirement("sql", 3)), payload), sql=1)
    Answer.objects.update(example=payload)
    (row,) = read(export(mine))
    for column in ("Group", "Target", "Skill counted", "Your example", "Your level in words"):
        assert row[column].startswith("'")
        assert unguarded(row[column]).endswith(payload)


def renamed(role, text):
    data = role.as_dict()
    for part, name in (("groups", "title"), ("requirements", "title"), ("skills", "name")):
        for one in data[part]:
            one[name] = text
    for level in data["scales"][0]["levels"]:
        level["word"] = text
    return type(role).from_dict(data)
