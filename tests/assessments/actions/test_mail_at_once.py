"""A hundred at once, with real transactions, on both databases."""

import pytest
from django.core import mail as django_mail

from assessments.actions import mail, newsletter, newsletter_issue
from assessments.actions.revision import ChangedMeanwhile
from assessments.models import Delivery, OutgoingMail, Subscriber
from tests.at_once import PRESSES, at_once
from tests.factories import NewsletterIssueFactory
from tests.mailing import sent, subscribers, waiting

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_workers_send_each_mail_once():
    for number in range(20):
        waiting(recipient=f"a{number}@example.org")
    assert sum(at_once(lambda _number: mail.send_waiting())) == 20
    assert len(set(sent())) == len(sent()) == 20


def test_one_key_from_many_sides_is_one_mail():
    one = {"key": "one", "recipient": "a@example.org", "subject": "Hello", "text": "Hello"}
    assert sum(at_once(lambda _number: mail.queue(**one))) == 1
    assert len(django_mail.outbox) == 1


def test_one_address_asked_for_many_times_is_asked_once():
    at_once(lambda _number: newsletter.subscribe(email="Reader@example.org"))
    assert Subscriber.objects.get().email == "reader@example.org"
    assert sent() == ["reader@example.org"]


def test_confirmed_and_unsubscribed_from_many_sides():
    newsletter.subscribe(email="reader@example.org")
    key = Subscriber.objects.get().key
    assert all(at_once(lambda _number: newsletter.confirm(key=key)))
    assert sum(at_once(lambda _number: newsletter.unsubscribe(key=key))) == 1
    assert not Subscriber.objects.exists()


def test_an_issue_sent_by_many_reaches_each_once():
    subscribers(30)
    issue = NewsletterIssueFactory()

    def press(_number):
        try:
            return newsletter_issue.send(issue=issue, seen=0)
        except ChangedMeanwhile:
            return None

    assert at_once(press).count(True) == 1
    assert len(set(sent())) == len(sent()) == 30
    assert Delivery.objects.count() == OutgoingMail.objects.count() == 30


def test_unsubscribing_while_an_issue_is_handed_out_harms_neither(monkeypatch):
    monkeypatch.setattr(newsletter_issue, "PART", 1)
    keys = [one.key for one in subscribers(PRESSES)]
    issue = NewsletterIssueFactory(sent_at="2026-06-01T00:00Z")

    def both(number):
        newsletter.unsubscribe(key=keys[number])
        newsletter_issue.hand_out(issue=issue)

    at_once(both)
    assert not Subscriber.objects.exists()
    assert not Delivery.objects.exists()
    assert not OutgoingMail.objects.filter(state="waiting").exists()
