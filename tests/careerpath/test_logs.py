import json
import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.urls import resolve

from careerpath.logs import JsonFormatter, LineFormatter, day_name, member

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def record(message, *arguments, error=None, **more):
    exc_info = (type(error), error, error.__traceback__) if error else None
    one = logging.LogRecord("careerpath", logging.ERROR, __file__, 1, message, arguments, exc_info)
    one.__dict__ |= more
    return one


def logged(message, *arguments, **more):
    return json.loads(JsonFormatter().format(record(message, *arguments, **more)))


def test_an_event_is_json_with_its_time_in_utc():
    line = logged("first\nsecond")
    assert line["time"].endswith("Z")
    assert (line["level"], line["logger"]) == ("ERROR", "careerpath")
    assert line["message"] == "first\nsecond"


def test_for_eyes_the_time_comes_first():
    line = LineFormatter().format(record("no room", status=503))
    assert line.endswith('Z ERROR careerpath "no room" status=503')


@pytest.mark.parametrize("formatter", [JsonFormatter, LineFormatter])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\x85", "\u2028", "\x1b[2K", "\x0b", "\x00", "\x9b"])
def test_nothing_makes_a_second_line_or_colours_the_terminal(formatter, end):
    line = formatter().format(record(f"a{end}b", status=f"1{end}2"))
    assert len(line.splitlines()) == 1
    assert line.isprintable()


@pytest.mark.parametrize(
    "message",
    [
        "No mail to SECRET@example.org",
        "Not Found: /reports/SECRETSECRETSECRETSECR/",
        "Not Found: /accounts/password/reset/key/SECRET-SECRET/",
    ],
)
def test_persons_and_their_addresses_stay_out(message):
    assert "SECRET" not in logged(message)["message"]


@pytest.mark.parametrize("address", ["203.0.113.77", "2001:db8::7", "::1"])
def test_addresses_of_visitors_stay_out(address):
    line = logged("Invalid request from ip=%s, no such method", address)
    assert line["message"] == "Invalid request from ip=***, no such method"


def test_an_error_tells_type_and_place_but_no_row_and_nothing_typed():
    try:
        raise ValueError("invalid value: 'My secret'\nDETAIL: (email)=(member@example.org)")
    except ValueError:
        line = logged("failed", error=sys.exc_info()[1])
    assert line["error"].startswith("ValueError: invalid value: *** at ")
    assert "test_logs.py:" in line["error"]


def test_django_s_words_on_a_request_name_its_route_instead_of_its_path():
    request = RequestFactory().get("/roles/somebody/?q=typed")
    request.resolver_match = resolve("/roles/somebody/")
    line = logged("%s: %s", "Not Found", request.path, request=request)
    assert line["message"] == "Not Found: role_detail"


def test_a_person_has_another_name_every_day(settings):
    today, tomorrow = day_name(member(7), NOON), day_name(member(7), NOON + timedelta(days=1))
    assert len({today, tomorrow, day_name(member(8), NOON)}) == 3
    assert today == day_name(member(7), NOON + timedelta(hours=11))
    settings.SECRET_KEY = "another"
    assert today != day_name(member(7), NOON)


def test_a_request_gets_a_number_of_its_own_and_a_line(client, caplog, db):
    caplog.set_level("INFO", "requests")
    numbers = {client.get("/roles/", {"q": "typed"}).headers["X-Request-ID"] for _ in range(2)}
    assert len(numbers) == 2
    lines = [one for one in caplog.records if one.name == "requests"]
    assert [(one.message, one.status) for one in lines] == [("request", 200)] * 2


def test_a_number_that_the_browser_says_is_not_believed(client, db):
    answer = client.get("/roles/", headers={"X-Request-ID": "f" * 16})
    assert answer.headers["X-Request-ID"] != "f" * 16


def test_probes_leave_no_line(client, caplog):
    caplog.set_level("INFO", "requests")
    client.get("/livez")
    assert caplog.records == []
