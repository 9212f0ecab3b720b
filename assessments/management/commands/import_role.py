from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from assessments.actions.publication import NothingChanged, NotPublishable, publish
from assessments.domain.definition import Definition
from assessments.domain.differences import Change, differences
from assessments.exporters.definition import draft_definition
from assessments.importers.role_file import parse
from assessments.importers.role_rows import apply, name_clashes
from assessments.importers.yaml_nodes import LARGEST_FILE, UnreadableFile
from assessments.models import Role
from assessments.wording import say_change, say_problem

LONGEST_NOTE = 500


class Command(BaseCommand):
    help = "Read a role from a YAML file. All of it is written, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, write nothing"
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish a version when the draft has changed"
        )
        parser.add_argument("--note", default="", help="what the version is for")
        parser.add_argument(
            "--if-missing", action="store_true", help="leave a role alone that is already here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if len(options["note"]) > LONGEST_NOTE:
            raise CommandError(f"Shorten the note to {LONGEST_NOTE} characters or fewer.")
        found = self.parsed(path)
        stored = Role.objects.filter(slug=found.slug).first()
        if stored and options["if_missing"]:
            return
        if clashes := name_clashes(found):
            lines = [f"{path}: {clash}" for clash in clashes]
            raise CommandError("\n".join(["Nothing was written.", *lines]))
        changes = differences(draft_definition(stored) if stored else None, found)
        self.say(changes, stored, found)
        if options["dry_run"]:
            self.stdout.write("Nothing was written (--dry-run).")
            return
        with transaction.atomic():
            role = stored if stored and not changes else apply(found)
            if options["publish"]:
                self.publish(role, options["note"])

    def parsed(self, path: Path) -> Definition:
        try:
            with path.open("rb") as file:
                return parse(file.read(LARGEST_FILE + 1))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except UnreadableFile as unreadable:
            lines = [f"{path}:{error.line}: {error.message}" for error in unreadable.errors]
            raise CommandError("\n".join(["Nothing was written.", *lines])) from None

    def say(self, changes: tuple[Change, ...], stored: Role | None, found: Definition) -> None:
        if not changes:
            self.stdout.write(f"{found.title}: nothing to change.")
        elif stored is None:
            self.stdout.write(
                f"{found.title} is new: {len(found.requirements)} requirements, "
                f"{len(found.skills)} skills, {len(found.resources)} resources."
            )
        else:
            self.stdout.write(f"{found.title}: {len(changes)} changes.")
            for change in changes:
                self.stdout.write(f"  {say_change(change)}")

    def publish(self, role: Role, note: str) -> None:
        try:
            version = publish(role=role, by=None, note=note)
        except NothingChanged as same:
            self.stdout.write(f"Version {same.version.number} already says this.")
        except NotPublishable as refused:
            lines = [f"  {say_problem(problem)}" for problem in refused.problems]
            raise CommandError(
                "\n".join(["It cannot be published yet:", *lines, "Nothing was written."])
            ) from None
        else:
            self.stdout.write(f"Published as version {version.number}.")
