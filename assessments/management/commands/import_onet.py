import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.importing import Busy
from assessments.actions.onet import ChangedMeanwhile, apply, is_held
from assessments.domain import onet, onet_scale
from assessments.importers.onet_plan import Plan, plan
from assessments.importers.onet_reader import read_release
from assessments.importers.onet_release import OnetRelease
from assessments.importers.onet_stored import stored
from assessments.importers.onet_tables import Refused
from assessments.management.progress import Progress

MOST_NAMES = 20
MOST_LEFT_OUT = 500  # of what was left out, each has its file and line
# Where in the whole each step ends, by the clock.
READ, BUILT = 0.12, 0.2
BYTES = 22_000_000  # of the tables we read; only the bar depends on it


class Command(BaseCommand):
    help = "Read a release of O*NET (its text edition). All of it is written, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", type=Path, help="db_XX_Y_text.zip, or the folder in it")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, write nothing"
        )
        parser.add_argument(
            "--importance",
            default=str(onet.IMPORTANCE),
            help="from which importance on, 1 to 5, an occupation asks for a skill (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        threshold = _threshold(options["importance"])
        self.progress = Progress(sys.stderr)
        try:
            self.import_release(options["release"], threshold, dry=options["dry_run"])
        finally:
            self.progress.done()

    def import_release(self, path: Path, threshold: Decimal, *, dry: bool) -> None:
        release = self.read(path)
        if is_held(release, threshold):
            self.progress.done()
            self.stdout.write(_("%(name)s is here already, unchanged.") % {"name": release.name})
            self.say_left_out(release)
            return
        planned = self.plan(release, threshold)
        self.progress.done()
        self.say(planned)
        if dry:
            self.stdout.write(_("Nothing was written (--dry-run)."))
            return
        self.write(planned)

    def read(self, path: Path) -> OnetRelease:
        read = 0

        def on_read(name: str, size: int) -> None:
            nonlocal read
            self.progress.at(min(1.0, read / BYTES) * READ, _("Reading"))
            read += size

        try:
            return read_release(path, on_read=on_read)
        except Refused as refused:
            self.progress.done()
            lines = map(str, refused.problems)
            raise CommandError("\n".join([_("Nothing was written."), *lines])) from None

    def plan(self, release: OnetRelease, threshold: Decimal) -> Plan:
        made = 0

        def on_built() -> None:
            nonlocal made
            part = made / len(release.occupations)
            self.progress.at(READ + part * (BUILT - READ), _("Comparing"))
            made += 1

        return plan(release, stored(onet_scale.SLUG), threshold=threshold, on_built=on_built)

    def write(self, planned: Plan) -> None:
        def on_written(part: float) -> None:
            self.progress.at(BUILT + part * (1 - BUILT), _("Writing"))

        try:
            apply(plan=planned, on_written=on_written)
        except ChangedMeanwhile:
            message = _(
                "Somebody else wrote meanwhile: another import, or an editor. Nothing was "
                "written. Run the command again."
            )
            raise CommandError(message) from None
        except Busy as busy:
            raise CommandError(str(busy)) from None
        self.progress.done()
        self.stdout.write(_("Written: %(name)s.") % {"name": planned.release.name})

    # --- What is said ---------------------------------------------------------------------------

    def say(self, planned: Plan) -> None:
        release = planned.release
        rated = sum(bool(one.ratings) for one in release.occupations.values())
        summary = _(
            "%(name)s (%(period)s): %(occupations)s occupations, %(rated)s of them rated on "
            "%(elements)s skills and knowledge areas."
        )
        values = {
            "name": release.name,
            "period": release.period,
            "occupations": len(release.occupations),
            "rated": rated,
            "elements": len(release.elements),
        }
        self.stdout.write(summary % values)
        self.list(_("Created"), [_code_and_title(one) for one in planned.created])
        self.list(_("Changed"), [_code_and_title(one) for one, _row in planned.changed])
        self.stdout.write(_("Unchanged: %(count)s") % {"count": planned.unchanged})
        self.list(_("Removed"), [row.title for row in planned.removed])
        self.list(
            _("Skills and knowledge areas to be written"),
            [one.name.title for one in planned.skills if one.changed or one.reanchored],
        )
        if planned.versions:
            message = ngettext(
                "%(count)s occupation that is here gets a new version; reports stay as they are.",
                "%(count)s occupations that are here get a new version; reports stay as they are.",
                planned.versions,
            )
            self.stdout.write(message % {"count": planned.versions})
        if planned.is_empty:
            self.stdout.write(_("Nothing changes but the name of the release."))
        self.say_left_out(release)

    def say_left_out(self, release: OnetRelease) -> None:
        heading = _("Not joined, because the release does not list the occupation")
        self.list(heading, release.not_joined, most=MOST_LEFT_OUT)
        self.list(_("Worth a look"), release.notes)

    def list(self, heading: str, names: Sequence[str], *, most: int = MOST_NAMES) -> None:
        self.stdout.write(f"{heading}: {len(names)}")
        for name in names[:most]:
            self.stdout.write(f"  {name}")
        if len(names) > most:
            more = _("  … and %(count)s more") % {"count": len(names) - most}
            self.stdout.write(more)


def _code_and_title(built: Any) -> str:
    return f"{built.found.code} {built.name.title}"


def _threshold(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or not 1 <= value <= 5:
        message = _("--importance %(value)s: it must be a number from 1 to 5, such as 3.0.")
        raise CommandError(message % {"value": text})
    return value.quantize(Decimal("0.01")).normalize() + 0
