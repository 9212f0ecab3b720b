"""The Bureau's figures, written: all of them, or nothing."""

from dataclasses import asdict, fields
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from assessments.importers.bls import BlsRow, Edition, OutlookRow, WageRow
from assessments.importers.bls_plan import Held, Plan, plan
from assessments.models import Occupation, Outlook, Release, Wage

TABLES: dict[str, tuple[type[Model], type[BlsRow]]] = {
    Release.Source.OEWS: (Wage, WageRow),
    Release.Source.PROJECTIONS: (Outlook, OutlookRow),
}


def planned(*, source: Release.Source, edition: Edition[Any]) -> Plan[Any]:
    """What importing the edition would do now. Reads only."""
    release = Release.objects.filter(source=source).first()
    held: Held[Any] = Held(
        rows=_stored(source),
        name=release.name if release else "",
        period=release.period if release else "",
        sha256=release.sha256 if release else "",
    )
    here = Occupation.objects.filter(withdrawn=False).values_list("code", "title")
    return plan(edition, held, here)


@transaction.atomic
def apply(*, source: Release.Source, plan: Plan[Any]) -> None:
    """The plan must have been made under the same `one_import`."""
    model, row_type = TABLES[source]
    rows = plan.edition.rows
    manager = model._default_manager
    if plan.writes:
        manager.filter(code__in=[code for code, _title in plan.removed]).delete()
        created = (model(**_values(rows[code])) for code in plan.created)
        manager.bulk_create(created, batch_size=500)
        if plan.changed:
            changed = list(manager.filter(code__in=plan.changed))
            for row in changed:
                for name, value in _values(rows[row.code]).items():  # type: ignore[attr-defined]
                    setattr(row, name, value)
            names = [one.name for one in fields(row_type) if one.name != "code"]
            manager.bulk_update(changed, names, batch_size=100)
        Release.objects.update_or_create(
            source=source,
            defaults={
                "name": plan.edition.name,
                "period": plan.edition.period,
                "sha256": plan.edition.sha256,
                "details": plan.edition.details,
                "imported_at": timezone.now(),
            },
        )
    join_statistics()


@transaction.atomic
def join_statistics() -> int:
    """Gives every occupation the wage and the outlook of its SOC code. Returns how many moved."""
    wages = dict(Wage.objects.values_list("code", "pk"))
    outlooks = dict(Outlook.objects.values_list("code", "pk"))
    moved = []
    for occupation in Occupation.objects.only("soc", "wage_id", "outlook_id"):
        of_code = wages.get(occupation.soc), outlooks.get(occupation.soc)
        if (occupation.wage_id, occupation.outlook_id) != of_code:
            occupation.wage_id, occupation.outlook_id = of_code
            moved.append(occupation)
    Occupation.objects.bulk_update(moved, ["wage", "outlook"], batch_size=200)
    return len(moved)


def _stored(source: Release.Source) -> dict[str, Any]:
    model, row_type = TABLES[source]
    names = [one.name for one in fields(row_type)]
    return {
        row["code"]: row_type(**{name: _frozen(value) for name, value in row.items()})
        for row in model._default_manager.order_by("code").values(*names)
    }


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _values(row: BlsRow) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(row).items()
    }
