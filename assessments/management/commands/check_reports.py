from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.report_checks import check_reports


class Command(BaseCommand):
    help = "Compute every report anew and compare it with the hash that was stored with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="only so many, the latest first")

    def handle(self, *args: Any, **options: Any) -> None:
        equal = different = 0
        for one in check_reports(options["limit"]):
            if one.is_equal:
                equal += 1
            else:
                different += 1
        self.stdout.write(f"{equal} of {equal + different} reports are as they were made.")
        if different:
            raise CommandError(
                f"{different} are not. Their answers or their version were changed by hand, or the "
                "file is damaged: restore a backup."
            )
