import gc
import weakref

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.utils import timezone

from assessments.actions import mail, newsletter_issue
from assessments.actions.revision import ChangedMeanwhile
from assessments.models import Delivery, NewsletterIssue, OutgoingMail, Subscriber
from tests.factories import NewsletterIssueFactory
from tests.mailing import Refusing, backend, sent, subscribers

pytestmark = pytest.mark.django_db


def test_it_works(what_commits):
    subscribers(3)
    Subscriber.objects.create(email="never-confirmed@example.org")
    issue = NewsletterIssueFactory(subject="News", body="**New** roles")
    assert newsletter_issue.send(issue=issue, seen=0)
    assert sorted(sent()) == [f"reader{n}@example.org" for n in range(3)]
    message = django_mail.outbox[0]
    assert message.subject == "News"
    assert message.body.startswith("**New** roles\n")
    assert "<strong>New</strong> roles" in message.alternatives[0].content


def test_each_mail_can_be_ended_in_one_click(what_commits, client):
    subscribers(2)
    newsletter_issue.send(issue=NewsletterIssueFactory(), seen=0)
    headers = django_mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>")
    for part in (django_mail.outbox[0].body, django_mail.outbox[0].alternatives[0].content):
        assert link in part
    assert "example.org" not in link.removeprefix("http://localhost:8000")


def test_pressed_again_it_goes_to_nobody_twice(what_commits):
    subscribers(2)
    issue = NewsletterIssueFactory()
    assert newsletter_issue.send(issue=issue, seen=0)
    assert not newsletter_issue.send(issue=issue, seen=0)
    assert len(django_mail.outbox) == 2


def test_who_subscribed_later_waits_for_the_next(what_commits):
    issue = NewsletterIssueFactory()
    newsletter_issue.send(issue=issue, seen=0)
    Subscriber.objects.create(email="late@example.org", confirmed_at=timezone.now())
    assert newsletter_issue.hand_out(issue=issue) == 0


def test_what_was_changed_after_the_preview_is_not_sent():
    issue = NewsletterIssueFactory()
    NewsletterIssue.objects.get(pk=issue.pk).save()
    with pytest.raises(ChangedMeanwhile):
        newsletter_issue.send(issue=issue, seen=0)
    assert NewsletterIssue.objects.get().sent_at is None


def test_a_part_that_is_handed_out_is_let_go_at_once(monkeypatch):
    """Without waiting for the collector, which comes late where there is memory."""
    mail_of, mails = newsletter_issue.mail_of, []

    def remembered(*args):
        made = mail_of(*args)
        mails.append(weakref.ref(made))
        return made

    monkeypatch.setattr(newsletter_issue, "mail_of", remembered)
    subscribers(3)
    gc.disable()
    try:
        newsletter_issue.hand_out(issue=NewsletterIssueFactory(sent_at=timezone.now()))
        assert [mail() for mail in mails] == [None] * 3
    finally:
        gc.enable()


def test_each_part_begins_where_the_last_one_ended(monkeypatch):
    """So that who has got it is not gone through again for every 200."""
    part, begun = newsletter_issue.hand_out_part, []
    monkeypatch.setattr(newsletter_issue, "PART", 2)
    monkeypatch.setattr(
        newsletter_issue,
        "hand_out_part",
        lambda *args, after: begun.append(after) or part(*args, after=after),
    )
    rows = subscribers(3)
    assert newsletter_issue.hand_out(issue=NewsletterIssueFactory(sent_at=timezone.now())) == 3
    assert begun == [0, rows[1].pk, rows[2].pk]


def test_a_crash_in_the_middle_goes_on_without_sending_anyone_two(monkeypatch):
    monkeypatch.setattr(newsletter_issue, "PART", 2)
    subscribers(5)
    issue = NewsletterIssueFactory(sent_at=timezone.now())
    newsletter_issue.hand_out_part(issue, "")

    def crash(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Delivery.objects, "bulk_create", crash)
        with pytest.raises(KeyboardInterrupt):
            newsletter_issue.hand_out(issue=issue)
    assert OutgoingMail.objects.count() == Delivery.objects.count() == 2
    call_command("send_newsletter")
    call_command("send_newsletter")
    mail.send_waiting()
    assert sorted(sent()) == [f"reader{n}@example.org" for n in range(5)]


def test_bounces_do_not_stop_the_rest(settings, what_commits):
    settings.EMAIL_BACKEND = backend(Refusing)
    Subscriber.objects.create(email="bounces@example.org", confirmed_at=timezone.now())
    subscribers(2)
    newsletter_issue.send(issue=NewsletterIssueFactory(), seen=0)
    assert len(sent()) == 2


def test_forgetting_old_mail_does_not_open_the_door_again(what_commits):
    subscribers(1)
    issue = NewsletterIssueFactory()
    newsletter_issue.send(issue=issue, seen=0)
    OutgoingMail.objects.all().delete()
    assert newsletter_issue.hand_out(issue=issue) == 0


def test_a_test_goes_to_the_editor_alone(what_commits, editor):
    subscribers(1)
    newsletter_issue.send_test(issue=NewsletterIssueFactory(subject="News"), to=editor)
    assert [(one.to, one.subject) for one in django_mail.outbox] == [([editor.email], "Test: News")]
    assert NewsletterIssue.objects.get().sent_at is None
