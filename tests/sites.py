"""A site of its own for tests of what happens to whole databases: commands run as processes."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


@dataclass
class Site:
    database: str
    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DATABASE_URL": self.database,
            "DEBUG": "1",
            "ENV_FILE": "",
            "ERASURES_FILE": str(self.folder / "erasures.txt"),
            "DJANGO_SETTINGS_MODULE": "careerpath.settings",
        }
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment | self.more,
            capture_output=True,
            text=True,
            check=False,
        )

    def must(self, *command: str) -> str:
        done = self.run(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def python(self, code: str) -> str:
        return self.must("shell", "--no-imports", "-c", code).strip()
