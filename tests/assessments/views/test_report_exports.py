import json
import sys
from datetime import UTC, datetime

import cffi
import pytest
from django.urls import reverse

from assessments.models import publication
from careerpath.settings import BASE_DIR
from tests.definitions import definition, requirement, wide_definition
from tests.pages import main, part, words
from tests.published import opened, submit_by_hand, submitted
from tests.report_files import csv_rows, download

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python", 3, essential=True), requirement("sql", 3))
TYPES = {
    "report_csv": ("text/csv; charset=utf-8; header=present", "csv"),
    "report_json": ("application/json", "json"),
    "report_pdf": ("application/pdf", "pdf"),
    "report_resume": ("application/json", "resume.json"),
}
each = pytest.mark.parametrize("name", TYPES)


def address(name, assessment):
    return reverse(name, args=[assessment.key])


@each
def test_it_works(member, member_client, name):
    mine = opened(member, ROLE, python=2)
    submit_by_hand(mine, submitted_at=datetime(2026, 3, 9, 23, 59, tzinfo=UTC))
    response = download(member_client, mine, name)
    kind, ending = TYPES[name]
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="tester-2026-03-09.{ending}"'
    )
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_addresses_are_those_of_the_report(member):
    sent = submitted(member, ROLE)
    page = address("report_detail", sent).rstrip("/")
    assert [address(name, sent) for name in TYPES] == [
        f"{page}.csv",
        f"{page}.json",
        f"{page}.pdf",
        f"{page}/resume.json",
    ]


def test_the_report_links_to_them(member, member_client):
    sent = submitted(member, ROLE)
    links = part(main(member_client.get(address("report_detail", sent))), 'id="take"', "</ul>")
    for name in TYPES:
        assert f'href="{address(name, sent)}"' in links
    assert f'href="{reverse("report_schema")}"' in links


@each
def test_an_open_assessment_has_none(member, member_client, name):
    assert member_client.get(address(name, opened(member, ROLE))).status_code == 404


@each
def test_a_stranger_s_is_not_there(member, stranger_client, name):
    assert stranger_client.get(address(name, submitted(member, ROLE))).status_code == 404


@each
def test_it_is_only_read(member, member_client, name):
    assert member_client.post(address(name, submitted(member, ROLE))).status_code == 405


@each
def test_the_database_is_asked_as_often_for_200_skills_as_for_10(
    member, member_client, django_assert_num_queries, name
):
    """Session, member, assessment with its education, its definition, answers."""
    download(member_client, submitted(member, ROLE), name)
    for size in (10, 60 if name == "report_pdf" else 200):
        sent = submitted(member, wide_definition(size), **{f"s{n}": n % 5 for n in range(size)})
        publication._definitions.clear()
        with django_assert_num_queries(5):
            download(member_client, sent, name)


@each
def test_twice_the_same_bytes(member, member_client, name):
    sent = submitted(member, ROLE, python=1)
    first, second = (download(member_client, sent, name).content for _ in range(2))
    assert first == second


def test_the_json_says_where_its_schema_is(member, member_client, client):
    response = download(member_client, submitted(member, ROLE), "report_json")
    assert response.headers["Link"] == '</schemas/report-1.json>; rel="describedby"'
    schema = client.get("/schemas/report-1.json")
    assert schema.headers["Content-Type"] == "application/schema+json"
    assert schema.content == (BASE_DIR / "docs/report.schema.json").read_bytes()
    assert json.loads(schema.content)["properties"]["format"]["const"] == "careerpath-report/1"


def test_umlauts_survive(member, member_client):
    role = definition(requirement("sql"), title="Müller für 機械")
    sent = submitted(member, role, sql=1)
    assert json.loads(download(member_client, sent, "report_json").content)["role"]["title"] == (
        "Müller für 機械"
    )
    assert csv_rows(download(member_client, sent, "report_csv"))[0]["Target"] == "Target sql"


# --- a server without Pango ---


@pytest.fixture
def without_pango(monkeypatch):
    for name in [*sys.modules]:
        if name.split(".")[0] == "weasyprint" or name == "assessments.exporters.report_pdf":
            monkeypatch.delitem(sys.modules, name)

    def missing(_self, name, *_flags):
        raise OSError(f"cannot load library '{name}'")

    monkeypatch.setattr(cffi.FFI, "dlopen", missing)


def test_without_pango_the_page_says_what_to_install(member, member_client, without_pango):
    sent = submitted(member, ROLE, python=1)
    response = member_client.get(address("report_pdf", sent))
    assert response.status_code == 503
    said = words(main(response))
    assert said.startswith("Error 503 PDF is not available on this server")
    assert "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in said
    assert f'href="{address("report_detail", sent)}"' in main(response)


def test_without_pango_a_stranger_learns_nothing(member, stranger_client, without_pango):
    sent = submitted(member, ROLE)
    assert stranger_client.get(address("report_pdf", sent)).status_code == 404


def test_without_pango_all_the_rest_works(member, member_client, without_pango):
    sent = submitted(member, ROLE, python=1)
    for name in ("report_detail", "report_csv", "report_json", "report_resume"):
        assert member_client.get(address(name, sent)).status_code == 200
