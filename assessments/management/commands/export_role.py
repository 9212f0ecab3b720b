from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.exporters.definition import draft_definition
from assessments.exporters.role_file import role_file
from assessments.models import Role


class Command(BaseCommand):
    help = "Write the draft of a role as a YAML file, which import_role reads back unchanged."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument(
            "--output", type=Path, help="the file to write; otherwise it is printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        role = Role.objects.filter(slug=options["slug"]).first()
        if role is None:
            known = ", ".join(Role.objects.values_list("slug", flat=True)[:20]) or "none yet"
            raise CommandError(f"There is no role “{options['slug']}”. Known: {known}.")
        content = role_file(draft_definition(role))
        if options["output"]:
            try:
                options["output"].write_bytes(content)
            except OSError as error:
                message = f"{options['output']} cannot be written: {error.strerror}."
                raise CommandError(message) from None
        else:
            self.stdout.write(content.decode(), ending="")
