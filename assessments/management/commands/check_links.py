from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.actions.links import Checked, check, due
from assessments.domain.links import Finding
from assessments.tasks import check_links_task
from assessments.wording import say_check

OFF = (
    "Link checks are off: this site visits no other site. "
    "To turn them on, put LINK_CHECKS=on into the environment or into .env."
)


class Command(BaseCommand):
    help = (
        "Visit the addresses of resources and note which are broken. A report does not offer "
        "a broken link: it offers the search of its provider. Off unless LINK_CHECKS is on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, help="look at this many links at most")
        parser.add_argument(
            "--older-than",
            type=int,
            default=7,
            metavar="DAYS",
            help="only links last looked at longer ago than this; 7 unless given",
        )
        parser.add_argument("--all", action="store_true", help="however lately they were seen")
        parser.add_argument(
            "--background",
            action="store_true",
            help="leave the work to db_worker (needs TASKS_BACKEND=database)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LINK_CHECKS:
            raise CommandError(OFF)
        limit, days = options["limit"], options["older_than"]
        if days < 0 or days > 36_500:
            raise CommandError("--older-than counts days, from 0 to 36500.")
        if limit is not None and limit < 1:
            raise CommandError("--limit is a whole number from 1.")
        which = {"every_one": options["all"], "older_than": days, "limit": limit}
        if options["background"]:
            self.leave(which)
            return
        self.say([self.said(one) for one in check(links=due(**which))])

    def leave(self, which: dict[str, Any]) -> None:
        if settings.TASKS_BACKEND != "database":
            raise CommandError(
                "Nobody would do it: --background needs TASKS_BACKEND=database, and db_worker."
            )
        check_links_task.enqueue(**which)
        self.stdout.write("Left to the next free worker (manage.py db_worker).")

    def said(self, one: Checked) -> Checked:
        """At once, as it is found: a run may take minutes."""
        if one.is_broken and one.recorded:
            what = say_check(one.link.check_detail)
            self.stdout.write(f"Broken: {one.link} ({one.link.url}). {what}")
        return one

    def say(self, found: list[Checked]) -> None:
        recorded = [one for one in found if one.recorded]
        broken = sum(one.is_broken for one in recorded)
        works = sum(one.outcome.finding is Finding.WORKS for one in recorded)
        unclear = len(recorded) - broken - works
        self.stdout.write(
            f"Links checked: {len(recorded)}. Work: {works}. Broken: {broken}. Unclear: {unclear}."
        )
        if found and all(one.outcome.finding is Finding.SILENT for one in found) and not recorded:
            self.stderr.write("Nobody answered at all. Is this computer online? Nothing was noted.")
