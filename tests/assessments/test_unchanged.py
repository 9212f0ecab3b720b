"""Public pages asked for again by somebody unknown, who shows the tag of what they have."""

import gzip

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate, now, timedelta

from assessments import deployed, unchanged
from assessments.actions.bls import apply, planned
from assessments.importers.oews import read_oews
from assessments.models import Release
from tests.bls_files import archive, book, oews
from tests.definitions import definition, requirement
from tests.factories import ReleaseFactory
from tests.guests import begun
from tests.guests import browser as guests_browser
from tests.occupations import occupation
from tests.pages import html
from tests.published import publish

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"), requirement("sql"))
PAGES = ["/", "/roles/", "/roles/?q=bakers", "/roles/tester/", "/roles/bakers/"]
OTHERS = ["/newsletter/", "/accounts/login/", "/roles/tester/start/", "/roles/tester/steps/"]
# Of a page that is made: a 304 has none, and each answer has a number of its own.
OF_THE_PAGE = {"Content-Type", "Content-Length", "X-Request-ID"}


@pytest.fixture(autouse=True)
def roles():
    occupation("Bakers")
    return publish(ROLE).role


def again(address, tag, client=None, **more):
    return (client or Client()).get(address, headers={"if-none-match": tag, **more})


def tag_of(address, client=None):
    return (client or Client()).get(address).get("ETag", "")


@pytest.mark.parametrize("address", PAGES)
def test_it_is_not_sent_twice(address):
    response = again(address, tag_of(address))
    assert (response.status_code, response.content) == (304, b"")
    assert "Content-Length" not in response
    assert not response.cookies


@pytest.mark.parametrize("address", PAGES)
def test_that_takes_one_query(address, django_assert_num_queries):
    tag = tag_of(address)
    with django_assert_num_queries(1):
        again(address, tag)


@pytest.mark.parametrize("address", PAGES)
def test_no_header_is_missing_or_different(address):
    page = Client().get(address)
    nothing = again(address, page["ETag"])
    assert {*page.headers} - {*nothing.headers} <= OF_THE_PAGE
    for name, value in nothing.items():
        if name not in OF_THE_PAGE:
            assert sorted(value.split(", ")) == sorted(page[name].split(", ")), name


