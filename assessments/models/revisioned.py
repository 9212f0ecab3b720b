"""Rows that two editors may have open at once.

A page of the editing area saves a root (a skill, a role) together with its parts (sentences,
facts). The root counts the writes, its parts' included, whoever writes; a page that was shown at
an older count knows that it is out of date. `actions.revision.take` is where that is asked.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F

from .history import one_deletion


class Revisioned(models.Model):
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Never writes the count it was read with: another's may be in the row by now."""
        if self._state.adding:
            super().save(*args, **kwargs)
            return
        if kwargs.get("update_fields") is None:
            deferred = self.get_deferred_fields()
            fields = [field for field in self._meta.concrete_fields if not field.primary_key]
            kwargs["update_fields"] = [
                field.name
                for field in fields
                if field.name != "revision" and field.attname not in deferred
            ]
        super().save(*args, **kwargs)
        count_write(type(self), self.pk)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with one_deletion():
            return super().delete(*args, **kwargs)


class Part(models.Model):
    """`part_of` names the field that points at its root."""

    part_of: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.count_at_root()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with one_deletion():
            done = super().delete(*args, **kwargs)
        self.count_at_root()
        return done

    def count_at_root(self) -> None:
        field: Any = self._meta.get_field(self.part_of)
        count_write(field.related_model, getattr(self, field.attname))


def count_write(model: Any, pk: int) -> None:
    model._base_manager.filter(pk=pk).update(revision=F("revision") + 1)
