import pytest

from assessments.models import Role
from tests.factories import OutlookFactory, ReleaseFactory, WageFactory
from tests.occupations import occupation
from tests.pages import html, words

pytestmark = pytest.mark.django_db
HERE = "/admin/assessments"


@pytest.fixture
def bakers():
    return occupation("Bakers", wage=WageFactory(), outlook=OutlookFactory())


def test_occupations_are_found_by_code_and_title(editor_client, bakers):
    occupation("Cooks")
    for asked in (bakers.code, "baker"):
        page = html(editor_client.get(f"{HERE}/occupation/?q={asked}"))
        assert "Bakers" in page
        assert "Cooks" not in page


def test_an_occupation_leads_to_its_page_and_its_versions(editor_client, bakers):
    page = html(editor_client.get(f"{HERE}/occupation/{bakers.pk}/change/"))
    assert 'href="/roles/bakers/"' in page
    assert f"{HERE}/roleversion/?role__id__exact={bakers.role_id}" in page
    assert "1 version" in words(page)
    assert 'name="_save"' not in page


def test_the_versions_of_one_occupation_can_be_listed(editor_client, bakers):
    occupation("Cooks")
    page = editor_client.get(f"{HERE}/roleversion/?role__id__exact={bakers.role_id}")
    assert page.status_code == 200
    assert "Cooks" not in html(page)


@pytest.mark.parametrize("kind", ["wage", "outlook", "release"])
def test_figures_can_be_read_and_not_changed(editor_client, bakers, kind):
    ReleaseFactory()
    listed = html(editor_client.get(f"{HERE}/{kind}/"))
    row = {"wage": bakers.wage_id, "outlook": bakers.outlook_id}.get(kind)
    assert f"{HERE}/{kind}/add/" not in listed
    if row:
        assert 'name="_save"' not in html(editor_client.get(f"{HERE}/{kind}/{row}/change/"))


def test_the_list_of_occupations_asks_the_same_however_many(
    editor_client, bakers, django_assert_num_queries
):
    editor_client.get(f"{HERE}/occupation/")
    for number in range(3):
        occupation(f"Cooks {number}", wage=WageFactory())
        with django_assert_num_queries(7):
            editor_client.get(f"{HERE}/occupation/")


def test_roles_lists_those_that_editors_keep(editor_client, bakers):
    assert "Bakers" not in html(editor_client.get(f"{HERE}/role/"))


def test_an_imported_role_has_no_page_to_edit(editor_client, bakers):
    response = editor_client.get(f"{HERE}/role/{bakers.role_id}/change/", follow=True)
    assert 'name="_save"' not in html(response)


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_imported_role_is_not_published_and_told_why(editor_client, bakers, method):
    address = f"{HERE}/role/{bakers.role_id}/publish/"
    response = getattr(editor_client, method)(address, follow=True)
    assert "“Bakers” is imported, so it has no draft to publish" in words(html(response))
    assert Role.objects.get().versions.count() == 1
