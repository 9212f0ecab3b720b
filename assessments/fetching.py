"""One careful look at an address somebody typed. Nothing inside this network is ever connected to.

A name is resolved once for each request, every answer to it is judged, and the connection goes to
a judged address itself: whatever the name leads to a moment later does not matter. Redirects are
followed by hand, each judged anew. Only the head of an answer is read. No proxy is used.
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from http.client import HTTPException, parse_headers
from io import BytesIO
from queue import Empty, SimpleQueue
from typing import Protocol

from assessments.domain.addresses import PORT, Refused, Target, Why, allowed, redirected, target
from assessments.domain.links import Detail, Finding, Outcome, of_status

SECONDS = 5.0
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 3
MOST_ADDRESSES = 3  # of one name that are tried in turn
BETWEEN_REQUESTS = 1.0  # seconds, to one host
USER_AGENT = "CareerPath link check"
REDIRECTS = {301, 302, 303, 307, 308}
STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: [^\r\n]*)?\r?\n")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


class Connection(Protocol):
    """As much of a socket as is needed."""

    def settimeout(self, value: float | None, /) -> None: ...
    def sendall(self, data: bytes, /) -> None: ...
    def recv(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


Resolver = Callable[[str], Sequence[str]]
Connector = Callable[[str, str, float], Connection]


class Failed(Exception):
    def __init__(self, finding: Finding, detail: Detail) -> None:
        super().__init__(detail.value)
        self.outcome = Outcome(finding, detail.value)


def resolve(host: str) -> Sequence[str]:
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def connect(address: str, host: str, seconds: float, *, port: int = PORT) -> Connection:
    """TLS to the computer at this address, which must prove to be `host`."""
    until = time.monotonic() + seconds
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(seconds)
        plain.connect((address, port))
        plain.settimeout(max(until - time.monotonic(), 0.001))
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


class Clock:
    """What is left of the time for one address; waiting out of politeness does not count."""

    def __init__(self, seconds: float) -> None:
        self.until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise Failed(Finding.UNCLEAR, Detail.TOO_SLOW)
        return left

    def extend(self, seconds: float) -> None:
        self.until += seconds


class Pace:
    """At most one request a second to one host."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self.sleep = sleep
        self.next: dict[str, float] = {}

    def wait(self, host: str) -> float:
        """Seconds that were waited."""
        now = time.monotonic()
        start = max(now, self.next.get(host, now))
        self.next[host] = start + BETWEEN_REQUESTS
        if start > now:
            self.sleep(start - now)
        return time.monotonic() - now


class Fetcher:
    def __init__(
        self,
        *,
        resolver: Resolver = resolve,
        connector: Connector = connect,
        pace: Pace | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.resolver = resolver
        self.connector = connector
        self.pace = pace or Pace()
        self.seconds = seconds

    def look(self, url: str) -> Outcome:
        try:
            start = target(url)
        except Refused as refused:
            # A port of its own is unusual, not wrong: that page is just never looked at.
            finding = Finding.UNCLEAR if refused.why is Why.PORT else Finding.GONE
            return Outcome(finding, Detail.REFUSED.value)
        try:
            return self._follow(start)
        except Failed as failed:
            return failed.outcome

    def _follow(self, here: Target) -> Outcome:
        clock = Clock(self.seconds)
        for _hop in range(MOST_REDIRECTS + 1):
            clock.extend(self.pace.wait(here.host))
            status, location = self._ask(here, clock)
            if status not in REDIRECTS or not location:
                return of_status(status)
            try:
                here = redirected(here, location)
            except Refused:
                raise Failed(Finding.UNCLEAR, Detail.REDIRECT_REFUSED) from None
        raise Failed(Finding.UNCLEAR, Detail.TOO_MANY_REDIRECTS)

    def _ask(self, here: Target, clock: Clock) -> tuple[int, str]:
        connection = self._connected(here.host, self._addresses(here.host, clock), clock)
        try:
            connection.settimeout(clock.left)
            connection.sendall(_request(here))
            return _head(connection, clock)
        except TimeoutError:
            raise Failed(Finding.UNCLEAR, Detail.TOO_SLOW) from None
        except OSError:
            raise Failed(Finding.SILENT, Detail.NO_CONNECTION) from None
        finally:
            connection.close()

    def _addresses(self, host: str, clock: Clock) -> Sequence[str]:
        found = _within(clock.left, lambda: self.resolver(host))
        if not found:
            raise Failed(Finding.SILENT, Detail.NO_NAME)
        if not all(map(allowed, found)):
            raise Failed(Finding.SILENT, Detail.LEADS_INSIDE)
        return found[:MOST_ADDRESSES]

    def _connected(self, host: str, addresses: Sequence[str], clock: Clock) -> Connection:
        detail = Detail.NO_CONNECTION
        for number, address in enumerate(addresses):
            # One that does not answer leaves time for the next.
            seconds = clock.left / (1 if number == len(addresses) - 1 else 2)
            try:
                return self.connector(address, host, seconds)
            except ssl.SSLError:
                detail = Detail.CERTIFICATE
            except OSError:
                detail = Detail.NO_CONNECTION
        raise Failed(Finding.SILENT, detail)


def _within(seconds: float, resolve_it: Callable[[], Sequence[str]]) -> Sequence[str]:
    """The system's resolver knows no time limit: it works where it may be left behind."""
    answers: SimpleQueue[Sequence[str]] = SimpleQueue()

    def work() -> None:
        try:
            answers.put(resolve_it())
        except (OSError, UnicodeError):
            answers.put(())

    threading.Thread(target=work, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        raise Failed(Finding.SILENT, Detail.NO_NAME) from None


def _request(here: Target) -> bytes:
    # Not HEAD: many sites answer it with an error of its own. The body is never read.
    lines = [
        f"GET {here.path} HTTP/1.1",
        f"Host: {here.host}",
        f"User-Agent: {USER_AGENT}",
        "Accept: */*",
        "Accept-Encoding: identity",
        "Connection: close",
        "",
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def _head(connection: Connection, clock: Clock) -> tuple[int, str]:
    """Status and Location of an answer."""
    data, left = b"", MOST_BYTES
    while True:
        while not (end := END_OF_HEAD.search(data)):
            if not left:
                raise Failed(Finding.UNCLEAR, Detail.TOO_LARGE)
            connection.settimeout(clock.left)
            piece = connection.recv(min(4096, left))
            if not piece:
                raise Failed(Finding.SILENT, Detail.NO_CONNECTION)
            data += piece
            left -= len(piece)
        status, location = _parsed(data[: end.end()])
        if status >= 200:
            return status, location
        data = data[end.end() :]  # "wait, the answer comes after this"


def _parsed(head: bytes) -> tuple[int, str]:
    first = STATUS_LINE.match(head)
    if not first:
        raise Failed(Finding.UNCLEAR, Detail.NOT_HTTP)
    try:
        headers = parse_headers(BytesIO(head[first.end() :]))
        location = (headers.get("Location") or "").encode("latin-1").decode()
    except (HTTPException, UnicodeError):
        raise Failed(Finding.UNCLEAR, Detail.NOT_HTTP) from None
    return int(first[1]), location
