from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.actions.mail import ServerSilent, send_waiting


class Command(BaseCommand):
    help = "Send the mail that is waiting, once through. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = send_waiting()
        except ServerSilent:
            raise CommandError(
                "The mail server does not answer. The mail goes on waiting."
            ) from None
        self.stdout.write(f"Mails sent: {count}.")
