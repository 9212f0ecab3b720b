"""A query that was put into SQL once finds what the ORM would find, for whoever asks."""

import pytest
from django.db import connection, transaction
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from django.http import Http404
from django.utils import timezone

from assessments import access, reports
from assessments.actions import assessment as actions
from assessments.compiled import CompiledQuery, Parameter
from assessments.domain.answers import Answer as Said
from assessments.models import Answer, Assessment, Guest, Skill
from careerpath import sessions
from tests.definitions import definition, requirement
from tests.factories import SkillFactory
from tests.published import opened, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python", 3), requirement("sql", 2))


def row(found):
    """All that was loaded, by name."""
    return {name: value for name, value in vars(found).items() if name != "_state"}


@pytest.fixture
def guest():
    return Guest.objects.create(token_sha256="0" * 64)


@pytest.fixture
def by_slug():
    return CompiledQuery(
        lambda: Skill.objects.filter(slug=Parameter("slug", Skill._meta.get_field("slug")))
    )


def test_each_value_finds_its_own(by_slug):
    one, other = SkillFactory(slug="one"), SkillFactory(slug="other")
    assert [by_slug.get_or_none(slug=slug) for slug in ("one", "other", "one")] == [one, other, one]


@pytest.mark.parametrize("slug", ["none", None, "", "o%"])
def test_what_is_not_there_is_not_found(by_slug, slug):
    SkillFactory(slug="one")
    assert by_slug.get_or_none(slug=slug) is None


def test_a_value_that_was_not_given_is_an_error(by_slug):
    with pytest.raises(KeyError, match="slug"):
        by_slug.get_or_none(name="one")


def test_its_sql_is_written_once(by_slug, monkeypatch, django_assert_num_queries):
    skill = SkillFactory(slug="one")
    by_slug.get_or_none(slug="other")
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    with django_assert_num_queries(1):
        assert by_slug.get_or_none(slug="one") == skill


def test_what_the_query_says_itself_stays():
    SkillFactory(slug="one")
    query = CompiledQuery(
        lambda: Skill.objects.filter(pk=Parameter("id", Skill._meta.pk), slug="other")
    )
    assert query.get_or_none(id=Skill.objects.get().pk) is None


def test_a_session_is_read_whole(member_client):
    stored = member_client.session.model.objects.get()
    found = sessions.LIVING.get_or_none(key=stored.session_key, now=timezone.now())
    assert row(found) == row(stored)


@pytest.mark.parametrize("owner", ["member", "guest"])
def test_an_assessment_comes_with_its_version_and_without_the_text(
    request, owner, django_assert_num_queries
):
    person = request.getfixturevalue(owner)
    mine = opened(person, ROLE)
    title, sha256 = mine.role.title, mine.version.sha256
    with django_assert_num_queries(1):
        found = access.assessment_of(person, mine.key)
        assert (found.role.title, found.version.sha256) == (title, sha256)
    assert found.version.get_deferred_fields() == {"content"}
    assert row(found).items() >= row(Assessment.objects.get(pk=mine.pk)).items()


def test_nobody_finds_anothers_by_its_key(member, stranger):
    theirs = submitted(stranger, ROLE, python=1, sql=1)
    access.assessment_of(stranger, theirs.key)  # it is there, and the query was asked before
    for find in (access.assessment_of, access.report_row_of):
        with pytest.raises(Http404):
            find(member, theirs.key)


def test_a_guest_with_the_number_of_a_member_finds_nothing_of_theirs(member):
    guest = Guest.objects.create(pk=member.pk, token_sha256="0" * 64)
    theirs = submitted(member, ROLE, python=1, sql=1)
    for find in (access.assessment_of, access.report_row_of, access.report_of):
        with pytest.raises(Http404):
            find(guest, theirs.key)


def test_an_open_assessment_is_no_report(member):
    mine = opened(member, ROLE)
    for find in (access.report_row_of, access.report_of):
        with pytest.raises(Http404):
            find(member, mine.key)


def test_a_report_names_the_one_before_it_that_is_its_owners(member, stranger):
    before = submitted(member, ROLE, python=1, sql=1)
    submitted(stranger, ROLE, python=2, sql=1)
    mine = submitted(member, ROLE, python=2, sql=2)
    assert access.report_of(member, mine.key).previous_key == before.key
    assert access.report_of(member, before.key).previous_key is None


@pytest.mark.parametrize("owner", ["member", "guest"])
def test_the_row_of_a_report_tells_the_state_that_the_report_tells(member, owner):
    """Of the two with one number, one has one report and the other two."""
    other = Guest.objects.create(pk=member.pk, token_sha256="0" * 64)
    submitted(other, ROLE, python=1, sql=1)
    person = member if owner == "member" else other
    mine = submitted(person, ROLE, python=2, sql=2)
    alone, whole = access.report_row_of(person, mine.key), access.report_of(person, mine.key)
    assert alone.today == whole.today
    told = row(Assessment.objects.get(pk=mine.pk))
    assert {name: vars(alone)[name] for name in told} == told


@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite locks the whole database"
)
@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_of_a_transaction_is_an_error_each_time(member):
    mine = opened(member, ROLE)
    with transaction.atomic():
        assert actions.LOCKED.get_or_none(id=mine.pk) == mine
    with pytest.raises(TransactionManagementError):
        actions.LOCKED.get_or_none(id=mine.pk)


def test_what_is_locked_and_what_is_stored_are_read_whole(member):
    mine = opened(member, ROLE, sql=2, python=3)
    with transaction.atomic():
        locked = actions.LOCKED.get_or_none(id=mine.pk)
    assert row(locked) == row(Assessment.objects.get(pk=mine.pk))
    found = actions.STORED.get_or_none(id=mine.pk, skill="python")
    assert row(found) == row(Answer.objects.get(assessment=mine, skill="python"))


def test_what_was_said_is_read_anew_and_of_this_assessment_alone(member, stranger):
    opened(stranger, ROLE, sql=1, python=1)
    mine = opened(member, ROLE, sql=2)
    assert reports.answers_now(mine) == {"sql": Said(2)}
    Answer.objects.filter(assessment=mine).update(level=None)
    assert reports.answers_now(mine) == {"sql": Said(None)}
