import fcntl
import hashlib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Bring database, built-in roles and static files up to date; quiet when they are."

    def handle(self, *args: Any, **options: Any) -> None:
        self.migrate()
        self.make_cache_tables()
        self.load_built_in_roles()
        self.collect_static_files()

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            self.stdout.write(f"Database: {len(plan)} changes of its tables.")
            call_command("migrate", verbosity=0, interactive=False)

    def make_cache_tables(self) -> None:
        if any(isinstance(cache, DatabaseCache) for cache in caches.all(initialized_only=False)):
            call_command("createcachetable", verbosity=0)

    def load_built_in_roles(self) -> None:
        content = Path(apps.get_app_config("assessments").path) / "content"
        for path in sorted(content.glob("*.yaml")):
            call_command("import_role", str(path), "--if-missing", "--publish", stdout=self.stdout)

    def collect_static_files(self) -> None:
        """Compressing them takes seconds, so only when one of them has changed."""
        if settings.DEBUG:
            return
        root = Path(settings.STATIC_ROOT)
        mark = root / ".collected-from"
        with root.with_name(f"{root.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # who comes second finds it done
            fingerprint = fingerprint_of_static_files()
            if mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint:
                return
            self.stdout.write("Static files: collecting and compressing.")
            mark.unlink(missing_ok=True)
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            mark.write_text(fingerprint, encoding="utf-8")


def fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
