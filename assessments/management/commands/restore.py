import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions import erasing
from assessments.actions.backup import Refused, restore, restored_aside


class Command(BaseCommand):
    help = "Put a backup in place of the whole database, or try with --drill whether one could."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--drill",
            action="store_true",
            help="restore into a database of its own, compute the reports anew, remove it again",
        )
        parser.add_argument("--reports", type=int, default=1000, help="how many for the drill")
        parser.add_argument(
            "--yes", action="store_true", help="do not ask: everything saved since is lost"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            if options["drill"]:
                self.drill(options["file"], options["reports"])
            else:
                self.restore(options["file"], sure=options["yes"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Done in {time.monotonic() - began:.1f} s.")

    def drill(self, file: Path, reports: int) -> None:
        with restored_aside(copy=file) as address:
            command = [sys.executable, "manage.py", "check_reports", f"--limit={reports}"]
            done = subprocess.run(  # noqa: S603  our own command
                command,
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": address},
                capture_output=True,
                text=True,
                check=False,
            )
        self.stdout.write(done.stdout.strip())
        if done.returncode:
            raise CommandError(done.stderr.strip() or "The copy could not be read.")

    def restore(self, file: Path, *, sure: bool) -> None:
        if not sure:
            raise CommandError(
                "This replaces the whole database: what was saved since the backup is lost. Stop "
                "the site, then add --yes. With --drill the backup is only tried."
            )
        restore(copy=file)
        again = erasing.erase_again()
        self.stdout.write(f"Restored. Accounts deleted since the backup, deleted again: {again}.")
        self.stdout.write("Now run: manage.py prepare_site")
