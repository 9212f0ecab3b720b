import pytest

from assessments.models import Answer, Role
from assessments.statistics import health_of, impact_of, open_assessments
from tests.definitions import definition, requirement
from tests.factories import UserFactory
from tests.published import answer, publish, submit_by_hand

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python", 2), requirement("sql", 3, skills=["sql", "cypher"]))


@pytest.fixture
def version():
    return publish(ROLE)


def finish(version, count, **levels):
    for person in UserFactory.create_batch(count):
        assessment = person.assessments.create(role=version.role, version=version)
        answer(assessment, **levels)
        Answer.objects.filter(assessment=assessment).update(seconds=20)
        submit_by_hand(assessment)


def test_health_counts_everybody_who_finished(version):
    finish(version, 6, python=3, sql=None)
    finish(version, 5, sql=1)
    python, sql, cypher = health_of(version)
    assert (python.people, python.skipped, python.levels[3], python.seconds) == (10, 5, 5, 20)
    assert (sql.people, sql.cannot_judge, sql.levels[1]) == (10, 5, 5)
    # Asked of those who could not judge SQL, and of those who only know of it.
    assert (cypher.people, cypher.skipped) == (10, 10)


def test_open_assessments_do_not_count(version):
    for person in UserFactory.create_batch(6):
        answer(person.assessments.create(role=version.role, version=version), python=3)
    assert health_of(version)[0].people is None
    assert open_assessments(version.role) == 5


def test_impact_compares_each_report_with_the_draft(version):
    finish(version, 5, python=2, sql=3)
    harder = definition(requirement("python", 4), requirement("sql", 3))
    found = impact_of(Role.objects.get(), harder)
    assert (found.finished, found.fewer) == (5, 5)


def test_the_number_of_queries_does_not_grow_with_people(version, django_assert_num_queries):
    finish(version, 3, python=3)
    with django_assert_num_queries(2):
        health_of(version)
    finish(version, 9, python=3)
    with django_assert_num_queries(2):
        health_of(version)
