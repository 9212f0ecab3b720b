"""Tab-separated tables as O*NET publishes them: one header, no quoting, `n/a` for what is missing.

Columns are found by their names. What is wrong is collected with file and line, so that one
run tells all of it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import itemgetter

from django.utils.translation import gettext as _

from assessments.domain.text import first_unwanted, name_of

from .onet_archive import ENDING, OnetFiles

MOST_PROBLEMS = 50
SHOWN = 60  # characters of what was found instead
MISSING = ("n/a", "")
# Both stand in the edition for spreadsheets, and in tables that others made of that.
FOREIGN = {"Title": ("Occupation Data",), "Scale Name": ("Scales Reference",)}
CODE = re.compile(r"\d\d-\d{4}\.\d\d")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
# The characters that first_unwanted refuses, as far as they are ASCII.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

OnRead = Callable[[str, int], None]
"""Told the name of a table and how many bytes it had."""


@dataclass(frozen=True)
class Problem:
    """`where` is a file, with its line where there is one."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class Refused(Exception):
    """The release cannot be taken: each problem says where, what and how to cure it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class Problems:
    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, name: str, line: int | None, message: str) -> None:
        where = name + ENDING if line is None else f"{name}{ENDING}:{line}"
        self.found.append(Problem(where, message))
        if len(self.found) >= MOST_PROBLEMS:
            self.found.append(Problem(name + ENDING, _("There are too many problems to go on.")))
            self.refuse()

    def refuse(self) -> None:
        """Raises Refused if there were any."""
        if self.found:
            raise Refused(tuple(self.found))


class Reader:
    """Of the tables of one release. `notes` hold what is taken, but worth a look."""

    def __init__(self, files: OnetFiles, problems: Problems, on_read: OnRead) -> None:
        self.files = files
        self.problems = problems
        self.on_read = on_read
        self._unknown: dict[tuple[str, str], list[int]] = {}
        self.notes: list[str] = []

    def first_of(self, *names: str) -> str | None:
        """The first that is there: some tables were renamed from one release to another."""
        found = next((name for name in names if name in self.files), None)
        if found is None:
            words = _(" or ").join(f"“{name}{ENDING}”" for name in names)
            message = _("%(files)s is missing. Take the complete text edition of the release.")
            self.problems.found.append(Problem(_("The release"), message % {"files": words}))
        return found

    def rows(
        self, name: str, *columns: str, optional: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line number and cells, in the order asked for; "" for an optional column not there."""
        if name not in self.files:
            self.first_of(name)
            return
        text = self.files.text(name)
        self.on_read(name, self.files.sizes[name])
        if CONTROLS.search(text.replace("\r\n", "\n")) or not text.isascii():
            self._refuse_characters(name, text)
        lines = text.split("\n")
        header = [one.strip() for one in lines[0].rstrip("\r").split("\t")]
        pick = self._columns(name, header, columns, optional)
        if pick is None:
            return
        width = len(header)
        for number, line in enumerate(lines[1:], start=2):
            cells = line.rstrip("\r").split("\t")
            if len(cells) == width:
                yield number, pick(cells)
            elif line.strip():
                self.problems.add(name, number, _wrong_width(len(cells), width))

    def _columns(
        self, name: str, header: list[str], columns: tuple[str, ...], optional: tuple[str, ...]
    ) -> Callable[[list[str]], tuple[str, ...]] | None:
        for column, belongs in FOREIGN.items():
            if column in header and name not in belongs:
                message = _(
                    "There is a column “%(column)s”, which O*NET's text edition does not have: "
                    "somebody converted this table. Take the text edition from onetcenter.org."
                )
                self.problems.add(name, 1, message % {"column": column})
                return None
        missing = [column for column in columns if column not in header]
        twice = sorted({column for column in header if header.count(column) > 1})
        for column in missing:
            message = _("The column “%(column)s” is missing. Take the file as it was published.")
            self.problems.add(name, 1, message % {"column": column})
        for column in twice:
            message = _("The column %(column)s is there twice. Take the file as published.")
            self.problems.add(name, 1, message % {"column": shown(column)})
        if missing or twice:
            return None
        # One place further on stands what a missing optional column holds.
        wanted = [header.index(one) for one in columns]
        wanted += [header.index(one) if one in header else len(header) for one in optional]
        if len(wanted) == 1:
            return lambda cells: (cells[wanted[0]],)
        if any(one not in header for one in optional):
            get = itemgetter(*wanted)
            return lambda cells: get([*cells, ""])
        return itemgetter(*wanted)

    def _refuse_characters(self, name: str, text: str) -> None:
        for number, line in enumerate(text.split("\n"), start=1):
            if char := first_unwanted(line.removesuffix("\r"), allowed="\t"):
                message = _("Here is the character %(char)s, which cannot be seen. Remove it.")
                self.problems.add(name, number, message % {"char": name_of(char)})

    # --- Values -------------------------------------------------------------------------------

    def number(
        self, name: str, line: int, column: str, text: str, bounds: tuple[Decimal, Decimal]
    ) -> Decimal | None:
        """None where it is missing, and where it is wrong."""
        text = text.strip()
        if text in MISSING:
            return None
        low, high = bounds
        try:
            value = Decimal(text) if NUMBER.fullmatch(text) else None
        except InvalidOperation:
            value = None
        if value is None or not low <= value <= high:
            message = _("%(column)s is %(value)s. It must be a number from %(low)s to %(high)s.")
            values = {"column": column, "value": shown(text), "low": low, "high": high}
            self.problems.add(name, line, message % values)
            return None
        return value

    def flag(self, name: str, line: int, column: str, text: str) -> bool:
        if text == "Y":
            return True
        if text == "N" or text in MISSING:
            return False
        message = _("%(column)s is %(value)s. It must be Y, N or n/a.")
        self.problems.add(name, line, message % {"column": column, "value": shown(text)})
        return False

    def code(self, name: str, line: int, text: str) -> bool:
        """Whether it is in the form of a code at all."""
        if CODE.fullmatch(text):
            return True
        message = _("%(code)s is no O*NET-SOC code. It must look like 15-2031.00.")
        self.problems.add(name, line, message % {"code": shown(text)})
        return False

    def required(self, name: str, line: int, column: str, text: str) -> str:
        text = text.strip()
        if text in MISSING:
            message = _("%(column)s is empty. Take the file as it was published.")
            self.problems.add(name, line, message % {"column": column})
        return text

    def repeated(self, name: str, line: int, earlier: int, what: str) -> None:
        message = _("%(what)s stands in line %(earlier)s already. Keep one of the two.")
        self.problems.add(name, line, message % {"what": what, "earlier": earlier})

    def unknown(self, name: str, line: int, code: str) -> None:
        """A row of an occupation that the release does not list: left out, and told."""
        self._unknown.setdefault((name, code), []).append(line)

    def not_joined(self) -> tuple[str, ...]:
        """Where the rows that were left out stand, and of what they are."""
        message = _("%(file)s:%(line)s: %(code)s")
        several = _("%(file)s:%(line)s: %(code)s, and in %(more)s more rows")
        return tuple(
            (several if lines[1:] else message)
            % {"file": name + ENDING, "line": lines[0], "code": code, "more": len(lines) - 1}
            for (name, code), lines in self._unknown.items()
        )


def shown(text: str) -> str:
    clean = "".join(" " if first_unwanted(char) else char for char in text[: SHOWN + 1])
    return f"“{clean}”" if len(clean) <= SHOWN else f"“{clean[:SHOWN]}…”"


def cut(text: str, most: int) -> str:
    """Cut between words, with an ellipsis, where it is longer."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _wrong_width(found: int, width: int) -> str:
    message = _(
        "There are %(found)s cells below %(width)s headings. Look for a tab or a line break "
        "too many, or take the file as it was published."
    )
    return message % {"found": found, "width": width}
