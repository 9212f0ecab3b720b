import logging
import sys

import pytest

from careerpath.logs import LineFormatter


def logged(message: str, *arguments: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(
        "careerpath", logging.ERROR, __file__, 1, message, arguments, exc_info
    )
    return LineFormatter().format(record)


def test_an_event_is_one_line_with_its_time_in_utc():
    line = logged("first\nsecond")
    assert line.endswith('Z ERROR careerpath "first\\nsecond"')
    assert "\n" not in line


@pytest.mark.parametrize(
    "message",
    [
        "No mail to member@example.org",
        "Not Found: /reports/SECRETSECRETSECRETSECR/",
        "Not Found: /accounts/password/reset/key/SECRET-SECRET/",
    ],
)
def test_persons_and_their_addresses_stay_out(message):
    line = logged(message)
    assert "SECRET" not in line
    assert "member@" not in line


def test_an_error_tells_type_and_place_but_no_row():
    try:
        raise ValueError("duplicate key\nDETAIL: (email)=(member@example.org) exists")
    except ValueError:
        line = logged("failed", error=sys.exc_info()[1])
    assert "ValueError: duplicate key at " in line
    assert "test_logs.py:" in line
    assert "member@" not in line
