"""What the two tables of the Bureau of Labor Statistics have in common."""

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

from django.utils.translation import gettext as _

from assessments.domain.text import first_unwanted, name_of

from .onet_archive import refuse_strange
from .onet_tables import MOST_PROBLEMS, Problem, Refused, shown
from .sheets import Unreadable

LARGEST_FILE = 20 * 1024 * 1024
CODE = re.compile(r"\d\d-\d{4}")
NUMBER = re.compile(r"-?(\d{1,3}(,\d{3})+|\d{1,10})(\.\d{1,4})?")
LONGEST_TITLE = 200


@dataclass(frozen=True)
class WageRow:
    """One occupation's pay in US dollars; the fields of models.Wage. None: not published.

    `at_least` names the fields whose figure is the survey's ceiling.
    """

    code: str
    title: str
    employment: int | None = None
    annual_10: int | None = None
    annual_25: int | None = None
    annual_median: int | None = None
    annual_75: int | None = None
    annual_90: int | None = None
    annual_mean: int | None = None
    hourly_10: Decimal | None = None
    hourly_25: Decimal | None = None
    hourly_median: Decimal | None = None
    hourly_75: Decimal | None = None
    hourly_90: Decimal | None = None
    hourly_mean: Decimal | None = None
    at_least: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutlookRow:
    """The fields of models.Outlook: thousands of people, per cent. None: not published."""

    code: str
    title: str
    base_year: int
    target_year: int
    employment_then: Decimal | None = None
    employment_later: Decimal | None = None
    growth: Decimal | None = None
    openings: Decimal | None = None
    education: str = ""
    experience: str = ""
    training: str = ""


BlsRow = WageRow | OutlookRow
Row = TypeVar("Row", WageRow, OutlookRow)


@dataclass(frozen=True)
class Edition(Generic[Row]):
    """One release as read: `rows` by code, `details` what it says once for all of them."""

    name: str
    period: str
    rows: dict[str, Row]
    details: dict[str, str]

    @property
    def sha256(self) -> str:
        """Of what was read, not of the file: packing it anew changes nothing."""
        told = [self.name, self.period, *sorted(self.details.items()), *self.rows.values()]
        return hashlib.sha256("\n".join(map(repr, told)).encode()).hexdigest()


class RowProblems:
    """What is wrong with a table, row by row as a spreadsheet counts them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, row: int, message: str) -> None:
        self.found.append(Problem(f"{self.file}:{row}", message))
        if len(self.found) >= MOST_PROBLEMS:
            self.refuse_file(_("There are too many problems to go on."))

    def refuse_file(self, message: str) -> NoReturn:
        raise Refused((*self.found, Problem(self.file, message)))

    def refuse(self) -> None:
        """Raises Refused if there were any."""
        if self.found:
            raise Refused(tuple(self.found))

    # --- Values -------------------------------------------------------------------------------

    def code(self, row: int, text: str, seen: dict[str, int]) -> str | None:
        """`seen` is kept: code and the row it stood in."""
        if not CODE.fullmatch(text):
            message = _("%(code)s is no SOC code. It must look like 15-2031.")
            self.add(row, message % {"code": shown(text)})
            return None
        if text in seen:
            message = _("%(code)s stands in row %(earlier)s already. Keep one of the two.")
            self.add(row, message % {"code": text, "earlier": seen[text]})
            return None
        seen[text] = row
        return text

    def text(self, row: int, column: str, text: str, most: int) -> str:
        text = " ".join(text.split(" "))
        if char := first_unwanted(text):
            message = _("%(column)s holds the character %(char)s, which cannot be seen. Remove it.")
            self.add(row, message % {"column": column, "char": name_of(char)})
        if len(text) > most:
            message = _("%(column)s has more than %(most)s characters. Shorten it.")
            self.add(row, message % {"column": column, "most": most})
        return text

    def title(self, row: int, text: str) -> str:
        if not text.strip():
            self.add(row, _("The title is empty. Take the file as it was published."))
        return self.text(row, _("The title"), text.strip(), LONGEST_TITLE)

    def number(
        self, row: int, column: str, text: str, *, places: int, low: int, high: int
    ) -> Decimal | None:
        """None where it is wrong, which is noted."""
        try:
            value = Decimal(text.replace(",", "")) if NUMBER.fullmatch(text) else None
        except InvalidOperation:
            value = None
        exact = Decimal(1).scaleb(-places)
        if value is None or not low <= value <= high or value != value.quantize(exact):
            message = _("%(column)s is %(value)s. It must be a number from %(low)s to %(high)s")
            message += (
                _(" with at most %(places)s decimals.") if places else _(" without decimals.")
            )
            values = {"column": column, "value": shown(text), "low": low, "high": high}
            self.add(row, message % (values | {"places": places}))
            return None
        return value.quantize(exact)


def read_file(path: Path) -> bytes:
    """Raises Refused: for what cannot be read, and for what stands in place of a download."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        message = _("It cannot be read: %(reason)s.") % {"reason": error.strerror}
        raise Refused((Problem(str(path), message),)) from None
    problems = RowProblems(path.name)
    if len(data) > LARGEST_FILE:
        message = _("It is larger than %(most)s MB. That is no table of the whole country.")
        problems.refuse_file(message % {"most": LARGEST_FILE // 1024 // 1024})
    if not data.strip():
        problems.refuse_file(_("It is empty. Download it once more."))
    try:
        refuse_strange(data, path.name)
    except Unreadable as unreadable:
        raise Refused((Problem(path.name, str(unreadable)),)) from None
    return data
