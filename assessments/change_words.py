"""Rows of the history in words: what a row is called, and each field before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BigIntegerField, CharField, F, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from assessments.models import DegreeLevel

NAMES = {
    "scale": "name",
    "skill": "name",
    "role": "title",
    "requirementgroup": "title",
    "requirement": "title",
    "fieldofstudy": "name",
    "resource": "name",
}
NOTHING = "–"
NOW = 2**63 - 1  # after every row of the history
SAID_BY_OTHERS = ("id", "revision", "health", "checked_at", "check_detail")


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    after: str


class Names:
    """What the rows are called that a record points at; those that are gone, by their last name."""

    def __init__(self, kinds: Mapping[str, Any], records: Iterable[Any]) -> None:
        wanted: dict[str, set[int]] = {}
        self.many: dict[tuple[type, int], list[int]] = {}
        records = list(records)
        for record in records:
            for field in record.tracked_fields:
                if isinstance(field, models.ForeignKey):
                    pk = getattr(record, field.attname)
                    wanted.setdefault(str(field.related_model._meta.model_name), set()).add(pk)
        for field, pks in self._read_many(records).items():
            wanted.setdefault(str(field.related_model._meta.model_name), set()).update(pks)
        parts = [part for kind, pks in wanted.items() for part in _called(kinds[kind], kind, pks)]
        self.names: dict[tuple[str, int], str] = {}
        if parts:
            for kind, pk, text, _since in parts[0].union(*parts[1:], all=True).order_by("since"):
                self.names[kind, pk] = text

    def _read_many(self, records: list[Any]) -> dict[Any, set[int]]:
        found: dict[Any, set[int]] = {}
        for field in {field for record in records for field in record._history_m2m_fields}:
            mine = [record for record in records if field in record._history_m2m_fields]
            past = HistoricalRecords.m2m_models[field].objects
            column = f"{field.m2m_reverse_field_name()}_id"
            rows = past.filter(history_id__in=[record.pk for record in mine]).order_by(column)
            for history_id, pk in rows.values_list("history_id", column):
                self.many.setdefault((type(mine[0]), history_id), []).append(pk)
                found.setdefault(field, set()).add(pk)
        return found

    def of(self, kind: str, pk: int | None) -> str:
        return self.names.get((kind, pk), f"#{pk}") if pk is not None else NOTHING

    def many_of(self, record: Any) -> list[int]:
        return self.many.get((type(record), record.pk), [])


def _called(model: Any, kind: str, pks: set[int]) -> tuple[Any, Any]:
    """(kind, id, name, since) of what is in the history and of what is there now, which is last."""
    past = model.history.model.objects.filter(id__in=pks).annotate(since=F("history_id"))
    now = model._base_manager.filter(pk__in=pks).annotate(since=Value(NOW, BigIntegerField()))
    of_kind = {"of_kind": Value(kind, CharField()), "called": F(NAMES[kind])}
    columns = ("of_kind", "id", "called", "since")
    return tuple(one.order_by().annotate(**of_kind).values_list(*columns) for one in (past, now))


def title_of(record: Any, names: Names) -> str:
    """The row's name with its owner's before it."""
    kind = record.instance_type._meta.model_name
    match kind:
        case "anchor":
            skill = names.of("skill", record.skill_id)
            return _("%(skill)s, level %(level)s") % {"skill": skill, "level": record.level}
        case "correspondence":
            return f"{names.of('skill', record.skill_id)}: {record.code}"
        case "counterpart":
            return f"{names.of('role', record.role_id)}: {record.code}"
        case "scalelevel":
            return f"{names.of('scale', record.scale_id)}: {record.value} {record.word}"
        case "requirementskill":
            requirement = names.of("requirement", record.requirement_id)
            return f"{requirement}: {names.of('skill', record.skill_id)}"
        case "resourcelink":
            resource = names.of("resource", record.resource_id)
            return f"{resource} → {names.of('skill', record.skill_id)}"
        case "passage":
            own = record.title or record.get_kind_display()
            return f"{names.of('role', record.role_id)}: {own}"
        case "fact":
            return f"{names.of('role', record.role_id)}: {record.label}"
        case "requirementgroup" | "requirement" | "qualification":
            return f"{names.of('role', record.role_id)}: {record.title}"
    return str(getattr(record, NAMES[kind]))


def lines_between(model: Any, before: Any, after: Any, names: Names) -> tuple[Line, ...]:
    """Only what differs. Of a row that came or went, whatever it says."""
    found = []
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.name in SAID_BY_OTHERS or (field.many_to_many and field.name != "fields"):
            continue
        was, now = (
            _say(field, row, names) if row is not None else NOTHING for row in (before, after)
        )
        if was != now:
            found.append(Line(capfirst(str(field.verbose_name)), was, now))
    return tuple(found)


def _say(field: Any, record: Any, names: Names) -> str:
    if field.many_to_many:
        kind = field.related_model._meta.model_name
        pks = names.many_of(record)
        return ", ".join(sorted(names.of(kind, pk) for pk in pks)) or NOTHING
    value = getattr(record, field.attname)
    if isinstance(field, models.ForeignKey):
        return names.of(str(field.related_model._meta.model_name), value)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.JSONField):
        return ", ".join(
            str(DegreeLevel(one).label) if one in DegreeLevel.values else str(one) for one in value
        )
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or NOTHING
    return NOTHING if value in (None, "") else str(value)
