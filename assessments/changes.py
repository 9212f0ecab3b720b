"""Every change of every row that editors keep, put together from the history of each kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments import models
from assessments.change_words import Line, Names, lines_between, title_of
from assessments.models.history import ADDED, CHANGED, DELETED, FOUND

UNDO_DAYS = 30

# Owners before their parts: the order in which they can be made again.
KINDS: dict[str, Any] = {
    model._meta.model_name or "": model
    for model in (
        models.Scale,
        models.ScaleLevel,
        models.FieldOfStudy,
        models.Skill,
        models.Anchor,
        models.Correspondence,
        models.Role,
        models.Counterpart,
        models.Passage,
        models.Fact,
        models.RequirementGroup,
        models.Requirement,
        models.RequirementSkill,
        models.Qualification,
        models.Resource,
        models.ResourceLink,
    )
}
# What a row hangs on: gone with it, and found under its name.
OWNERS: dict[str, tuple[str, ...]] = {
    "scalelevel": ("scale",),
    "anchor": ("skill",),
    "correspondence": ("skill",),
    "counterpart": ("role",),
    "passage": ("role",),
    "fact": ("role",),
    "requirementgroup": ("role",),
    "requirement": ("role",),
    "requirementskill": ("requirement", "skill"),
    "qualification": ("role",),
    "resourcelink": ("resource", "skill"),
}
NAME_FIELDS = ("name", "title", "label", "slug", "code")


@dataclass(frozen=True)
class Wanted:
    """`kinds` are those that the person may see; everything else narrows them."""

    kinds: tuple[str, ...]
    what: str = ""
    person: int | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""
    of: tuple[str, int] | None = None  # a row with everything that hangs on it
    deleted: bool = False  # what is gone and can come back


@dataclass(frozen=True)
class Change:
    kind: str
    record: Any
    before: Any
    kind_name: str
    title: str
    who: str
    when: datetime
    lines: tuple[Line, ...]

    @property
    def what(self) -> str:
        names = {ADDED: _("added"), CHANGED: _("changed"), DELETED: _("deleted")}
        return names[self.record.history_type]

    @property
    def is_too_old(self) -> bool:
        return self.record.history_type == DELETED and self.when < undo_limit()


@dataclass(frozen=True)
class LastChange:
    who: str
    when: datetime


def undo_limit() -> datetime:
    return timezone.now() - timedelta(days=UNDO_DAYS)


def say_when(when: datetime) -> str:
    return date_format(timezone.localtime(when), "j F Y, H:i e")


def say_who(record: Any) -> str:
    """Of an account that is gone, history keeps as little as of a command: nothing."""
    if record.history_user:
        return str(record.history_user)
    return _("An import or a command, or somebody whose account is gone")


def past_of(kind: str) -> Any:
    return KINDS[kind].history.model


# --- Which changes ----------------------------------------------------------------------------


def changes(wanted: Wanted) -> QuerySet[Any, Any]:
    """(kind, id of the record, time), newest first: one query over all kinds."""
    kinds = [
        kind for kind in wanted.kinds if not wanted.of or _hangs_on(kind, wanted.of) is not None
    ]
    parts = [_changes_of(kind, wanted) for kind in kinds]
    if not parts:
        return models.Role.history.model.objects.none()
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return rows.order_by("-history_date", "-history_id", "of_kind")


def _changes_of(kind: str, wanted: Wanted) -> QuerySet[Any, Any]:
    rows = past_of(kind).objects.exclude(history_change_reason=FOUND)
    if wanted.what:
        rows = rows.filter(history_type=wanted.what)
    if wanted.person is not None:
        rows = rows.filter(history_user_id=wanted.person)
    if wanted.since:
        rows = rows.filter(history_date__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(history_date__date__lte=wanted.until)
    if wanted.words:
        rows = rows.filter(_says(kind, wanted.words))
    if wanted.of:
        rows = rows.filter(_hangs_on(kind, wanted.of))
    if wanted.deleted:
        rows = _still_gone(kind, rows)
    rows = rows.order_by().annotate(of_kind=Value(kind, CharField()))
    return rows.values_list("of_kind", "history_id", "history_date")


def _says(kind: str, words: str) -> Q:
    found = Q(pk__in=[])
    for name in name_fields(kind):
        found |= Q(**{f"{name}__icontains": words})
    for owner in OWNERS.get(kind, ()):
        owners = past_of(owner).objects.filter(_says(owner, words))
        found |= Q(**{f"{owner}_id__in": owners.order_by().values("id")})
    return found


def _hangs_on(kind: str, row: tuple[str, int]) -> Q | None:
    if kind == row[0]:
        return Q(id=row[1])
    found: Q | None = None
    for owner in OWNERS.get(kind, ()):
        if owner == row[0]:
            one: Q = Q(**{f"{owner}_id": row[1]})
        elif (of_owner := _hangs_on(owner, row)) is not None:
            owners = past_of(owner).objects.filter(of_owner)
            one = Q(**{f"{owner}_id__in": owners.order_by().values("id")})
        else:
            continue
        found = one if found is None else found | one
    return found


def _still_gone(kind: str, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The last deletion of each row; parts that went with their owner come back with it."""
    later = past_of(kind).objects.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    rows = rows.filter(~Exists(later), history_type=DELETED, history_date__gte=undo_limit())
    for owner in OWNERS.get(kind, ()):
        rows = rows.filter(Exists(KINDS[owner].objects.filter(pk=OuterRef(f"{owner}_id"))))
    return rows


