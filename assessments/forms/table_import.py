"""What importing a table would do, row by row; and doing it, all or nothing."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.exporters.tables import Table
from assessments.importers.sheets import Row

from .table_rows import FORMS, UnknownScale

NEW, CHANGED, UNCHANGED, BAD = "new", "changed", "unchanged", "bad"
MOST_WRITES = 1_000


@dataclass(frozen=True)
class Change:
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Problem:
    column: str
    text: str


@dataclass(frozen=True)
class Outcome:
    row: int
    key: str
    kind: str
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    form: Any = field(default=None, compare=False)


class Stale(Exception):
    """Since the difference was shown, somebody changed the same rows."""


class TooMuch(Exception):
    """More rows to write than one import may: everybody else waits while it writes."""


class Refused(Exception):
    """A row is bad. Nothing was written."""


@dataclass(frozen=True)
class Plan:
    outcomes: tuple[Outcome, ...]

    def of(self, kind: str) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.kind == kind]

    @property
    def new(self) -> list[Outcome]:
        return self.of(NEW)

    @property
    def changed(self) -> list[Outcome]:
        return self.of(CHANGED)

    @property
    def unchanged(self) -> list[Outcome]:
        return self.of(UNCHANGED)

    @property
    def bad(self) -> list[Outcome]:
        return self.of(BAD)

    @property
    def writes(self) -> list[Outcome]:
        return self.new + self.changed

    @property
    def digest(self) -> str:
        """The same for the same difference: what was confirmed is what gets written."""
        said = [
            (one.key, one.kind, [(c.column, c.before, c.after) for c in one.changes])
            for one in self.writes
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def plan(table: Table, rows: Sequence[Row], *, may_add: bool, lock: bool = False) -> Plan:
    """Writes nothing. `lock` holds the rows until the end of the transaction."""
    stored = stored_rows(table, lock=lock)
    row_form = FORMS[table.name]()
    outcomes = []
    left = MOST_WRITES
    for row in rows:
        known = stored.get(_key(table, row))
        outcome = outcome_of(table, row, known, row_form, may_add=may_add)
        left -= outcome.kind != UNCHANGED
        if left < 0:
            raise TooMuch
        outcomes.append(outcome)
    return Plan(tuple(_without_twins(table, outcomes)))


def stored_rows(table: Table, *, lock: bool) -> dict[tuple[str, ...], tuple[Any, dict[str, str]]]:
    queryset = table.rows()
    if lock:
        queryset = queryset.select_for_update(of=("self",))
    found = ((instance, table.cells(instance)) for instance in queryset)
    return {table.key_of(cells): (instance, cells) for instance, cells in found}


def _key(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(row.cells[name].strip() for name in table.key)


def outcome_of(table: Table, row: Row, stored: Any, row_form: Any, *, may_add: bool) -> Outcome:
    key = " · ".join(_key(table, row))
    instance: Any = None
    before: dict[str, str] = {}
    if stored:
        instance, before = stored
    if before == row.cells:
        return Outcome(row.number, key, UNCHANGED)
    if instance is None and not may_add:
        problem = Problem(table.key[0], _("You may change rows, but not add new ones."))
        return Outcome(row.number, key, BAD, problems=(problem,))
    try:
        form = row_form(row.cells, instance)
    except UnknownScale as error:
        problem = Problem("scale", error.messages[0])
        return Outcome(row.number, key, BAD, problems=(problem,))
    if not form.is_valid():
        return Outcome(row.number, key, BAD, problems=_problems(table, form))
    after = form.stored_cells()
    changes = tuple(
        Change(name, before.get(name, ""), after[name])
        for name in table.columns
        if before.get(name, "") != after[name]
    )
    if instance is None:
        return Outcome(row.number, key, NEW, changes=changes, form=form)
    if not changes:
        return Outcome(row.number, key, UNCHANGED)
    return Outcome(row.number, key, CHANGED, changes=changes, form=form)


def _problems(table: Table, form: Any) -> tuple[Problem, ...]:
    column_of = {form.field_of(name): name for name in table.columns}
    return tuple(
        Problem(column_of.get(name, ""), text)
        for name, texts in form.errors.items()
        for text in texts
    )


def _without_twins(table: Table, outcomes: Iterable[Outcome]) -> Iterable[Outcome]:
    """Two rows of one file with one name: the database knows of neither yet."""
    seen: dict[tuple[str, str], int] = {}
    for outcome in outcomes:
        twins = []
        for change in outcome.changes:
            if change.column in table.unique:
                first = seen.setdefault((change.column, change.after), outcome.row)
                if first != outcome.row:
                    text = _("Row %(row)s has the same. Each needs its own.") % {"row": first}
                    twins.append(Problem(change.column, text))
        yield (Outcome(outcome.row, outcome.key, BAD, problems=tuple(twins)) if twins else outcome)


@transaction.atomic
def apply(table: Table, rows: Sequence[Row], *, may_add: bool, digest: str) -> Plan:
    """Writes every row through its form, so that history and revisions know of each."""
    done = plan(table, rows, may_add=may_add, lock=True)
    if done.bad:
        raise Refused
    if done.digest != digest:
        raise Stale
    try:
        with transaction.atomic():
            for outcome in done.writes:
                outcome.form.store()
    except (IntegrityError, ValidationError):
        raise Refused from None
    return done
