import pytest
from django.core.management import CommandError, call_command

from tests.definitions import definition, requirement
from tests.published import opened, submit_by_hand, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("sql"))


def test_a_report_with_another_hash_than_its_answers_make_is_told(member, stranger, capsys):
    submitted(member, ROLE, sql=2)
    submit_by_hand(opened(stranger, ROLE, sql=2))
    with pytest.raises(CommandError, match="1 are not"):
        call_command("check_reports")
    assert "1 of 2 reports are as they were made." in capsys.readouterr().out


def test_only_the_latest_are_looked_at_where_a_number_is_given(member, stranger, capsys):
    submit_by_hand(opened(stranger, ROLE, sql=2), submitted_at="2020-01-01T00:00:00Z")
    submitted(member, ROLE, sql=2)
    call_command("check_reports", limit=1)
    assert "1 of 1 reports" in capsys.readouterr().out
