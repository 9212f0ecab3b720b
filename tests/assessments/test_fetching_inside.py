"""Whatever an address says, nobody inside is ever connected to."""

import socket
import threading
import time
from functools import partial

import pytest

from assessments import fetching
from assessments.fetching import Fetcher, Pace, connect
from tests.hostile_addresses import RESOLVED, WRITTEN
from tests.internet import ADDRESS, FOUND, PUBLIC, PUBLIC_6, Internet, moved_to


@pytest.fixture
def canary():
    """Listens where nobody may ever connect, and counts who does."""
    visits, listeners, stop = [], [], threading.Event()
    first = socket.create_server(("127.0.0.1", 0))
    port = first.getsockname()[1]
    listeners.append(first)
    if socket.has_dualstack_ipv6():
        listeners.append(socket.create_server(("::1", port), family=socket.AF_INET6))

    def listen(listener):
        listener.settimeout(0.05)
        while not stop.is_set():
            try:
                connection, visitor = listener.accept()
            except TimeoutError:
                continue
            visits.append(visitor)
            connection.close()

    threads = [threading.Thread(target=listen, args=[one]) for one in listeners]
    for thread in threads:
        thread.start()
    yield port, visits
    time.sleep(0.15)
    stop.set()
    for thread in threads:
        thread.join()
    for listener in listeners:
        listener.close()


def really_connecting(port, resolver):
    return Fetcher(
        resolver=resolver,
        connector=partial(connect, port=port),
        pace=Pace(sleep=lambda seconds: None),
    )


def test_no_hostile_address_reaches_anybody(canary):
    port, visits = canary
    asked = []

    def resolver(host):
        asked.append(host)
        return ["127.0.0.1", "::1"]

    fetcher = really_connecting(port, resolver)
    for url in WRITTEN:
        assert fetcher.look(url).detail == "refused", url
    assert asked == []
    assert len(WRITTEN) >= 80
    time.sleep(0.15)
    assert visits == []


def test_no_name_that_leads_inside_reaches_anybody(canary):
    port, visits = canary
    for address in RESOLVED:
        for answers in ([address], [PUBLIC, address], [address, PUBLIC_6]):
            fetcher = really_connecting(port, lambda host, answers=answers: answers)
            assert fetcher.look(ADDRESS).detail == "leads-inside", address
    time.sleep(0.15)
    assert visits == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "::1"])
def test_without_the_judgement_the_canary_would_have_visitors(canary, monkeypatch, inside):
    """Shows that the two tests above can fail."""
    port, visits = canary
    monkeypatch.setattr(fetching, "allowed", lambda address: True)
    really_connecting(port, lambda host: [inside]).look(ADDRESS)
    time.sleep(0.15)
    assert len(visits) == 1


def test_a_name_is_resolved_once_and_that_computer_is_visited(canary):
    """Rebinding: the second answer would lead inside."""
    internet = Internet(FOUND, names={"learn.example.org": rebinding})
    assert internet.look() == "works:http-200"
    assert internet.asked == ["learn.example.org"]
    assert internet.connected == [(PUBLIC, "learn.example.org")]


def rebinding(times):
    return [PUBLIC] if times == 1 else ["127.0.0.1"]


def test_a_name_is_judged_again_after_a_redirect_to_itself():
    internet = Internet(moved_to("/again"), FOUND, names={"learn.example.org": rebinding})
    assert internet.look() == "silent:leads-inside"
    assert len(internet.connected) == 1


def test_a_redirect_leads_nowhere_inside():
    for url in [one for one in WRITTEN if one.isascii() and one == one.strip() and one]:
        if "://" not in url or any(char < " " for char in url):
            continue
        internet = Internet(moved_to(url), FOUND)
        assert internet.look() == "unclear:redirect-refused", url
        assert len(internet.connected) == 1


def test_a_redirect_to_a_name_of_the_inside_is_not_followed():
    inside = Internet(
        moved_to("https://other.example.org/"), FOUND, names={"other.example.org": ["10.0.0.1"]}
    )
    assert inside.look() == "silent:leads-inside"
    assert inside.connected == [(PUBLIC, "learn.example.org")]


def test_the_real_connection_goes_to_the_address_given(canary):
    """A name that would resolve elsewhere is only what the certificate must show."""
    port, visits = canary
    with pytest.raises(OSError, match=r".*"):
        connect("127.0.0.1", "learn.example.org", 2, port=port)
    time.sleep(0.15)
    assert len(visits) == 1
