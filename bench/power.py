"""A power cut without the power: what a disk would hold that keeps only what was synced.

strace writes down what the server writes to SQLite's files and when it syncs them. From that, the
files are made as they would be at any moment: writes that were not synced by then are gone, or
come and go by chance, since a disk may write them in any order.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

CALL = re.compile(
    r"^(?P<began>[\d.]+) (?P<name>\w+)\((?:\d+<(?P<path>.*?)>|\"(?P<gone>.*?)\")"
    r"(?P<rest>.*)\) += (?P<result>-?\d+).* <(?P<took>[\d.]+)>$"
)
WRITTEN = re.compile(r'^, "(?P<bytes>(?:\\x[0-9a-f]{2})*)", \d+, (?P<offset>\d+)$')
SYNCS = ("fdatasync", "fsync")


def strace(database: Path, trace: Path) -> list[str]:
    """The beginning of a command: a file `trace.<number>` for each thread of what it starts."""
    files = [part for end in ("", "-wal") for part in ("-P", f"{database}{end}")]
    calls = "trace=pwrite64,fdatasync,fsync,ftruncate,unlink"
    how = ["-ff", "-ttt", "-T", "-y", "-xx", "-s", "1048576", "-e", calls, "-o", str(trace)]
    return ["strace", *how, *files]


@dataclass(frozen=True)
class Call:
    """`path` ends with -wal or not: SQLite's log, or the database itself. Times as of time()."""

    began: float
    ended: float
    name: str
    path: str
    offset: int = 0
    data: bytes = b""


def calls(trace: Path) -> list[Call]:
    found = [
        call
        for file in trace.parent.glob(f"{trace.name}.*")
        for call in calls_of(file.read_text().splitlines())
    ]
    return sorted(found, key=attrgetter("began"))


def calls_of(lines: Iterable[str]) -> Iterator[Call]:
    for line in lines:
        if not (call := CALL.match(line)) or int(call["result"]) < 0:
            continue
        began = float(call["began"])
        path = plain(call["path"] or call["gone"])
        offset, data = 0, b""
        if call["name"] == "pwrite64":
            written = WRITTEN.match(call["rest"])
            if written is None:
                raise ValueError(f"not understood: {line[:200]}")
            offset, data = int(written["offset"]), unhexed(written["bytes"])[: int(call["result"])]
        elif call["name"] == "ftruncate":
            offset = int(call["rest"].removeprefix(", "))
        yield Call(began, began + float(call["took"]), call["name"], path, offset, data)


def plain(text: str) -> str:
    return unhexed(text).decode() if text.startswith("\\x") else text


def unhexed(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def files_after_a_cut(
    before: dict[str, bytes], history: Iterable[Call], cut: float, chance: random.Random | None
) -> dict[str, bytes]:
    """Contents by path. `chance` chooses which of the writes not yet synced have happened."""
    safe = {path: bytearray(content) for path, content in before.items()}
    waiting: dict[str, list[Call]] = {}
    for call in history:
        if call.began > cut:
            break
        if call.name == "unlink":
            safe.pop(call.path, None)
            waiting.pop(call.path, None)
        elif call.name not in SYNCS:
            waiting.setdefault(call.path, []).append(call)
        elif call.ended <= cut:
            kept = safe.setdefault(call.path, bytearray())
            for one in waiting.pop(call.path, []):
                apply(kept, one)
    if chance:
        for path, writes in waiting.items():
            for one in writes:
                if chance.random() < 0.5:
                    apply(safe.setdefault(path, bytearray()), one)
    return {path: bytes(content) for path, content in safe.items()}


def apply(content: bytearray, call: Call) -> None:
    end = call.offset + len(call.data)
    if call.name == "ftruncate":
        del content[call.offset :]
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[call.offset : end] = call.data
