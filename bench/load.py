"""Putting a server under load: with wrk where it is installed, else with processes of our own."""

import json
import selectors
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

THREADS = 2
CONNECTIONS = 16
CLOSES = 25  # every so many requests, so that connections come to whichever process is free
SCRIPT = Path(__file__).with_name("wrk.lua")
WRK = ("wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", "--timeout=30s", f"-s{SCRIPT}")
OUR_OWN = "two processes of its own (wrk is not installed)"
DRIVER = f"wrk, {THREADS} threads" if shutil.which("wrk") else OUR_OWN


@dataclass(frozen=True)
class Figures:
    """Times in milliseconds. An error is an answer from 400 on, or none."""

    requests: int
    seconds: float
    errors: int
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def load(port: int, requests: Sequence[bytes], seconds: int, folder: Path) -> Figures:
    """Each of the two threads has its own half of the requests, and begins anew after the last.

    Connections that were kept for good stay with the process that was the first to accept them,
    which now and then is the same for all.
    """
    halves = [closing(requests[number::THREADS]) for number in range(THREADS)]
    if not shutil.which("wrk"):
        return with_processes(port, halves, seconds)
    path = folder / "requests"
    for number, half in enumerate(halves):
        with Path(f"{path}.{number}").open("wb") as file:
            for one in half:
                file.write(b"%d\n%s" % (len(one), one))
    done = subprocess.run(  # noqa: S603  our own command
        [*WRK, f"-d{seconds}s", f"http://127.0.0.1:{port}", "--", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(one for one in done.stdout.splitlines() if one.startswith("figures "))
    return Figures(**json.loads(line.removeprefix("figures ")))


def closing(requests: Sequence[bytes]) -> list[bytes]:
    every = min(CLOSES, len(requests))
    return [
        one if number % every else one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
        for number, one in enumerate(requests, 1)
    ]


def with_processes(port: int, halves: Sequence[Sequence[bytes]], seconds: int) -> Figures:
    with ProcessPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(drive, port, half, seconds) for half in halves]
        found = [job.result() for job in jobs]
    times = sorted(one for part, _errors in found for one in part)
    errors = sum(count for _part, count in found)
    if not times:
        sys.exit("No answer at all.")
    at = [times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.95, 0.99)]
    return Figures(len(times), seconds, errors, *at)


def drive(port: int, requests: Sequence[bytes], seconds: int) -> tuple[list[float], int]:
    """Connections that each send the next request as soon as they have their answer."""
    chosen, times, errors, place = selectors.DefaultSelector(), [], 0, 0

    def send(connection: socket.socket) -> None:
        nonlocal place
        chosen.modify(connection, selectors.EVENT_READ, [time.perf_counter(), b""])
        connection.sendall(requests[place % len(requests)])
        place += 1

    for _number in range(CONNECTIONS // THREADS):
        connection = socket.create_connection(("127.0.0.1", port))
        chosen.register(connection, selectors.EVENT_READ)
        send(connection)
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends and chosen.get_map():
        for key, _events in chosen.select(1):
            connection, (began, so_far) = key.fileobj, key.data
            assert isinstance(connection, socket.socket)  # noqa: S101
            got = connection.recv(1 << 18)
            answer = key.data[1] = so_far + got
            if got and not is_whole(answer):
                continue
            times.append(1000 * (time.perf_counter() - began))
            if not got or int(answer[9:12]) >= 400:
                errors += 1
            if not got or b"\r\nConnection: close" in answer.partition(b"\r\n\r\n")[0]:
                chosen.unregister(connection)
                connection.close()
                connection = socket.create_connection(("127.0.0.1", port))
                chosen.register(connection, selectors.EVENT_READ)
            send(connection)
    for key in list(chosen.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return times, errors


def is_whole(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    if head[9:12] == b"304":
        return True
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
        if line.startswith(b"transfer-encoding:"):
            return body.endswith(b"0\r\n\r\n")
    return True
