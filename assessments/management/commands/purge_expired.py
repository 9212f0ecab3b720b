from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.purging import empty_log, purge


class Command(BaseCommand):
    help = "Delete what is kept for a time only, once that has passed. Run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in purge():
            self.stdout.write(f"{name}: {count} deleted.")
        if empty_log():
            self.stdout.write("The log of the database was emptied.")
