"""Dates as a calendar file (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

CONTENT_TYPE = "text/calendar; charset=utf-8"
LINE_LENGTH = 75  # octets
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class Event:
    """`name` is the same for ever and for nothing else: calendars know the event again by it."""

    name: str
    day: date
    summary: str
    description: str
    address: str


def plan_ics(events: Iterable[Event], *, stamp: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CareerPath//Plan//EN",
        "CALSCALE:GREGORIAN",
        *(line for event in events for line in _lines(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _lines(event: Event, stamp: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, event.name)}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{_day(event.day)}",
        f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}",
        f"SUMMARY:{_text(event.summary)}",
        f"DESCRIPTION:{_text(event.description)}",
        f"URL:{event.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    """Four digits of the year, which strftime does not promise everywhere."""
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    """Line breaks of every kind become \\n; other control characters have no place in it."""
    lines = "\n".join(text.splitlines())
    return "".join(char for char in lines if char >= " " or char == "\n").translate(_ESCAPES)


def _folded(line: str) -> str:
    """At most 75 octets a line, never cut inside a character. Goes on after a space."""
    pieces, piece, length = [], "", 0
    for char in line:
        size = len(char.encode())
        if length + size > LINE_LENGTH:
            pieces.append(piece)
            piece, length = "", 1  # the space
        piece += char
        length += size
    return "\r\n ".join([*pieces, piece])
