import pytest

from tests.assessments.admin.posting import without_token
from tests.assessments.test_statistics import ROLE, finish
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return publish(ROLE)


def page_of(version):
    return f"/admin/assessments/roleversion/{version.pk}/health/"


def test_it_works(editor_client, version):
    finish(version, 12, python=4, sql=None)
    page = " ".join(editor_client.get(page_of(version)).content.decode().split())
    assert "<strong>Skill python</strong>: nearly everybody chooses" in page
    assert "<strong>Skill sql</strong>: many cannot judge it." in page


def test_four_people_leave_no_trace(editor_client, version):
    before = without_token(editor_client.get(page_of(version)))
    finish(version, 4, python=4)
    assert without_token(editor_client.get(page_of(version))) == before


def test_the_version_leads_there(editor_client, version):
    page = editor_client.get(f"/admin/assessments/roleversion/{version.pk}/change/")
    assert page_of(version) in page.content.decode()


def test_a_missing_version_is_not_found(editor_client, version):
    assert editor_client.get("/admin/assessments/roleversion/999/health/").status_code == 404


def test_members_do_not_get_there(member_client, version):
    assert member_client.get(page_of(version)).status_code in (302, 403)
