import pytest
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.test import Client

from tests.definitions import definition, requirement
from tests.occupations import occupation
from tests.pages import html, main, title, words
from tests.published import publish

ERRORS = ["400", "403", "403_csrf", "404", "413", "429", "500", "503"]


def test_it_works(db, client):
    publish(definition(requirement("sql"), requirement("python")))
    response = client.get("/")
    assert title(response) == "CareerPath – what a role asks for, and where you stand"
    assert 'href="/roles/tester/start/"' in main(response)
    assert "About 2 minutes, up to 2 questions." in words(main(response))


def test_it_works_before_anything_is_published(db, client):
    assert "No role has been published yet." in words(main(client.get("/")))


def test_it_names_six_roles_and_links_to_the_rest(db, client):
    for number in range(7):
        publish(definition(requirement("sql"), slug=f"r{number}", title=f"Role {number}"))
    page = main(client.get("/"))
    assert "Role 5" in page
    assert "Role 6" not in page
    assert "Browse all 7 roles" in words(page)


def test_it_leads_to_imported_roles_by_searching_only(db, client):
    occupation("Bakers")
    page = main(client.get("/"))
    assert "Bakers" not in page
    assert 'name="q"' in page
    assert "Browse the one role" in words(page)


def test_reading_it_asks_the_same_however_many_roles_there_are(
    db, client, django_assert_num_queries
):
    publish(definition(requirement("sql")))
    client.get("/")
    for number in range(3):
        occupation(f"Bakers {number}")
        with django_assert_num_queries(4):
            client.get("/")


def test_it_rejects_post(db, client):
    assert client.post("/").status_code == 405


# --- the frame of every page ---


def test_a_visitor_is_offered_a_way_in(db, client):
    page = html(client.get("/"))
    assert "Create an account" in page
    assert "Sign out" not in page


def test_a_member_is_offered_a_way_out(member_client):
    page = html(member_client.get("/"))
    assert "Assessments" in page
    assert 'href="/accounts/logout/"' in page
    assert "Create an account" not in page


@pytest.mark.parametrize("path", ["/", "/roles/"])
def test_the_frame_costs_a_visitor_nothing(db, client, path):
    response = client.get(path)
    assert not response.cookies
    assert "csrf" not in html(response)


def test_the_current_page_is_marked_in_the_menu(db, client):
    assert '<a href="/roles/" aria-current="page">' in html(client.get("/roles/"))


def test_the_first_link_skips_to_the_main_part(db, client):
    page = html(client.get("/"))
    assert page.index('href="#main"') == page.index('href="#')
    assert page.count('id="main"') == 1


def test_a_page_has_no_inline_style_and_no_script(db, client):
    publish(definition(requirement("sql")))
    for path in ("/", "/roles/", "/roles/tester/"):
        page = html(client.get(path))
        assert "style=" not in page
        assert "<script" not in page


# --- errors ---


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_nothing(name):
    page = render_to_string(f"{name}.html")
    assert page.count("<h1>") == 1
    assert 'href="/"' in page


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_asks_no_database(name, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        render_to_string(f"{name}.html")


def test_an_address_without_a_page(db, client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert title(response) == "Page not found – CareerPath"


def test_a_form_that_has_grown_old(db):
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert "Nothing was saved." in words(main(response))


# --- for the operator ---


def test_livez_asks_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/livez")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_asks_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_says_when_the_database_is_away(client, db, monkeypatch):
    def away():
        raise DatabaseError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        response = client.get("/readyz")
    assert response.status_code == 503
    assert "gone" not in response.content.decode()


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_probes_are_never_cached(client, db, path):
    assert "no-store" in client.get(path)["Cache-Control"]
