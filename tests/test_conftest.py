"""The people of the tests are what their names say, and tests that empty the database hurt none."""

import pytest
from django.contrib.auth.models import Permission


def test_the_people_exist(member, stranger, editor):
    assert len({member.email, stranger.email, editor.email}) == 3
    assert editor.is_staff
    assert not member.is_staff


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_migrations_put_there_survives_a_test_with_transactions(turn):
    assert Permission.objects.filter(content_type__app_label="assessments").exists()
