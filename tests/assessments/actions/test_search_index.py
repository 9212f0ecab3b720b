import json

import pytest

from assessments.actions import publication
from assessments.actions.search_index import rebuild_search
from assessments.models import Occupation, Role, SearchEntry, Vocabulary
from assessments.search import Criteria, browse
from assessments.search_texts import find
from tests.definitions import definition, requirement
from tests.factories import AlternateTitleFactory, role_with
from tests.occupations import occupation
from tests.published import publish

pytestmark = pytest.mark.django_db


def titles(text=""):
    return [hit.entry.title for hit in browse(Criteria(text=text)).hits]


def test_publishing_puts_a_role_into_the_search(editor):
    role = role_with(title="Tester", summary="Breaks things.")
    assert titles() == []
    publication.publish(role=role, by=editor, note="First")
    assert titles("breaks") == ["Tester"]


def test_a_new_version_takes_the_place_of_the_last():
    publish(definition(requirement("sql"), title="Breaker"))
    publish(definition(requirement("sql"), title="Mender"))
    assert titles("breaker") == []
    assert titles("mender") == ["Mender"]


def test_only_the_roles_named_are_made_anew():
    one, other = occupation("Bakers"), occupation("Cooks")
    for row in (one, other):
        AlternateTitleFactory(occupation=row, title="Chef")
    rebuild_search(roles=[one.role_id])
    assert titles("chef") == ["Bakers"]


def test_all_are_made_anew_and_the_same():
    occupation("Bakers", titles=["Pastry Chef"], technologies=["Oven"])
    publish(definition(requirement("sql")))
    before = list(SearchEntry.objects.order_by("pk").values()), find(["chef"])
    rebuild_search()
    assert (list(SearchEntry.objects.order_by("pk").values()), find(["chef"])) == before


def test_an_entry_without_a_version_goes():
    role = occupation("Bakers").role
    SearchEntry.objects.create(
        role=Role.objects.create(title="Ghost"), curated=True, assessable=True
    )
    rebuild_search()
    assert list(SearchEntry.objects.values_list("role", flat=True)) == [role.pk]


def test_words_leave_the_vocabulary_when_all_is_made_anew():
    made = occupation("Bakers", titles=["Pastrycook"])
    made.alternate_titles.all().delete()
    rebuild_search(roles=[made.role_id])
    assert "pastrycook" in Vocabulary.objects.get().words.split()
    rebuild_search()
    assert "pastrycook" not in Vocabulary.objects.get().words.split()


def test_words_of_most_roles_come_first():
    for name in ("Bakers of bread", "Bakers of cakes"):
        occupation(name)
    rebuild_search()
    known = Vocabulary.objects.get().words.split()
    assert known.index("bakers") < known.index("bread")


def test_a_kept_role_gets_the_figures_of_the_first_occupation_that_is_there():
    known = occupation("Analysts", code="15-2031.00")
    publish(definition(requirement("sql"), occupations=("99-9999.00", "15-2031.00")))
    assert SearchEntry.objects.get(title="Tester").occupation == known


def test_what_cannot_be_assessed_and_what_is_withdrawn_is_known():
    occupation("Bakers", skills=(), withdrawn=True)
    entry = SearchEntry.objects.get()
    assert (entry.curated, entry.assessable, entry.withdrawn) == (False, False, True)


def test_it_asks_the_same_however_many_roles_there_are(django_assert_max_num_queries):
    for number in range(5):
        occupation(f"Bakers {number}")
    with django_assert_max_num_queries(40):
        rebuild_search()


def test_definitions_from_before_there_were_occupations_are_read():
    role = publish(definition(requirement("sql"))).role
    assert "occupations" not in json.loads(role.versions.get().content)
    rebuild_search(roles=[role.pk])
    assert not Occupation.objects.exists()
    assert titles("tester") == ["Tester"]
