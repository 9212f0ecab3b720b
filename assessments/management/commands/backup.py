from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.backup import Refused, back_up


class Command(BaseCommand):
    help = "Copy the whole database into a file while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            back_up(to=options["file"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        size = options["file"].stat().st_size
        self.stdout.write(f"{options['file']}: {size:,} bytes. It holds everybody's answers.")
