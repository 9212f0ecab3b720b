import pytest
from django.contrib.sessions.models import Session
from django.db import transaction

from assessments.models import Answer, Assessment, Guest, OutgoingMail, Role, User
from assessments.replica import PUBLIC, Router, public_page

OF_PEOPLE = [Answer, Assessment, Guest, OutgoingMail, Session, User]


@pytest.mark.parametrize("model", sorted(PUBLIC, key=str))
def test_a_public_page_reads_what_is_public_from_the_copy(model):
    with public_page():
        assert Router().db_for_read(model) == "replica"
    assert Router().db_for_read(model) == "default"


@pytest.mark.parametrize("model", OF_PEOPLE)
def test_what_is_of_people_is_never_read_there(model):
    with public_page():
        assert Router().db_for_read(model) == "default"


@pytest.mark.django_db
def test_nothing_is_read_there_inside_a_transaction():
    with public_page(), transaction.atomic():
        assert Router().db_for_read(Role) == "default"


def test_a_page_that_fails_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError), public_page():
        assert 1 / 0
    assert Router().db_for_read(Role) == "default"


def test_a_row_that_was_read_there_is_written_to_the_first():
    row = Role(slug="tester")
    row._state.db = "replica"
    with public_page():
        assert Router().db_for_write(Role, instance=row) == "default"
