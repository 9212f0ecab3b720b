"""A report as a spreadsheet: one row for each requirement, in the role's own order.

RFC 4180 in UTF-8 with a byte order mark, by which Excel knows it. Every text stands in quotes.
"""

import csv
import io
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.domain.cells import guarded
from assessments.domain.gaps import Gap, Reason, Standing
from assessments.models import LastDone
from assessments.report_pages import ReportPage, Row

BYTE_ORDER_MARK = "\ufeff"
DECIMALS = 6
Cell = str | int | float


def report_csv(page: ReportPage) -> str:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(map(guarded, header()))
    groups = {group.slug: group.title for group in page.report.definition.groups}
    for row in page.shares:
        cells = _cells(row, groups[row.gap.requirement.group])
        writer.writerow(guarded(cell) if isinstance(cell, str) else cell for cell in cells)
    return BYTE_ORDER_MARK + text.getvalue()


def header() -> list[str]:
    return [
        _("Group"),
        _("Target"),
        _("Essential"),
        _("Importance (1 to 5)"),
        _("Skill counted"),
        _("Your level"),
        _("Your level in words"),
        _("Level asked for"),
        _("Level asked for in words"),
        _("Levels to go"),
        _("Standing"),
        _("Last done"),
        _("Your example"),
        _("Weight"),
        _("Part, low end"),
        _("Part, high end"),
    ]


def _cells(row: Row, group: str) -> list[Cell]:
    gap, requirement = row.gap, row.gap.requirement
    last_done = gap.answer.last_done if gap.answer else ""
    return [
        group,
        requirement.title,
        _("yes") if requirement.essential else _("no"),
        requirement.importance,
        row.skill.name,
        "" if gap.have is None else gap.have,
        row.have_word,
        "" if gap.is_imprecise else gap.need,
        row.need_word,
        "" if gap.standing is Standing.UNKNOWN else gap.short,
        standing_words(gap),
        str(LastDone(last_done).label) if last_done else "",
        row.example,
        row.share.weight,
        _number(row.share.low),
        _number(row.share.high),
    ]


def standing_words(gap: Gap) -> str:
    if gap.standing is Standing.MET:
        return _("met")
    if gap.standing is Standing.SHORT:
        return _("short")
    if gap.unknown_because is Reason.CANNOT_JUDGE:
        return _("unknown: could not judge")
    if gap.unknown_because is Reason.IMPRECISE:
        return _("unknown: target uncertain")
    return _("unknown: not answered")


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), DECIMALS)
