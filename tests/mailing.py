"""Mail in tests: servers that refuse, links out of mails, eight who come at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from smtplib import SMTPRecipientsRefused
from threading import Barrier

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from assessments.models import OutgoingMail, Subscriber

AT_ONCE = 8


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


def at_once(do, number=AT_ONCE):
    barrier = Barrier(number)

    def one():
        try:
            barrier.wait(timeout=20)
            return do()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return [found.result() for found in [pool.submit(one) for _number in range(number)]]


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


def one_changed(token):
    """Every neighbour of a token: one character of it is another."""
    for place, char in enumerate(token):
        other = "A" if char != "A" else "B"
        yield token[:place] + other + token[place + 1 :]


def sent():
    return [message.to[0] for message in mail.outbox]
