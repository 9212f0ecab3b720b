from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.purging import purge


class Command(BaseCommand):
    help = "Delete what is kept for a time only, once that has passed. Run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in purge():
            self.stdout.write(f"{name}: {count} deleted.")
