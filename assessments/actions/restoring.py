"""A change of a definition row, taken back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from assessments.actions.row_checks import check_row, check_without
from assessments.changes import KINDS, OWNERS, UNDO_DAYS, past_of, undo_limit
from assessments.models.history import ADDED, DELETED
from assessments.models.revisioned import Part, Revisioned, count_write


class CannotPutBack(Exception):
    """`reasons` say why, each with its cure."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class ChangedSinceShown(Exception):
    """The row was changed after the page that offers to put it back was shown."""


def latest_of(kind: str, row_id: int) -> int:
    """The row's newest record: what a page has seen of it."""
    past = past_of(kind).objects.filter(id=row_id).order_by("-history_id")
    return past.values_list("history_id", flat=True).first() or 0


@transaction.atomic
def put_back(*, kind: str, history_id: int, seen: int | None = None) -> Any:
    """The row becomes what it was before that change; returns it, or None where it was not."""
    record = past_of(kind).objects.filter(pk=history_id).first()
    if record is None:
        raise CannotPutBack(_("This change is not on record."))
    _lock(KINDS[kind], record)
    if seen is not None and seen != latest_of(kind, record.id):
        raise ChangedSinceShown
    if record.history_type == DELETED:
        return _make_again(kind, record)
    row = KINDS[kind]._base_manager.filter(pk=record.id).first()
    if row is None:
        raise CannotPutBack(_("It has been deleted since. Put back its deletion first."))
    if record.history_type == ADDED:
        return _take_away(row)
    earlier = past_of(kind).objects.filter(id=record.id, history_id__lt=record.pk)
    before = earlier.order_by("-history_id").first()
    if before is None:
        raise CannotPutBack(_("What it was before is not on record. Change it by hand."))
    for field in before.tracked_fields:
        if field.name != "revision":
            setattr(row, field.attname, getattr(before, field.attname))
    _store(row, before, {}, is_new=False)
    return row


def _lock(model: Any, record: Any) -> None:
    """Nobody else writes this row, or a part of it, until the transaction ends."""
    if issubclass(model, Part):
        owner: Any = model._meta.get_field(model.part_of)
        count_write(owner.related_model, getattr(record, owner.attname))
    else:
        count_write(model, record.id)


def _take_away(row: Any) -> None:
    if isinstance(row, Revisioned):
        raise CannotPutBack(_("Delete it on its own page, which says what goes with it."))
    if reasons := check_without(row):
        raise CannotPutBack(*reasons)
    try:
        row.delete()
    except (ProtectedError, RestrictedError):
        message = _("“%(row)s” is still in use. Move what belongs to it elsewhere first.")
        raise CannotPutBack(message % {"row": row}) from None


def _make_again(kind: str, record: Any) -> Any:
    if record.history_date < undo_limit():
        message = _("It is too late: what was deleted can be put back for %(days)s days.")
        raise CannotPutBack(message % {"days": UNDO_DAYS})
    if KINDS[kind]._base_manager.filter(pk=record.id).exists():
        raise CannotPutBack(_("It is there already."))
    known: dict[Any, Any] = {}
    for one_kind, one in _gone_together(kind, record):
        model = KINDS[one_kind]
        values = {field.attname: getattr(one, field.attname) for field in one.tracked_fields}
        if "revision" in values:
            values["revision"] += 1  # no page shown before the deletion may write over it
        known[model, one.id] = row = model(**values)
        _store(row, one, known, is_new=True)
    return known[KINDS[kind], record.id]


def _gone_together(kind: str, record: Any) -> list[tuple[str, Any]]:
    """The row and whatever was deleted with it because it hung on it; owners first."""
    found = [(kind, record)]
    if not record.history_change_reason:
        return found
    gone = {(kind, record.id)}
    for one_kind, owners in OWNERS.items():
        past = past_of(one_kind).objects.filter(
            history_type=DELETED, history_change_reason=record.history_change_reason
        )
        for one in past.order_by("history_id"):
            hangs_on = {(owner, getattr(one, f"{owner}_id")) for owner in owners}
            if hangs_on & gone and (one_kind, one.id) not in gone:
                gone.add((one_kind, one.id))
                found.append((one_kind, one))
    return found


def _store(row: Any, record: Any, known: dict[Any, Any], *, is_new: bool) -> None:
    many = _many_of(record)
    reasons = _missing(row, many, known)
    if not reasons:
        try:
            row.full_clean(exclude=["revision"])
        except ValidationError as error:
            reasons = _complaints(row, error)
    if not reasons:
        reasons = check_row(row)
    if reasons:
        raise CannotPutBack(*reasons)
    if is_new:
        row.save(force_insert=True)
    else:
        row.save()
    for field, pks in many.items():
        getattr(row, field.name).set(pks)


def _many_of(record: Any) -> dict[Any, list[int]]:
    found = {}
    for field in record._history_m2m_fields:
        past = HistoricalRecords.m2m_models[field].objects.filter(history_id=record.pk)
        column = f"{field.m2m_reverse_field_name()}_id"
        found[field] = list(past.values_list(column, flat=True))
    return found


def _missing(row: Any, many: dict[Any, list[int]], known: dict[Any, Any]) -> list[str]:
    """What the row points at is looked up once for all rows that come back together."""
    gone = []
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            key = field.related_model, getattr(row, field.attname)
            if key not in known:
                rows = field.related_model._base_manager.select_related()
                known[key] = rows.filter(pk=key[1]).first()
            if known[key] is None:
                gone.append(field)
            else:
                setattr(row, field.name, known[key])
    for field, pks in many.items():
        there = field.related_model._base_manager.filter(pk__in=pks).count()
        if there < len(set(pks)):
            gone.append(field)
    message = _("The %(kind)s it belongs to is gone. Put that back first.")
    return [message % {"kind": field.related_model._meta.verbose_name} for field in gone]


def _complaints(row: Any, error: ValidationError) -> list[str]:
    reasons = []
    for name, messages in error.message_dict.items():
        said = " ".join(messages)
        if name != "__all__":
            said = f"{capfirst(str(row._meta.get_field(name).verbose_name))}: {said}"
        reasons.append(said)
    return [*reasons, _("Change what stands in the way, then put this back.")]
