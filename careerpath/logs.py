"""The log: one line an event, times in UTC, nothing in it about a person."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

MAIL_ADDRESS = re.compile(r"[^\s@<>\"'(=]+@[^\s@<>\"')]+")
# What follows these words in an address names one person's things, or lets its holder in.
ADDRESS_OF_SOMEBODY = re.compile(
    r"/(assessments|reports|shared|key|confirm-email|confirm|unsubscribe|off)/[^/\s\"']+"
)
INNERMOST_FRAMES = 6


class LineFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        parts = [
            moment.replace("+00:00", "Z"),
            record.levelname,
            record.name,
            json.dumps(without_persons(record.getMessage()), ensure_ascii=False),
        ]
        if record.exc_info and record.exc_info[1]:
            parts.append(f"error={json.dumps(describe(record.exc_info[1]), ensure_ascii=False)}")
        return " ".join(parts)


def without_persons(text: str) -> str:
    return ADDRESS_OF_SOMEBODY.sub(r"/\1/…", MAIL_ADDRESS.sub("…", text))


def describe(error: BaseException) -> str:
    """Type, first line of the message, and where: a database tells rows from the second line on."""
    first_line = without_persons(str(error).partition("\n")[0])
    frames = traceback.extract_tb(error.__traceback__)[-INNERMOST_FRAMES:]
    where = " < ".join(
        f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}"
        for frame in reversed(frames)
    )
    return f"{type(error).__name__}: {first_line} at {where}"
