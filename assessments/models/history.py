"""Who changed what, and when: one record for every change that can be seen, and for no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from django.db import models
from simple_history.models import HistoricalRecords

ADDED, CHANGED, DELETED = "+", "~", "-"
# The reason of records that a migration made of rows older than the history.
FOUND = "found"
_reason: ContextVar[str | None] = ContextVar("reason", default=None)


@contextmanager
def one_deletion() -> Iterator[None]:
    """All that is deleted inside carries one mark, so that it can come back together."""
    if _reason.get():
        yield
        return
    token = _reason.set(f"deletion {uuid4().hex}")
    try:
        yield
    finally:
        _reason.reset(token)


class Records(HistoricalRecords):
    """A save that changes nothing leaves no record. The counter of saves counts as nothing."""

    UNSEEN = frozenset({"revision"})

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        if history_type != CHANGED or self._says_something_new(instance):
            super().create_historical_record(instance, history_type, using)

    def _says_something_new(self, instance: Any) -> bool:
        past = getattr(type(instance), self.manager_name).model
        last = past.objects.filter(id=instance.pk).order_by("-history_id").first()
        if last is None or last.history_type == DELETED:
            return True
        for field in self.fields_included(instance):
            now = field.to_python(getattr(instance, field.attname))
            if field.name not in self.UNSEEN and now != getattr(last, field.attname):
                return True
        for field in self.m2m_fields:
            before = self.m2m_models[field].objects.filter(history_id=last.pk)
            name = f"{field.m2m_reverse_field_name()}_id"
            then = set(before.values_list(name, flat=True))
            if then != set(getattr(instance, field.name).values_list("pk", flat=True)):
                return True
        return False

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        """At a deletion the links are gone already: they are those of the record before."""
        super().create_historical_record_m2ms(history_instance, instance)
        if history_instance.history_type != DELETED or not self.m2m_fields:
            return
        earlier = type(history_instance).objects.filter(
            id=history_instance.id, history_id__lt=history_instance.pk
        )
        last = earlier.order_by("-history_id").values("history_id")[:1]
        for field in self.m2m_fields:
            past = self.m2m_models[field].objects
            rows = list(past.filter(history_id__in=last))
            for row in rows:
                row.pk, row.history_id = None, history_instance.pk
            past.bulk_create(rows)

    def get_change_reason_for_object(
        self, instance: models.Model, history_type: str, using: str | None
    ) -> str | None:
        return _reason.get() or super().get_change_reason_for_object(instance, history_type, using)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Nobody edits history, so nobody is given permissions for it."""
        return super().get_meta_options(model) | {"default_permissions": ()}

    def get_meta_options_m2m(self, through_model: type[models.Model]) -> dict[str, Any]:
        return super().get_meta_options_m2m(through_model) | {"default_permissions": ()}
