"""What an edition would do to what is stored. Pure: values in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic

from .bls import Edition, Row


@dataclass(frozen=True)
class Held(Generic[Row]):
    """What is stored: rows by code, and the edition they came from ("" for none)."""

    rows: Mapping[str, Row]
    name: str = ""
    sha256: str = ""
    period: str = ""


@dataclass(frozen=True)
class Difference:
    """One figure of one occupation, before and after."""

    code: str
    title: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Plan(Generic[Row]):
    """`changed` holds codes. `without_row` are occupations that get no figure, `without_occupation`
    rows that belong to none: each as code and title.
    """

    edition: Edition[Row]
    replaces: str
    created: tuple[str, ...]
    changed: tuple[str, ...]
    differences: tuple[Difference, ...]
    removed: tuple[tuple[str, str], ...]
    unchanged: int
    joined: int
    without_row: tuple[tuple[str, str], ...]
    without_occupation: tuple[tuple[str, str], ...]
    is_other_edition: bool

    @property
    def writes(self) -> bool:
        return bool(self.created or self.changed or self.removed or self.is_other_edition)


def plan(
    edition: Edition[Row], held: Held[Row], occupations: Iterable[tuple[str, str]]
) -> Plan[Row]:
    """`occupations`: O*NET-SOC code and title of each that is not withdrawn."""
    found, stored = edition.rows, held.rows
    changed = [code for code in found if code in stored and found[code] != stored[code]]
    listed = sorted(occupations)
    of_occupations = {code[:7] for code, _title in listed}
    without_row = tuple(one for one in listed if one[0][:7] not in found)
    return Plan(
        edition=edition,
        replaces=held.name,
        created=tuple(code for code in found if code not in stored),
        changed=tuple(changed),
        differences=tuple(
            Difference(code, found[code].title, one.name, before, after)
            for code in changed
            for one in fields(found[code])
            if (before := getattr(stored[code], one.name))
            != (after := getattr(found[code], one.name))
        ),
        removed=tuple((code, stored[code].title) for code in stored if code not in found),
        unchanged=sum(1 for code in found if found[code] == stored.get(code)),
        joined=len(listed) - len(without_row),
        without_row=without_row,
        without_occupation=tuple(
            (code, row.title) for code, row in found.items() if code not in of_occupations
        ),
        is_other_edition=(edition.name, edition.period, edition.sha256)
        != (held.name, held.period, held.sha256),
    )
