import socket
import threading
import time

import pytest

from assessments import fetching
from assessments.fetching import Fetcher, Pace
from tests.internet import ADDRESS, FOUND, PUBLIC, PUBLIC_6, Internet, moved_to


def test_it_works():
    internet = Internet(FOUND)
    assert internet.look("https://learn.example.org/a?b=c") == "works:http-200"
    assert internet.connected == [(PUBLIC, "learn.example.org")]
    sent = internet.connections[0].sent.decode()
    assert sent.startswith("GET /a?b=c HTTP/1.1\r\nHost: learn.example.org\r\n")
    assert "User-Agent: CareerPath link check\r\n" in sent


# --- redirects ---


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status):
    internet = Internet(moved_to("https://other.example.org/b", status), FOUND)
    assert internet.look() == "works:http-200"
    assert internet.asked == ["learn.example.org", "other.example.org"]


def test_three_redirects_are_followed_and_no_fourth():
    assert Internet(*[moved_to("/a")] * 3, FOUND).look() == "works:http-200"
    internet = Internet(*[moved_to("/a")] * 4, FOUND)
    assert internet.look() == "unclear:too-many-redirects"
    assert len(internet.connected) == 4


@pytest.mark.parametrize("status", [300, 302, 304])
def test_a_redirect_that_leads_nowhere_is_an_answer(status):
    assert Internet(b"HTTP/1.1 %d Hm\r\n\r\n" % status).look() == f"works:http-{status}"


# --- other answers ---


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "gone"), (410, "gone"), (403, "unclear"), (429, "unclear"), (503, "unclear")],
)
def test_the_status_decides(status, expected):
    answer = b"HTTP/1.1 %d No\r\n\r\nbody" % status
    assert Internet(answer).look() == f"{expected}:http-{status}"


def test_hints_before_the_answer_are_passed_over():
    assert Internet(b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + FOUND).look() == (
        "works:http-200"
    )


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 99 a\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"\x00" * 50 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 302 OK\r\nLocation: https://\xff.example.org/\r\n\r\n",
    ],
)
def test_what_is_no_answer_is_unclear(answer):
    assert Internet(answer).look() == "unclear:not-http"


# --- slow and endless ---


def test_a_body_is_not_read():
    internet = Internet([FOUND, *[b"a" * 4096] * 1000])
    assert internet.look() == "works:http-200"
    assert internet.connections[0].received < 5000


@pytest.mark.parametrize(
    "piece", [b"a" * 4096, b"a: b\r\n" * 600, b"HTTP/1.1 100 Continue\r\n\r\n" * 100]
)
def test_an_endless_head_is_left_after_64_kb(piece):
    internet = Internet([b"HTTP/1.1 100 Continue\r\n\r\n", *[piece] * 1000])
    internet.look()
    assert internet.connections[0].received <= 64 * 1024


def test_an_endless_head_is_too_large():
    assert Internet([b"HTTP/1.1 200 OK\r\n"] + [b"a" * 4096] * 99).look() == "unclear:too-large"


def test_an_answer_that_drips_is_left_in_time():
    dripped = []

    def drip():
        for piece in range(100):
            time.sleep(0.02)
            dripped.append(piece)
            yield b"a"

    assert Internet(drip()).look(seconds=0.3) == "unclear:too-slow"
    assert len(dripped) <= 0.3 / 0.02 + 1


def test_a_silent_connection_is_left():
    assert Internet([TimeoutError()]).look() == "unclear:too-slow"


def test_a_resolver_that_hangs_is_left_in_time():
    gate = threading.Event()
    internet = Internet(names={"learn.example.org": lambda times: gate.wait(60)})
    start = time.monotonic()
    assert internet.look(seconds=0.2) == "silent:no-name"
    assert time.monotonic() - start < 30
    gate.set()


def test_the_time_covers_all_redirects_together():
    def slowly():
        time.sleep(0.15)
        yield moved_to("/a")

    assert Internet(slowly(), slowly(), slowly(), FOUND).look(seconds=0.3) == "unclear:too-slow"


# --- nobody there ---


@pytest.mark.parametrize("names", [socket.gaierror(-2, "no"), UnicodeError("no"), []])
def test_a_name_without_a_computer(names):
    assert Internet(names={"learn.example.org": names}).look() == "silent:no-name"


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (fetching.ssl.SSLCertVerificationError("self-signed"), "certificate"),
        (ConnectionRefusedError(), "no-connection"),
        (TimeoutError(), "no-connection"),
    ],
)
def test_no_trustworthy_connection(error, detail):
    assert Internet(error).look() == f"silent:{detail}"


@pytest.mark.parametrize("pieces", [[], [b"HTTP/1.1 200"], [ConnectionResetError()]])
def test_an_answer_that_breaks_off(pieces):
    assert Internet(pieces).look() == "silent:no-connection"


def test_the_next_address_is_tried():
    internet = Internet(
        OSError("unreachable"), FOUND, names={"learn.example.org": [PUBLIC_6, PUBLIC]}
    )
    assert internet.look() == "works:http-200"
    assert [address for address, _host in internet.connected] == [PUBLIC_6, PUBLIC]


# --- politeness ---


def test_one_request_a_second_to_one_host():
    waits = []
    pace = Pace(sleep=waits.append)
    for host in ("a.example.org", "b.example.org", "a.example.org", "a.example.org"):
        pace.wait(host)
    assert [round(wait, 1) for wait in waits] == [1.0, 2.0]  # `sleep` did not sleep


def test_redirects_wait_too():
    waits = []
    internet = Internet(moved_to("/a"), FOUND)
    Fetcher(resolver=internet.resolve, connector=internet.connect, pace=Pace(waits.append)).look(
        ADDRESS
    )
    assert len(waits) == 1
