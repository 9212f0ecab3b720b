"""Rows that become what a file says, each kept in place by its key."""

from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import Any

from django.db import models

from .positions import positions


def put_one(model: type[models.Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
    row = model._default_manager.filter(**key).first()
    if row is None:
        return model._default_manager.create(**key, **values)
    return update(row, values)


def update(row: Any, values: dict[str, Any]) -> Any:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save()
    return row


def put_all(
    model: type[models.Model],
    owner: dict[str, Any],
    key: str | tuple[str, str],
    rows: Iterable[dict[str, Any]],
    *,
    ordered: bool = True,
    remove: bool = True,
) -> dict[Any, Any]:
    """The owner's rows become these, matched by `key`; returns them by that key."""
    keys = (key,) if isinstance(key, str) else key
    of_row, of_values = attrgetter(*keys), itemgetter(*keys)
    stored = {of_row(row): row for row in model._default_manager.filter(**owner)}
    wanted = list(rows)
    if ordered:
        before = [getattr(stored.get(of_values(values)), "position", None) for values in wanted]
        places = positions(before)
        wanted = [
            values | {"position": place} for values, place in zip(wanted, places, strict=True)
        ]
    kept = {}
    for values in wanted:
        row = stored.get(of_values(values))
        if row is None:
            row = model._default_manager.create(**owner, **values)
        else:
            update(row, values)
        kept[of_values(values)] = row
    if remove:
        for gone in stored.keys() - kept.keys():
            stored[gone].delete()
    return kept
