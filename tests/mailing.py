"""Mail in tests: servers that refuse, links out of mails."""

import re
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend

from assessments.models import OutgoingMail, Subscriber


class Refusing(EmailBackend):
    """Turns away whoever is in `refused`, with the code of `answer`."""

    refused = frozenset({"bounces@example.org"})
    answer = 550

    def send_messages(self, messages):
        for message in messages:
            if self.refused & set(message.to):
                raise SMTPRecipientsRefused(dict.fromkeys(message.to, (self.answer, b"No")))
        return super().send_messages(messages)


class RefusingForNow(Refusing):
    answer = 451


class Silent(BaseEmailBackend):
    def open(self):
        raise ConnectionRefusedError


class Dying(EmailBackend):
    """The process ends in the middle: no handler of errors catches this."""

    def send_messages(self, messages):
        raise KeyboardInterrupt


def backend(one):
    return f"{one.__module__}.{one.__qualname__}"


def waiting(**fields):
    number = OutgoingMail.objects.count()
    values = {"key": f"test:{number}", "recipient": "member@example.org", "subject": "Hello"}
    return OutgoingMail.objects.create(**values | {"text": "The code is 1234."} | fields)


def subscribers(number, **fields):
    return Subscriber.objects.bulk_create(
        Subscriber(email=f"reader{n}@example.org", confirmed_at="2026-01-01T00:00Z", **fields)
        for n in range(number)
    )


def path_in(message, start):
    """The path of the first link in a mail that begins like this."""
    return re.search(rf"https?://[^/\s]+({start}[^\s>]*)", message.body)[1]


def path_of(link):
    """Without the site's own name, which is not that of a server under test."""
    return urlsplit(link).path


def one_changed(token):
    """Every neighbour of a token: one character of it is another."""
    for place, char in enumerate(token):
        other = "A" if char != "A" else "B"
        yield token[:place] + other + token[place + 1 :]


def sent():
    return [message.to[0] for message in mail.outbox]
