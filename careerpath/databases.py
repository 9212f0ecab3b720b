"""What both kinds of database are told, so that nothing is lost and nobody waits for ever."""

from typing import Any


def told(database: dict[str, Any], *, wait: int, threads: int, prepared: bool) -> dict[str, Any]:
    """`wait`: seconds for a lock. `prepared`: PostgreSQL plans a statement once a connection."""
    options: dict[str, Any] = dict(database.get("OPTIONS", {}))
    if database["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE and the time-out: with Django's defaults two writers at once lose a request.
        # FULL: a save we confirmed survives a power cut. secure_delete: deleted means gone.
        # journal_size_limit: a log that grew while somebody read for long is cut to 64 MB after.
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": wait,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA secure_delete=ON; PRAGMA cache_size=-500; PRAGMA journal_size_limit=67108864;",
        }
        # Closing the last connection empties the log into the file: four syncs for every page.
        return database | {"OPTIONS": options, "CONN_MAX_AGE": None}
    # The pool keeps connections open, one for each thread and a few to spare.
    # It waits twice as long after each try for a server that is gone, so a try ends after 5 s.
    pool = {"min_size": 1, "max_size": threads + 2, "timeout": min(wait, 10)}
    options.setdefault("pool", pool | {"reconnect_timeout": 5})
    if prepared:
        # The database plans a statement once for each connection, not each time it is asked.
        options |= {"server_side_binding": True, "prepare_threshold": 5}
    # Who waits longer for a row than SQLite would let them gets the same page.
    options.setdefault("options", f"-c lock_timeout={wait}s")
    return database | {"OPTIONS": options, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