def name_fields(kind: str) -> list[str]:
    names = {field.name for field in KINDS[kind]._meta.concrete_fields}
    return [name for name in NAME_FIELDS if name in names]


def last_change(row: Any) -> LastChange | None:
    """Who last saved a root or one of its parts."""
    root = row._meta.model_name
    wanted = Wanted(
        kinds=tuple(
            kind
            for kind, model in KINDS.items()
            if kind == root or getattr(model, "part_of", None) == root
        ),
        of=(root, row.pk),
    )
    found = next(iter(changes(wanted)[:1]), None)
    if found is None:
        return None
    kind, pk, when = found
    record = past_of(kind).objects.select_related("history_user").filter(pk=pk).first()
    return LastChange(say_who(record), when) if record else None


# --- What they say ----------------------------------------------------------------------------


def describe(found: Iterable[tuple[str, int, datetime]]) -> list[Change]:
    """At most a few queries for each kind, however many changes there are."""
    order = [(kind, pk) for kind, pk, _when in found]
    records: dict[tuple[str, int], Any] = {}
    befores: dict[tuple[str, int], Any] = {}
    for kind in KINDS:
        wanted = [pk for one, pk in order if one == kind]
        if wanted:
            _read(kind, wanted, records, befores)
    names = Names(KINDS, [*records.values(), *befores.values()])
    return [
        _change(kind, records[kind, pk], befores.get((kind, pk)), names)
        for kind, pk in order
        if (kind, pk) in records
    ]


def _read(
    kind: str,
    wanted: list[int],
    records: dict[tuple[str, int], Any],
    befores: dict[tuple[str, int], Any],
) -> None:
    past = past_of(kind).objects
    earlier = past.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    last = Subquery(earlier.order_by("-history_id").values("history_id")[:1])
    rows = past.filter(pk__in=wanted).select_related("history_user").annotate(before_id=last)
    found = {row.pk: row for row in rows}
    before = past.in_bulk([row.before_id for row in found.values() if row.before_id])
    for pk, row in found.items():
        records[kind, pk] = row
        if row.before_id in before:
            befores[kind, pk] = before[row.before_id]


def describe_one(kind: str, history_id: int) -> Change | None:
    found = describe([(kind, history_id, timezone.now())])
    return found[0] if found else None


def _change(kind: str, record: Any, before: Any, names: Names) -> Change:
    after = record
    if record.history_type == DELETED:
        before, after = record, None
    elif record.history_type == ADDED:
        before = None
    model = KINDS[kind]
    unknown = record.history_type == CHANGED and before is None
    return Change(
        kind=kind,
        record=record,
        before=before,
        kind_name=str(model._meta.verbose_name),
        title=title_of(record, names),
        who=say_who(record),
        when=record.history_date,
        lines=() if unknown else lines_between(model, before, after, names),
    )