@pytest.mark.parametrize("address", PAGES)
def test_a_browser_asks_each_time_and_no_cache_mixes_people_up(address):
    page = Client().get(address)
    assert page["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= {*page["Vary"].split(", ")}


def test_a_look_without_the_page_tells_the_same():
    tag = Client().head("/roles/tester/")["ETag"]
    assert tag == tag_of("/roles/tester/")
    assert Client().head("/roles/tester/", headers={"if-none-match": tag}).status_code == 304


def test_compressed_or_not_it_is_the_same_page():
    packed = Client().get("/roles/tester/", headers={"accept-encoding": "gzip"})
    assert b"Tester" in gzip.decompress(packed.content)
    assert packed["ETag"] == tag_of("/roles/tester/")
    assert again("/roles/tester/", packed["ETag"], **{"accept-encoding": "gzip"}).status_code == 304


def test_each_page_has_a_tag_of_its_own():
    assert len({tag_of(address) for address in PAGES}) == len(PAGES)


# --- what changes it ---


@pytest.fixture
def held():
    """All pages as somebody has them; none of it is true any more once the test is over."""
    tags = {address: tag_of(address) for address in PAGES}
    yield
    for address, tag in tags.items():
        assert again(address, tag).status_code == 200, address
        assert tag_of(address) != tag, address


def test_a_new_version(held):
    publish(definition(requirement("python"), requirement("talking")))


def test_a_new_role(held):
    publish(definition(requirement("sql"), slug="other", title="Another role"))


def test_a_version_that_began_earlier_and_came_later(held, roles):
    """Its key is less than that of the newest."""
    newest = roles.versions.get()
    newest.pk, newest.number = -1, 2
    newest.save(force_insert=True)


@pytest.fixture
def undone():
    """A state that is gone before the test begins, as after a restore."""
    before = transaction.savepoint()
    publish(definition(requirement("talking"), slug="other", title="Another role"))
    publish(definition(requirement("reading")))
    tags = {address: tag_of(address) for address in PAGES}
    transaction.savepoint_rollback(before)
    return tags


def test_another_state_with_as_many_rows(undone):
    """What was published last is the same again, what came before it is not."""
    publish(definition(requirement("writing"), slug="other", title="Another role"))
    publish(definition(requirement("reading")))
    for address, tag in undone.items():
        assert again(address, tag).status_code == 200, address


def test_another_order_of_the_roles(held, roles):
    roles.position += 1
    roles.save()


@pytest.fixture
def earlier_import():
    """One of this source, and one of another by a clock that is fast."""
    ReleaseFactory(source=Release.Source.PROJECTIONS, imported_at=now() + timedelta(minutes=5))
    return ReleaseFactory(source=Release.Source.OEWS)


def test_an_import_of_statistics(earlier_import, held, tmp_path):
    edition = read_oews(oews(tmp_path, archive(national_M2024_dl=book())))
    source = Release.Source.OEWS
    apply(source=source, plan=planned(source=source, edition=edition))


def test_other_code(held, monkeypatch):
    monkeypatch.setattr(deployed, "digest", lambda: "of another deployment")


def test_another_language(held, monkeypatch):
    monkeypatch.setattr(unchanged, "get_language", lambda: "de")


def test_another_week(held, monkeypatch):
    """So that what was written by hand is seen some day."""
    monkeypatch.setattr(unchanged, "localdate", lambda: localdate() + timedelta(days=7))


def test_nothing_else_changes_it(member_client):
    tags = {address: tag_of(address) for address in PAGES}
    member_client.post("/roles/tester/start/")
    assert {address: tag_of(address) for address in PAGES} == tags


# --- whose page it is ---


@pytest.fixture(params=["member", "guest", "left", "told"])
def somebody(request):
    """Signed in; a guest; with the cookie of a session that is gone; with a message waiting."""
    if request.param == "member":
        return request.getfixturevalue("member_client")
    if request.param == "guest":
        made = begun(definition(requirement("sql"), slug="begun", title="Begun"))
        return guests_browser(made.token)
    client = Client()
    names = {"left": settings.SESSION_COOKIE_NAME, "told": settings.MESSAGE_COOKIE_NAME}
    client.cookies[names[request.param]] = "x" * 32
    return client


@pytest.mark.parametrize("address", PAGES)
def test_who_may_be_somebody_gets_the_page_and_no_tag(address, somebody):
    response = again(address, tag_of(address), somebody)
    assert response.status_code == 200
    assert "ETag" not in response
    assert again(address, "*", somebody).status_code == 200


def test_after_signing_in_the_same_address_shows_it(member_client):
    tag = tag_of("/roles/tester/")
    response = again("/roles/tester/", tag, member_client)
    assert "Sign out" in html(response)
    assert "no-store" in response["Cache-Control"]


def test_the_cookie_of_a_form_tells_nobody_apart():
    client = Client()
    client.get("/accounts/login/")
    assert [*client.cookies] == [settings.CSRF_COOKIE_NAME]
    assert again("/roles/tester/", tag_of("/roles/tester/"), client).status_code == 304


@pytest.mark.parametrize("address", OTHERS)
def test_pages_with_a_form_or_for_a_person_have_none(address):
    response = again(address, "*")
    assert response.status_code == 200
    assert "ETag" not in response


@pytest.mark.parametrize("tag", ["*", 'W/"of-another-page"'])
def test_what_is_not_there_is_not_unchanged(tag):
    response = again("/roles/nothing-such/", tag)
    assert response.status_code == 404
    assert "ETag" not in response


def test_who_works_on_the_site_sees_each_change(settings):
    settings.DEBUG = True
    assert again("/", "*").status_code == 200
