"""How the web server runs: `gunicorn careerpath.wsgi --config careerpath/gunicorn_conf.py`.

BIND             the address it listens at; 127.0.0.1:8000 unless set
WEB_CONCURRENCY  processes; 2 unless set
THREADS          of one process; 3 unless set. Each has a database connection, and needs 100 MB for
                 the moment in which it checks a password; more of them are not faster on two cores
"""

import ctypes
import gc
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

bind = [os.environ.get("BIND", "127.0.0.1:8000")]
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("THREADS", "3"))
worker_class = "gthread"
preload_app = True  # the processes share one copy of the code, and start at once
control_socket_disable = True
timeout = 30
graceful_timeout = 20
keepalive = 5
loglevel = "warning"
# The server's own lines too; once the site is loaded, its LOGGING takes them over.
logconfig_dict = {
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "formatters": {"json": {"()": "careerpath.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True}},
}
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108  heartbeats in memory: a slow disk stops no worker

ARENAS = -8  # M_ARENA_MAX of glibc: others have no such thing, and no need of it
with suppress(AttributeError, OSError):
    ctypes.CDLL(None).mallopt(ARENAS, 1)  # or each thread keeps a heap of its own


def pre_fork(server: Any, worker: Any) -> None:
    """What is there by now stays: looking it over for garbage would give each its own copy."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """A Ctrl+C reaches workers twice, and now and then the second stops the first for 20 s."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what the main process sends instead is enough
