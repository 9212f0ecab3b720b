import pytest
from django.utils import timezone

from assessments.models import ResourceLink
from tests.assessments.admin.posting import errors_on, post
from tests.factories import ResourceFactory, ResourceLinkFactory, SkillFactory
from tests.pages import words

pytestmark = pytest.mark.django_db
LIST = "/admin/assessments/resourcelink/"
RESOURCES = "/admin/assessments/resource/"


@pytest.fixture
def broken():
    return ResourceLinkFactory(
        resource=ResourceFactory(name="Old course"),
        skill=SkillFactory(name="Python"),
        health="broken",
        check_detail="gone:http-404",
        checked_at=timezone.now(),
    )


@pytest.fixture
def working():
    return ResourceLinkFactory(resource=ResourceFactory(name="New course"), health="works")


def rows_of(response):
    return [str(row) for row in response.context["cl"].result_list]


def test_it_works(editor_client, broken, working):
    response = editor_client.get(LIST, {"health__exact": "broken"})
    assert rows_of(response) == ["Old course → Python"]
    page = response.content.decode()
    assert f'<a href="{RESOURCES}{broken.resource_id}/change/">Old course</a>' in page
    assert "The site answered with status 404." in words(page)


def test_resources_with_a_broken_link(editor_client, broken, working):
    response = editor_client.get(RESOURCES, {"links": "broken"})
    assert rows_of(response) == ["Old course"]


def test_the_page_of_a_resource_says_what_was_found(editor_client, broken):
    page = words(editor_client.get(f"{RESOURCES}{broken.resource_id}/change/").content.decode())
    assert "Broken, " in page
    assert "The site answered with status 404." in page


def test_a_link_is_only_looked_at_here(editor_client, broken):
    page = f"{LIST}{broken.pk}/change/"
    assert editor_client.get(page).status_code == 200
    assert editor_client.post(page, {"health": "works"}).status_code == 403
    assert editor_client.get(f"{LIST}add/").status_code == 403


def test_nobody_posts_a_state_of_health(editor_client, broken):
    page = f"{RESOURCES}{broken.resource_id}/change/"
    response = post(editor_client, page, **{"links-0-health": "works"})
    assert errors_on(response) == []
    assert ResourceLink.objects.get().health == "broken"


def test_a_corrected_address_is_offered_again(editor_client, broken):
    page = f"{RESOURCES}{broken.resource_id}/change/"
    changes = {"links-0-url": "https://learn.example.org/moved/"}
    assert errors_on(post(editor_client, page, **changes)) == []
    link = ResourceLink.objects.get()
    assert (link.health, link.check_detail) == ("unchecked", "")


def test_a_resource_can_still_be_deleted(editor_client, broken):
    editor_client.post(f"{RESOURCES}{broken.resource_id}/delete/", {"post": "yes"})
    assert not ResourceLink.objects.exists()
