import getpass
import sys
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from assessments.models import User

GROUPS = {
    "Editor": "edit",
    "Publisher": "publish",
    "Support": "see accounts",
}
USUAL = ["Editor", "Publisher"]


class Command(BaseCommand):
    help = "Make an account for an editor, publisher or supporter, or let an existing one do so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--group",
            action="append",
            choices=GROUPS,
            dest="groups",
            help="Give only this group; may be written several times. Usual: Editor and Publisher.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        names = sorted(set(options["groups"] or USUAL))
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(
                f"“{email}” is not an e-mail address. Write: make editor EMAIL=you@example.org"
            ) from None
        user = User.objects.filter(email__iexact=email).first()
        password = None if user else self.ask_password(email)
        with transaction.atomic():
            if user is None:
                user = User.objects.create_verified_user(email, password or "", is_staff=True)
            elif not user.is_staff:
                user.is_staff = True
                user.save(update_fields=["is_staff"])
            groups = Group.objects.filter(name__in=names)
            if len(groups) != len(names):
                raise CommandError("The editors' groups are missing. Run first: make prepare")
            user.groups.add(*groups)
        done = "has an account now" if password else "had an account already; its password stays"
        may = " and ".join(GROUPS[name] for name in names)
        self.stdout.write(f"{email} {done}, and may {may} at /admin/.")

    def ask_password(self, email: str) -> str:
        """From a terminal twice and unseen; otherwise one line of standard input."""
        if not sys.stdin.isatty():
            password = sys.stdin.readline().rstrip("\n")
            self.check_password(password, email)
            return password
        while True:
            password = getpass.getpass("Password (12 characters or more): ")
            try:
                self.check_password(password, email)
            except CommandError as error:
                self.stderr.write(str(error))
                continue
            if password == getpass.getpass("The same again: "):
                return password
            self.stderr.write("The two differ. Once more, please.")

    def check_password(self, password: str, email: str) -> None:
        try:
            validate_password(password, User(email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
