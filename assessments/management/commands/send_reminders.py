from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.reminders import queue_due


class Command(BaseCommand):
    help = "Write the reminders that are due and that somebody asked for. Run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Reminders: {queue_due()}.")
