from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail import BadHeaderError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from assessments.actions import mail
from assessments.models import OutgoingMail
from tests.mailing import Dying, Refusing, RefusingForNow, Silent, backend, sent, waiting

pytestmark = pytest.mark.django_db
MAIL = {"key": "one", "recipient": "member@example.org", "subject": "Hello", "text": "Code: 1234"}


def states():
    return list(OutgoingMail.objects.order_by("pk").values_list("state", flat=True))


def test_it_works(what_commits):
    assert mail.queue(**MAIL, html="<p>Code</p>", headers={"X-One": "1"})
    message = django_mail.outbox[0]
    assert (message.to, message.subject, message.body) == (
        ["member@example.org"],
        "Hello",
        MAIL["text"],
    )
    assert message.extra_headers == {"X-One": "1"}
    assert message.alternatives[0].content == "<p>Code</p>"
    assert states() == ["sent"]


def test_the_same_key_twice_is_one_mail(what_commits):
    assert mail.queue(**MAIL)
    assert not mail.queue(**MAIL | {"text": "Another"})
    assert len(django_mail.outbox) == 1


def test_with_a_cause_that_comes_to_nothing_no_mail_leaves(what_commits):
    def cause():
        with transaction.atomic():
            mail.queue(**MAIL)
            raise LookupError

    with pytest.raises(LookupError):
        cause()
    assert mail.send_waiting() == 0
    assert not django_mail.outbox


def test_what_was_sent_is_forgotten(what_commits):
    mail.queue(**MAIL, html="1234", headers={"List-Unsubscribe": "<https://x>"})
    row = OutgoingMail.objects.get()
    assert (row.subject, row.text, row.html, row.headers, row.recipient) == ("", "", "", {}, "")
    assert row.settled_at


@pytest.mark.parametrize("char", ["\r", "\n", "\r\n", "\0"])
@pytest.mark.parametrize("field", ["recipient", "subject"])
def test_nobody_adds_a_header(field, char):
    with pytest.raises(BadHeaderError):
        mail.queue(**MAIL | {field: f"a@example.org{char}Bcc: b@example.org"})
    with pytest.raises(BadHeaderError):
        mail.queue(**MAIL, headers={"X-One": f"1{char}Bcc: b@example.org"})
    assert not OutgoingMail.objects.exists()


def test_one_that_bounces_does_not_stop_the_rest(settings):
    settings.EMAIL_BACKEND = backend(Refusing)
    for recipient in ["a@example.org", "bounces@example.org", "b@example.org"]:
        waiting(recipient=recipient)
    assert mail.send_waiting() == 2
    assert sent() == ["a@example.org", "b@example.org"]
    assert states() == ["sent", "failed", "sent"]


def test_not_now_means_later_for_a_day(settings):
    settings.EMAIL_BACKEND = backend(RefusingForNow)
    waiting(recipient="bounces@example.org")
    waiting(recipient="bounces@example.org", created_at=timezone.now() - timedelta(days=2))
    assert mail.send_waiting() == 0
    assert states() == ["waiting", "failed"]


def test_without_a_mail_server_everything_waits(settings):
    settings.EMAIL_BACKEND = backend(Silent)
    waiting()
    with pytest.raises(CommandError, match="goes on waiting"):
        call_command("send_mail")
    assert states() == ["waiting"]


def test_a_worker_that_dies_between_claim_and_sending_is_not_repeated(settings):
    settings.EMAIL_BACKEND = backend(Dying)
    waiting()
    with pytest.raises(KeyboardInterrupt):
        mail.send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail.send_waiting() == 0
    assert states() == ["claimed"]
    assert not django_mail.outbox


def test_after_30_days_it_is_gone_whatever_became_of_it(capsys):
    month = timezone.now() - timedelta(days=31)
    waiting(state="sent", settled_at=month)
    waiting(state="claimed", created_at=month)
    waiting(state="waiting", created_at=month)
    waiting(state="sent", created_at=month, settled_at=timezone.now())
    call_command("purge_expired")
    assert OutgoingMail.objects.get().settled_at
    assert "Mail, 30 days after it was sent: 3 deleted." in capsys.readouterr().out


def test_a_part_at_a_time_with_a_worker_and_one_part_without(settings, monkeypatch):
    monkeypatch.setattr(mail, "BATCH", 2)
    for _number in range(5):
        waiting()
    mail.send_waiting_task.enqueue()
    assert states().count("sent") == 2
    settings.TASKS_BACKEND = "database"  # what the worker does is done at once here
    mail.send_waiting_task.enqueue()
    assert states().count("sent") == 5


def test_the_log_names_nobody(settings, caplog):
    settings.EMAIL_BACKEND = backend(Refusing)
    waiting(recipient="bounces@example.org")
    mail.send_waiting()
    assert "could not be sent: SMTPRecipientsRefused" in caplog.text
    assert "example.org" not in caplog.text
