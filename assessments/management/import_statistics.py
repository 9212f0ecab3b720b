"""What the imports of the Bureau's two tables have in common."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.bls import apply, planned
from assessments.actions.importing import Busy, one_import
from assessments.importers.bls import Edition
from assessments.importers.bls_plan import Plan
from assessments.importers.onet_tables import Refused
from assessments.management.progress import Progress
from assessments.models import Release

MOST_DIFFERENCES = 20
# Reading is nearly all of the work.
READ = 0.9


class ImportStatistics(BaseCommand):
    source: ClassVar[Release.Source]
    file_help: ClassVar[str]
    read: ClassVar[Callable[..., Edition[Any]]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=self.file_help)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Django's wrapper would end every drawing of the bar with a line break.
        terminal: Any = self.stderr
        self.progress = Progress(terminal._out)
        try:
            edition = self.parsed(options["file"])
            if options["dry_run"]:
                self.say(planned(source=self.source, edition=edition))
                self.stdout.write("Nothing was written (--dry-run).")
                return
            with one_import():
                plan = planned(source=self.source, edition=edition)
                self.say(plan)
                self.progress.at(READ, "Writing")
                apply(source=self.source, plan=plan)
        except Busy as busy:
            raise CommandError(str(busy)) from None
        finally:
            self.progress.done()
        self.stdout.write("Written." if plan.writes else "Nothing to change.")

    def parsed(self, file: Path) -> Edition[Any]:
        def on_row(done: int, total: int) -> None:
            self.progress.at(READ * done / max(total, 1), "Reading")

        try:
            return type(self).read(file, on_row=on_row)
        except Refused as refused:
            lines = [str(problem) for problem in refused.problems]
            raise CommandError("\n".join(["Nothing was written.", *lines])) from None

    def say(self, plan: Plan[Any]) -> None:
        self.progress.done()
        was = f", over {plan.replaces}" if plan.replaces else ""
        self.stdout.write(f"{plan.edition.name}: {len(plan.edition.rows)} occupations{was}.")
        self.stdout.write(f"  created    {len(plan.created)}")
        self.stdout.write(f"  changed    {len(plan.changed)}")
        for one in plan.differences[:MOST_DIFFERENCES]:
            words = f"{one.field} {shown(one.before)} → {shown(one.after)}"
            self.stdout.write(f"    {one.code} {one.title}: {words}")
        if len(plan.differences) > MOST_DIFFERENCES:
            more = len(plan.differences) - MOST_DIFFERENCES
            self.stdout.write(f"    and {more} more figures")
        self.stdout.write(f"  unchanged  {plan.unchanged}")
        self.stdout.write(f"  removed    {len(plan.removed)}")
        self.say_rows(plan.removed)
        self.say_joined(plan)

    def say_joined(self, plan: Plan[Any]) -> None:
        if not plan.joined and not plan.without_row:
            self.stdout.write(
                "No occupations are here yet: the figures join them once import_onet has run."
            )
            return
        self.stdout.write(f"Joined to {plan.joined} occupations.")
        self.stdout.write(f"Occupations here without a figure: {len(plan.without_row)}")
        self.say_rows(plan.without_row)
        self.stdout.write(f"Rows of no occupation here: {len(plan.without_occupation)}")
        self.say_rows(plan.without_occupation)

    def say_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        for code, title in rows:
            self.stdout.write(f"    {code} {title}")


def shown(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(value) or "none"
    return "not published" if value is None or value == "" else str(value)
