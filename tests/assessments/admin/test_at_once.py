"""A hundred presses on Publish and on Send. With real transactions, on both databases."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail

from assessments.models import Delivery, NewsletterIssue, OutgoingMail, RoleVersion
from tests.assessments.admin.posting import posted
from tests.at_once import PRESSES, post_at_once, statuses, tabs
from tests.factories import NewsletterIssueFactory, role_with
from tests.mailing import sent, subscribers

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_role_is_published_once(editor):
    clients = tabs(editor)
    address = f"/admin/assessments/role/{role_with().pk}/publish/"
    shown = posted(clients[0], address).values
    answers = post_at_once(clients, address, shown | {"note": "Mine."})
    assert statuses(answers) == {302: 1, 200: PRESSES - 1}
    assert RoleVersion.objects.get().number == 1
    assert LogEntry.objects.count() == 1
    told = next(one for one in answers if one.status_code == 200)
    assert "Somebody else published version 1" in told.content.decode()


def test_an_issue_is_sent_once(editor):
    subscribers(10)
    issue = NewsletterIssueFactory()
    answers = post_at_once(
        tabs(editor),
        f"/admin/assessments/newsletterissue/{issue.pk}/preview/",
        {"send": "yes", "revision": "0"},
    )
    assert statuses(answers) == {302: PRESSES}
    assert LogEntry.objects.count() == 1
    assert len(set(sent())) == len(mail.outbox) == 10
    assert Delivery.objects.count() == OutgoingMail.objects.count() == 10
    assert NewsletterIssue.objects.get().revision == 1
