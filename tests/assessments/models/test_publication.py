import pytest
from django.db import IntegrityError, transaction

from assessments.models import Role, RoleVersion
from tests.definitions import definition, requirement
from tests.published import publish

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))


def test_it_works():
    first, second = publish(ROLE), publish(definition(requirement("sql")))
    assert (first.number, second.number) == (1, 2)
    assert RoleVersion.objects.latest_of(first.role) == second
    assert first.definition == ROLE


def test_a_role_that_was_never_published_has_no_latest_version():
    role = Role.objects.create(slug="draft", title="Draft", summary="Not yet.")
    assert RoleVersion.objects.latest_of(role) is None


@pytest.mark.parametrize(
    "change", [{"number": 7}, {"content": "{}"}, {"sha256": "0" * 64}, {"role": None}], ids=str
)
def test_the_database_refuses_a_change_of_what_was_published(change):
    publish(ROLE)
    if "role" in change:
        change = {"role": Role.objects.create(slug="other", title="Other", summary="Another.")}
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        RoleVersion.objects.update(**change)


def test_a_version_outlives_the_account_of_its_publisher(editor):
    version = publish(ROLE)
    RoleVersion.objects.update(published_by=editor)
    editor.delete()
    version.refresh_from_db()
    assert version.published_by is None


def test_a_definition_is_read_from_the_database_once(django_assert_num_queries):
    publish(definition(requirement("once"), title="Read once"))
    assert RoleVersion.objects.light().get().definition.title == "Read once"
    light = RoleVersion.objects.light().get()
    with django_assert_num_queries(0):
        assert light.definition.title == "Read once"


def test_light_leaves_the_definition_in_the_database():
    publish(ROLE)
    assert "content" in RoleVersion.objects.light().get().get_deferred_fields()


def test_versions_are_found_by_a_short_name_without_reading_their_texts():
    version = publish(definition(requirement("sql")))
    publish(definition(requirement("python"), slug="other", title="Other"))
    found = RoleVersion.objects.light().naming("sql")
    assert list(found) == [version]
    assert "content" not in str(found.query)


def test_so_are_those_of_an_import():
    role = publish(definition(requirement("sql"))).role
    text = definition(requirement("python")).canonical_json()
    RoleVersion.objects.bulk_create(
        [RoleVersion(role=role, number=2, title="Two", content=text, sha256="2" * 64)]
    )
    assert RoleVersion.objects.naming("python").get().number == 2
