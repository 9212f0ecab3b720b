"""What of ours makes the pages, as one short word."""

from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

CODE = ("assessments", "careerpath")
MANIFEST = "staticfiles.json"  # the names of our files, which stand on each page


@cache
def digest() -> str:
    """Of code, templates and libraries as they are when it is first asked for, which is when the
    web server starts (careerpath/wsgi.py)."""
    base = Path(settings.BASE_DIR)
    found = sha256()
    for one in sorted(files(base)):
        content = one.read_bytes()
        found.update(f"{one.relative_to(base)} {len(content)}\n".encode() + content)
    for library in sorted({f"{one.name} {one.version}" for one in distributions()}):
        found.update(f"{library}\n".encode())
    return found.hexdigest()


def files(base: Path) -> list[Path]:
    code = [one for name in CODE for one in (base / name).rglob("*.py")]
    folders = (base / "templates", base / "locale")
    texts = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    return [*code, *texts, *([manifest] if manifest.is_file() else [])]
