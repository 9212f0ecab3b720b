"""Runs commands of manage.py in forks of one process, so that they load the site once for all.

python -m tests.forks SOCKET says "ready" when it is, and ends when its standard input does.
"""

import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path

import django
from django.core.management import execute_from_command_line
from django.urls import get_resolver

FIRST = os.getpid()


def serve(path: str) -> None:
    django.setup()
    assert get_resolver().url_patterns  # which imports every page
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        print("ready", flush=True)  # noqa: T201  read by whoever started it
        while sys.stdin not in (came := select.select([sys.stdin, door], [], [])[0]):
            assert door in came
            visitor, _address = door.accept()
            with visitor:
                if os.fork() == 0:
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    door.close()
                    answer(visitor)


def answer(visitor: socket.socket) -> None:
    """How the command ended; it runs in one more fork, as it may kill itself."""
    with closing(visitor.makefile()) as lines:
        asked = json.loads(lines.readline())
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        visitor.sendall(f"{code}\n".encode())
        os._exit(0)
    visitor.close()
    for number, name in enumerate((os.devnull, asked["out"], asked["err"])):
        opened = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = ["manage.py", *asked["command"]]
    execute_from_command_line(sys.argv)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # to take down what it has loaded would be half of the work


if __name__ == "__main__":
    try:
        serve(sys.argv[1])
    finally:
        if os.getpid() == FIRST:
            shutil.rmtree(Path(sys.argv[1]).parent, ignore_errors=True)
