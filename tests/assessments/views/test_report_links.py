"""A link that broke is not offered; the search of its provider is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions.links import record
from assessments.domain.links import of_status
from assessments.models import Resource, ResourceLink
from tests.assessments.test_reports import catalogue
from tests.definitions import definition, requirement
from tests.pages import main
from tests.published import submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("sql", 3))
LINK = 'href="https://book.example/sql"'
SEARCH = 'href="https://book.example/find?q=Skill%20sql"'


@pytest.fixture
def page(member, member_client):
    """The report's main part, after a link has been looked at."""

    def after(status=None, search="https://book.example/find?q={query}"):
        catalogue(ROLE, "book")
        Resource.objects.update(search_url=search)
        link = ResourceLink.objects.get()
        if status:
            record(link=link, outcome=of_status(status), at=timezone.now())
        key = submitted(member, ROLE, sql=1).key
        return main(member_client.get(reverse("report_detail", args=[key])))

    return after


def test_an_unchecked_link_is_offered(page):
    found = page()
    assert LINK in found
    assert SEARCH not in found


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_link_that_is_not_known_to_be_broken_is_offered(page, status):
    assert LINK in page(status)


@pytest.mark.parametrize("status", [404, 410])
def test_a_broken_link_gives_way_to_the_search_of_its_provider(page, status):
    found = page(status)
    assert LINK not in found
    assert SEARCH in found


def test_a_broken_link_without_a_search_is_not_offered(page):
    assert "https://book.example/" not in page(404, search="")
