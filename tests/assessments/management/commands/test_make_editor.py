from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.models import User

pytestmark = pytest.mark.django_db
PASSPHRASE = "seven green ladders"


def make_editor(email, monkeypatch, *options, password=PASSPHRASE) -> str:
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    out = StringIO()
    call_command("make_editor", email, *options, stdout=out)
    return out.getvalue()


def test_a_new_editor_may_edit_and_publish(monkeypatch):
    assert "may edit and publish" in make_editor("Editor@Example.org", monkeypatch)
    user = User.objects.get(email="editor@example.org")
    assert user.check_password(PASSPHRASE)
    assert user.has_perm("assessments.change_skill")
    assert user.has_perm("assessments.publish_role")
    assert not user.is_superuser


def test_a_member_becomes_an_editor_with_the_password_they_have(member, monkeypatch):
    before = member.password
    make_editor(member.email, monkeypatch)
    member.refresh_from_db()
    assert member.is_staff
    assert member.password == before


def test_a_weak_password_is_refused(monkeypatch):
    with pytest.raises(CommandError, match="12 characters"):
        make_editor("editor@example.org", monkeypatch, password="short")
    assert not User.objects.exists()


def test_a_slip_in_the_address_is_said(monkeypatch):
    with pytest.raises(CommandError, match="not an e-mail address"):
        make_editor("editor", monkeypatch)


def test_support_is_a_group_of_its_own(monkeypatch):
    said = make_editor("support@example.org", monkeypatch, "--group=Support")
    assert "may see accounts at /admin/" in said
    user = User.objects.get(email="support@example.org")
    assert [group.name for group in user.groups.all()] == ["Support"]
