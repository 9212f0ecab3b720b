import pytest

from assessments.actions.publication import (
    NoteMissing,
    NothingChanged,
    NotPublishable,
    PublishedMeanwhile,
    publish,
)
from assessments.domain.publishing import ProblemKind
from assessments.exporters.definition import draft_definition
from assessments.models import Anchor, ResourceLink, Role, RoleVersion
from tests.factories import role_with

pytestmark = pytest.mark.django_db


def reword(role, text="I do this differently now"):
    anchor = Anchor.objects.filter(skill__requirements__role=role, level=2).order_by("pk").first()
    anchor.text = text
    anchor.save()


def test_it_works(editor):
    role = role_with()
    version = publish(role=role, by=editor, note=" First. ", after=0)
    assert (version.number, version.note, version.published_by) == (1, "First.", editor)
    assert version.definition == draft_definition(role)
    assert version.sha256 == draft_definition(role).content_hash()


def test_a_change_gives_the_next_version_and_leaves_the_first(editor):
    role = role_with()
    first = publish(role=role, by=editor, note="First.")
    before = first.content
    reword(role)
    second = publish(role=role, by=editor, note="Second.", after=1)
    first.refresh_from_db()
    assert second.number == 2
    assert first.content == before
    assert "differently" in second.content


def test_an_unchanged_draft_is_not_published_again(editor):
    role = role_with()
    first = publish(role=role, by=editor, note="First.")
    with pytest.raises(NothingChanged) as same:
        publish(role=role, by=editor, note="Again.")
    assert same.value.version == first
    assert RoleVersion.objects.count() == 1


def test_what_blocks_is_told_and_nothing_is_published(editor):
    role = role_with()
    ResourceLink.objects.all().delete()
    role.facts.all().delete()
    with pytest.raises(NotPublishable) as refused:
        publish(role=role, by=editor, note="First.")
    assert {problem.kind for problem in refused.value.problems} == {ProblemKind.NO_RESOURCE}
    assert not RoleVersion.objects.exists()


@pytest.mark.parametrize("note", ["", "  ", "\n"])
def test_a_person_says_what_for(editor, note):
    with pytest.raises(NoteMissing):
        publish(role=role_with(), by=editor, note=note)
    assert not RoleVersion.objects.exists()


def test_the_built_in_role_needs_no_note():
    version = publish(role=role_with(), by=None, note="")
    assert (version.note, version.published_by) == ("", None)


def test_who_compared_with_an_older_version_is_told(editor):
    role = role_with()
    first = publish(role=role, by=editor, note="First.", after=0)
    reword(role)
    with pytest.raises(PublishedMeanwhile) as told:
        publish(role=role, by=editor, note="Second.", after=0)
    assert told.value.version == first
    assert RoleVersion.objects.count() == 1


def test_the_numbers_of_one_role_do_not_count_for_another(editor):
    publish(role=role_with(slug="one"), by=editor, note="First.")
    assert publish(role=role_with(slug="two"), by=editor, note="First.").number == 1


def test_the_draft_is_read_anew(editor):
    """A role that was read before somebody renamed it is published by its new name."""
    role = role_with(title="Old")
    Role.objects.filter(pk=role.pk).update(title="New")
    assert publish(role=role, by=editor, note="Renamed.").definition.title == "New"
