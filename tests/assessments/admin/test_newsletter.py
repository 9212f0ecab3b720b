import pytest
from django.contrib.auth.models import Group
from django.core import mail

from assessments.models import NewsletterIssue
from tests.factories import NewsletterIssueFactory
from tests.mailing import subscribers
from tests.pages import html

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("what_commits")]
LIST = "/admin/assessments/newsletterissue/"


def at(issue, page):
    return f"{LIST}{issue.pk}/{page}/"


def test_it_works(editor_client, editor):
    editor_client.post(f"{LIST}add/", {"subject": "News", "body": "**New** roles", "revision": "0"})
    issue = NewsletterIssue.objects.get()
    assert issue.created_by == editor
    subscribers(2)
    page = html(editor_client.get(at(issue, "preview")))
    assert "<strong>New</strong> roles" in page
    assert "2 subscribers will get it." in page
    editor_client.post(at(issue, "preview"), {"send": "yes", "revision": "0"})
    assert len(mail.outbox) == 2


def test_a_script_in_the_text_is_shown_as_text(editor_client):
    issue = NewsletterIssueFactory(body="<script>alert(1)</script>")
    page = html(editor_client.get(at(issue, "preview")))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_test_goes_to_oneself(editor_client, editor):
    subscribers(2)
    editor_client.post(at(NewsletterIssueFactory(), "preview"), {"test": "yes"})
    assert [one.to for one in mail.outbox] == [[editor.email]]


def test_once_sent_it_is_to_read(editor_client):
    issue = NewsletterIssueFactory(subject="News", sent_at="2026-01-01T00:00Z")
    page = editor_client.get(at(issue, "change"))
    assert 'name="subject"' not in html(page)
    sneaky = {"subject": "Other", "body": "Other", "revision": "0"}
    assert editor_client.post(at(issue, "change"), sneaky).status_code == 403
    assert editor_client.post(at(issue, "delete"), {"post": "yes"}).status_code == 403
    assert NewsletterIssue.objects.get().subject == "News"


def test_pressed_twice_it_is_sent_once(editor_client):
    subscribers(2)
    issue = NewsletterIssueFactory()
    for _press in range(2):
        answer = editor_client.post(
            at(issue, "preview"), {"send": "yes", "revision": "0"}, follow=True
        )
    assert "It was sent already." in html(answer)
    assert len(mail.outbox) == 2


def test_what_was_not_seen_is_not_sent(editor_client):
    subscribers(1)
    issue = NewsletterIssueFactory()
    for seen in ("7", "", "x", "9" * 10, "9" * 5000):
        answer = editor_client.post(
            at(issue, "preview"), {"send": "yes", "revision": seen}, follow=True
        )
        assert "Read it once more" in html(answer)
    assert not mail.outbox


def test_who_may_only_write_does_not_send(editor_client, editor):
    editor.groups.set([Group.objects.get(name="Editor")])
    issue = NewsletterIssueFactory()
    assert "Send to everybody" not in html(editor_client.get(at(issue, "preview")))
    answer = editor_client.post(at(issue, "preview"), {"send": "yes", "revision": "0"})
    assert answer.status_code == 403
    assert NewsletterIssue.objects.get().sent_at is None


def test_two_editors_overwrite_nothing_in_silence(editor_client):
    issue = NewsletterIssueFactory(subject="Theirs")
    issue.save()
    answer = editor_client.post(
        at(issue, "change"), {"subject": "Mine", "body": "Mine", "revision": "0"}
    )
    assert "Somebody else saved this issue" in html(answer)
    assert NewsletterIssue.objects.get().subject == "Theirs"


def test_members_and_visitors_stay_out(member_client, client):
    issue = NewsletterIssueFactory()
    for one in (member_client, client):
        assert one.get(at(issue, "preview")).status_code == 302


def test_a_subject_is_one_line(editor_client):
    editor_client.post(f"{LIST}add/", {"subject": "News\nBcc: x", "body": "x", "revision": "0"})
    assert not NewsletterIssue.objects.exists()
