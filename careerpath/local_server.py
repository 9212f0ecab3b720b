"""The same server for one's own computer; `make run` uses it. PORT is 8000 unless set."""

import os
import socket
from typing import Any

from careerpath.gunicorn_conf import *  # noqa: F403

port = int(os.environ.get("PORT") or "8000")
LOOPBACKS = {"127.0.0.1": socket.AF_INET, "::1": socket.AF_INET6}


def is_there(host: str, family: socket.AddressFamily) -> bool:
    """Whether this computer has that loopback address at all; some have no IPv6."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True


def is_free(host: str, family: socket.AddressFamily) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


hosts = {host: family for host, family in LOOPBACKS.items() if is_there(host, family)}
if not all(is_free(host, family) for host, family in hosts.items()):
    raise SystemExit(
        f"Port {port} is in use by another program. Stop that one, or choose another port:\n"
        f"  PORT={port + 1} make run"
    )

# "localhost" is either of the two, as the browser likes.
bind = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host in hosts]


def when_ready(server: Any) -> None:
    print(
        f"\n  CareerPath runs at   http://localhost:{port}"
        "\n  To make an editor    make editor EMAIL=you@example.org   (in another window)"
        "\n  To stop              Ctrl+C\n",
        flush=True,
    )
