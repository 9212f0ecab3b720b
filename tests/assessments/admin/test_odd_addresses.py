"""Addresses that no page of the editing area leads to: refused, and never an error of ours."""

from urllib.parse import urlencode

import pytest

from assessments.models import Role, Scale
from tests.assessments.admin.posting import errors_on, post
from tests.assessments.admin.world import everything, make_world
from tests.factories import ResourceLinkFactory
from tests.pages import html

pytestmark = pytest.mark.django_db
NUMBERS = ["9" * 5000, "9" * 30, "-" + "9" * 19, "1,2," + "9" * 19, "９" * 5000, "9_" * 3000]
HARMLESS = ["", "x", "-1", "1.5", "１２", "9" * 18, "1e9999", "NaN"]
FILTERS = [
    ("newsletterissue", "created_by"),
    ("requirement", "group"),
    ("requirement", "role__id__exact"),
    ("resourcelink", "resource__id__exact"),
    ("resourcelink", "skill__gte"),
    ("roleversion", "role"),
    ("scale", "id__in"),
    ("skill", "pk__in"),
    ("skill", "scale__id__exact"),
    ("user", "groups__id__exact"),
]
# What a page of a new row goes by.
BEGUN_WITH = [("requirement", "role"), ("skill", "scale")]
YEARS = ["9999", "99999", "0", "-1", "x", "9" * 5000]
KINDS = ["id__range", "published_at__iso_year", "note__regex", "published_at__week__gte"]


@pytest.fixture(scope="module")
def boss(module_db):
    return make_world().client("superuser")


def status(client, model, query, page=""):
    return client.get(f"/admin/assessments/{model}/{page}", query).status_code


def change_page(model, row):
    return f"/admin/assessments/{model}/{row.pk}/change/"


@pytest.mark.parametrize(("model", "name"), FILTERS)
def test_no_list_is_filtered_by_a_number_that_nothing_has(boss, model, name):
    assert {status(boss, model, {name: value}) for value in NUMBERS} == {400}


@pytest.mark.parametrize(("model", "name"), FILTERS)
def test_whatever_else_stands_there_is_answered(boss, model, name):
    assert {status(boss, model, {name: value}) for value in HARMLESS} <= {200, 302}


@pytest.mark.parametrize(("model", "name"), BEGUN_WITH)
def test_no_new_row_begins_with_such_a_number(boss, model, name):
    for value in NUMBERS:
        assert status(boss, model, {name: value}, "add/") == 400
        came_from = {"_changelist_filters": urlencode({f"{name}__id__exact": value})}
        assert status(boss, model, came_from, "add/") == 400


@pytest.mark.parametrize("year", YEARS)
def test_no_list_is_of_a_year_that_has_no_next(boss, year):
    assert status(boss, "roleversion", {"published_at__year": year}) == 400
    assert status(boss, "roleversion", {"published_at__year__gte": year}) == 400


def test_the_years_that_the_page_offers_are_shown(boss):
    dates = {"published_at__year": "2026", "published_at__month": "3"}
    assert status(boss, "roleversion", dates) == 200


@pytest.mark.parametrize("kind", KINDS)
def test_no_list_is_filtered_by_what_no_page_offers(boss, kind):
    assert {status(boss, "roleversion", {kind: value}) for value in ("1", "(", "")} == {400}


def test_digits_may_be_searched_for(boss):
    assert {status(boss, "role", {"q": value}) for value in NUMBERS} == {200}


def test_no_row_has_such_a_number(boss):
    for value in NUMBERS:
        for page in ("change", "history", "delete"):
            response = boss.get(f"/admin/assessments/role/{value}/{page}/")
            assert response.status_code in (302, 404)


@pytest.mark.parametrize("page", ["changes/role/{}/put-back", "role/{}/publish"])
def test_no_page_of_ours_is_about_such_a_number(boss, page):
    assert status(boss, page.format("9" * 30), {}) == 404


def test_the_links_of_the_pages_lead_where_they_say(boss):
    role, scale = Role.objects.filter(origin="").get(), Scale.objects.first()
    assert status(boss, "requirement", {"role__id__exact": role.pk}) == 200
    came_from = urlencode({"role__id__exact": role.pk})
    page = boss.get("/admin/assessments/requirement/add/", {"_changelist_filters": came_from})
    assert f'value="{role.pk}" selected' in html(page)
    assert status(boss, "skill", {"scale": scale.pk}, "add/") == 200


def test_whoever_may_not_look_is_asked_to_sign_in_first(client):
    assert status(client, "role", {"pk__in": "9" * 5000}) == 302


@pytest.mark.parametrize(
    ("model", "rows"), [("requirement", "alternatives"), ("role", "groups"), ("resource", "links")]
)
def test_a_row_that_the_page_did_not_show_is_not_written_twice(boss, model, rows):
    """As when two editors add the same one, and the second saves again after being told."""
    if model == "resource":
        address = change_page(model, ResourceLinkFactory().resource)
    else:
        role = Role.objects.filter(origin="").get()
        address = change_page(model, role if model == "role" else role.requirements.first())
    before = everything()
    response = post(boss, address, **{f"{rows}-INITIAL_FORMS": "0", f"{rows}-0-id": ""})
    assert "There is such a row already: somebody else added it." in errors_on(response)
    assert everything() == before
