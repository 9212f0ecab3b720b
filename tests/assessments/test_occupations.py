import pytest

from assessments.models import Occupation
from assessments.occupations import catalogue, editions
from tests.rated import LAW, READING, ladder, rated, release

pytestmark = pytest.mark.django_db


def test_nothing_before_an_import():
    assert catalogue(editions()) is None


def test_it_holds_what_is_rated_and_knows_of_the_rest():
    clerks, *_others = ladder()
    unrated = rated("Everybody Else")
    found = catalogue(editions())
    assert [one.element for one in found.roles.by_code[clerks.code].asked] == [READING, LAW]
    assert not found.is_comparable(unrated.code)
    assert not found.entries[unrated.code].is_rated
    assert found.elements[LAW].name == "Law"


def test_what_was_withdrawn_is_left_out():
    clerks, *_others = ladder()
    Occupation.objects.filter(pk=clerks.pk).update(withdrawn=True)
    assert clerks.code not in catalogue(editions()).entries


def test_it_is_read_once_for_each_release(django_assert_num_queries):
    ladder()
    first = catalogue(editions())
    with django_assert_num_queries(1):
        assert catalogue(editions()) is first


def test_the_next_release_is_read_anew():
    clerks, *_others = ladder()
    catalogue(editions())
    Occupation.objects.filter(pk=clerks.pk).update(unrated="no-data", ratings="")
    release()
    assert not catalogue(editions()).is_comparable(clerks.code)


def test_the_threshold_is_that_of_the_import():
    rated("Clerks", reading=2, importance={"reading": "2.50"})
    release(importance="2.5")
    assert len(catalogue(editions()).roles.profiles) == 1
    release(importance="3")
    assert len(catalogue(editions()).roles.profiles) == 0


def test_related_holds_both_ways():
    clerks, assistants, lawyers = ladder()
    assert catalogue(editions()).related_to(assistants.code) == [lawyers.code, clerks.code]
