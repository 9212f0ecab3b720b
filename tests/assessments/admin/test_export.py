import csv
import io

import pytest
from openpyxl import load_workbook

from assessments.exporters.tables import TABLES
from assessments.models import ResourceLink
from tests.assessments.admin.importing import (
    chosen,
    confirm,
    everything,
    export_address,
    import_address,
)
from tests.conftest import signed_in
from tests.factories import (
    GroupFactory,
    RequirementFactory,
    ResourceFactory,
    ResourceLinkFactory,
    SkillFactory,
    role_with,
)

pytestmark = pytest.mark.django_db
ENDINGS = ["csv", "xlsx"]
STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", '"=', "''=", "'", *"＝＋－＠"]
BODIES = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example","x")', "SUM(A1:A9)*2"]
PAYLOADS = [start + body for start in STARTS for body in BODIES]
TEXTS = {
    "skill": ["name", "category", "description"],
    "requirement": ["title", "reason"],
    "resource": ["name", "provider", "purpose"],
    "resourcelink": ["reason"],
}


def cells_of(response):
    """Rows of texts as a spreadsheet sees them, formulas marked."""
    if "text/csv" in response["Content-Type"]:
        text = response.content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet]


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_exports(editor_client, ending):
    SkillFactory(slug="python", name="Python")
    header, row = cells_of(editor_client.get(export_address("skill", ending)))
    assert header[:3] == ["slug", "name", "category"]
    assert row[:2] == ["python", "Python"]


def test_filters_of_the_list_are_respected(editor_client):
    ResourceFactory(slug="a", kind="course")
    ResourceFactory(slug="b", kind="papers")
    page = editor_client.get("/admin/assessments/resource/?kind__exact=papers&p=1")
    assert b"export.csv?kind__exact=papers&quot;" in page.content.replace(b'"', b"&quot;")
    response = editor_client.get(export_address("resource", "csv") + "?kind__exact=papers")
    assert [row[0] for row in cells_of(response)] == ["slug", "b"]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_export_then_import_changes_nothing(editor_client, name, ending):
    role_with(requirements=3)
    before = everything()
    page = chosen(editor_client, name, f"table.{ending}", exported(editor_client, name, ending))
    plan = page.context["plan"]
    assert (plan.writes, plan.bad, len(plan.unchanged) > 0) == ([], [], True)
    assert everything() == before


def exported(client, name, ending):
    return client.get(export_address(name, ending)).content


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("name", "column"),
    [(name, column) for name, columns in TEXTS.items() for column in columns],
)
def test_no_text_is_a_formula_and_each_comes_back(editor_client, name, column, ending):
    """Every payload, planted as stored text, out and in again."""
    skill, group = SkillFactory(anchors=()), GroupFactory()
    makers = {
        "skill": lambda **text: SkillFactory(anchors=(), **text),
        "requirement": lambda **text: RequirementFactory(group=group, skills=[skill], **text),
        "resource": ResourceFactory,
        "resourcelink": lambda **text: ResourceLinkFactory(skill=skill, **text),
    }
    for payload in PAYLOADS:
        makers[name](**{column: payload})
    response = editor_client.get(export_address(name, ending))
    number = TABLES[name].columns.index(column)
    shown = [row[number] for row in cells_of(response)[1:]]
    assert len(shown) >= len(PAYLOADS)
    assert not [text for text in shown if text and text.strip(' "\t\r\n')[0] in "=+-@＝＋－＠"]
    plan = chosen(editor_client, name, f"a.{ending}", response.content).context["plan"]
    assert (len(plan.unchanged), plan.writes, plan.bad) == (len(shown), [], [])


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) >= 40


def test_deleted_links_come_back_from_their_export(editor_client):
    role_with(requirements=2)
    data = exported(editor_client, "resourcelink", "xlsx")
    before = everything()["ResourceLink"]
    ResourceLink.objects.all().delete()
    confirm(editor_client, "resourcelink", chosen(editor_client, "resourcelink", "a.xlsx", data))
    assert everything()["ResourceLink"] == before


def test_sentences_are_no_formulas_either(editor_client):
    SkillFactory(anchors=PAYLOADS[:5])
    response = editor_client.get(export_address("skill", "xlsx"))
    assert cells_of(response)[1][5:10] == [f"'{text}" for text in PAYLOADS[:5]]


def test_whoever_may_not_see_may_not_export(client, member_client, editor):
    for name in TABLES:
        assert client.get(export_address(name, "csv")).status_code == 302
        assert member_client.get(export_address(name, "csv")).status_code in (302, 403)
    editor.groups.clear()
    assert signed_in(editor).get(export_address("skill", "csv")).status_code == 403
    assert signed_in(editor).get(import_address("skill")).status_code == 403
