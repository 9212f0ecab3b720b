import pytest

from assessments.models import Resource, ResourceLink
from tests.assessments.admin.posting import errors_on, post
from tests.factories import ResourceFactory, ResourceLinkFactory, SkillFactory

pytestmark = pytest.mark.django_db


def page_of(resource):
    return f"/admin/assessments/resource/{resource.pk}/change/"


def link(**changes):
    values = {
        "skill": "Python",
        "from_level": 0,
        "to_level": 3,
        "url": "https://learn.example.org/python/",
        "reason": "Starts from nothing",
    }
    return {f"links-0-{name}": value for name, value in (values | changes).items()}


def test_a_link_is_added_by_the_name_of_a_skill(editor_client):
    resource, skill = ResourceFactory(), SkillFactory(name="Python")
    assert errors_on(post(editor_client, page_of(resource), **link())) == []
    row = ResourceLink.objects.get()
    assert (row.skill, row.from_level, row.to_level) == (skill, 0, 3)


def test_levels_stay_on_the_scale(editor_client):
    SkillFactory(name="Python")
    response = post(editor_client, page_of(ResourceFactory()), **link(to_level=5))
    assert errors_on(response) == ["“Python” goes up to 4 (Leading). Choose that or less."]


def test_a_link_leads_upwards(editor_client):
    SkillFactory(name="Python")
    response = post(editor_client, page_of(ResourceFactory()), **link(from_level=3))
    assert "Choose a level above 3, or lower the one it starts from." in errors_on(response)
    assert not ResourceLink.objects.exists()


def test_addresses_are_https_only(editor_client):
    SkillFactory(name="Python")
    resource = ResourceFactory()
    changes = link(url="http://learn.example.org/") | {"url": "javascript:alert(1)"}
    response = post(editor_client, page_of(resource), **changes)
    assert len([error for error in errors_on(response) if "https://" in error]) == 2
    assert Resource.objects.get().url == resource.url


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("https://learn.example.org/search?q={query}", True),
        ("", True),
        ("https://learn.example.org/search", False),
        ("http://learn.example.org/search?q={query}", False),
        ("{query}https://", False),
        ("https://learn.example.org/?q={query}&p={query}", False),
    ],
)
def test_a_search_has_one_place_for_its_words(editor_client, address, is_kept):
    resource = ResourceFactory()
    response = post(editor_client, page_of(resource), search_url=address)
    resource.refresh_from_db()
    assert (errors_on(response) == []) is is_kept
    assert resource.search_url == (address if is_kept else "")


def test_hours_are_counted_from_one(editor_client):
    SkillFactory(name="Python")
    resource = ResourceFactory()
    assert errors_on(post(editor_client, page_of(resource), **link(hours=0)))
    assert errors_on(post(editor_client, page_of(resource), **link(hours=12))) == []
    assert ResourceLink.objects.get().hours == 12


def test_rows_show_the_skill_s_name(editor_client):
    row = ResourceLinkFactory(skill__name="Python")
    page = editor_client.get(page_of(row.resource)).content.decode()
    assert 'value="Python" list="skill-names"' in page
    assert '<option value="Python">' in page


def test_the_same_link_twice_is_refused(editor_client):
    row = ResourceLinkFactory(skill__name="Python")
    same = {name.replace("-0-", "-1-"): value for name, value in link().items()}
    response = post(editor_client, page_of(row.resource), **same)
    assert response.status_code == 200
    assert ResourceLink.objects.count() == 1
