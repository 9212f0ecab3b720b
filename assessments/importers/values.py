"""Single values out of JSON that somebody sent: each is what it should be, or Bad says why not."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from assessments.domain.text import first_unwanted, name_of

SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}")
SHA256 = re.compile(r"[0-9a-f]{64}")
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
SHOWN = 60  # characters of what was found instead


class Bad(Exception):
    """One value cannot be. The text names it and the cure."""


def mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Bad(_("Something is missing here. Choose the zip we gave you, as it was."))
    return value


def rows(raw: dict[str, Any], name: str, most: int) -> list[Any]:
    value = raw.get(name)
    if not isinstance(value, list):
        raise Bad(_("%(name)s is not a list. Choose the zip we gave you.") % {"name": name})
    if len(value) > most:
        message = _("%(name)s holds more than %(most)s. Delete some from that list.")
        raise Bad(message % {"name": name, "most": most})
    return value


def whole(raw: dict[str, Any], name: str, least: int, most: int) -> int:
    value = raw.get(name)
    # True is an int to Python.
    if type(value) is not int or not least <= value <= most:
        message = _("%(name)s is %(value)s. Make it a whole number from %(least)s to %(most)s.")
        raise Bad(message % (_said(name, value) | {"least": least, "most": most}))
    return value


def choice(raw: dict[str, Any], name: str, known: Collection[str]) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or value not in known:
        words = ", ".join(one or '""' for one in known)
        message = _("%(name)s is %(value)s. Make it one of: %(known)s.")
        raise Bad(message % (_said(name, value) | {"known": words}))
    return value


def slug(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        message = _("%(name)s is %(value)s. Make it a short name of letters, digits and hyphens.")
        raise Bad(message % _said(name, value))
    return value


def sha256(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not SHA256.fullmatch(value):
        message = _("%(name)s is %(value)s. Make it the 64 digits of the export.")
        raise Bad(message % _said(name, value))
    return value


def written(raw: dict[str, Any], name: str, most: int) -> str:
    """Text of a member's own, by the rule of the forms."""
    value = raw.get(name)
    if not isinstance(value, str):
        raise Bad(_("%(name)s is %(value)s. Make it a text.") % _said(name, value))
    if len(value) > most:
        message = _("%(name)s has %(count)s characters. Shorten it to %(most)s.")
        raise Bad(message % {"name": name, "count": len(value), "most": most})
    if char := first_unwanted(value, allowed="\n\t", direction=True):
        message = _("%(name)s holds the character %(char)s. Remove it: it cannot be seen.")
        raise Bad(message % {"name": name, "char": name_of(char)})
    return value


def moment(raw: dict[str, Any], name: str, *, before: datetime) -> datetime:
    value = raw.get(name)
    try:
        found = datetime.fromisoformat(value)  # type: ignore[arg-type]
        is_possible = found.tzinfo is not None and found.astimezone(UTC).date() >= EARLIEST
    except (OverflowError, TypeError, ValueError):
        is_possible = False
    if not is_possible:
        message = _("%(name)s is %(value)s. Make it a time such as 2026-03-27T09:30:00+00:00.")
        raise Bad(message % _said(name, value))
    if found > before:
        message = _("%(name)s is %(value)s, which is yet to come. Correct it.")
        raise Bad(message % _said(name, value))
    return found.astimezone(UTC)


def day(raw: dict[str, Any], name: str) -> date:
    value = raw.get(name)
    try:
        found = date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        found = date.min
    if not EARLIEST <= found <= LATEST:
        message = _("%(name)s is %(value)s. Make it a day such as 2026-03-27.")
        raise Bad(message % _said(name, value))
    return found


def _said(name: str, value: Any) -> dict[str, Any]:
    """What was found instead, short and harmless."""
    if isinstance(value, dict | list):
        return {"name": name, "value": "…"}
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    clean = "".join(char if char.isprintable() else " " for char in text[: SHOWN + 1])
    return {"name": name, "value": clean if len(clean) <= SHOWN else f"{clean[:SHOWN]}…"}
