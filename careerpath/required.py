"""The settings without which no site starts."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

CURES = {
    "SECRET_KEY": "signs sessions and links; make one with: "
    'python -c "import secrets; print(secrets.token_urlsafe(64))"',
    "ALLOWED_HOSTS": "the names this site answers to, with commas between, "
    "such as careerpath.example.org",
}


def file(**names: str) -> str:
    """A path that was set must lead to a file: passwords would not be held against it."""
    [(name, path)] = names.items()
    if path and not Path(path).is_file():
        raise ImproperlyConfigured(f"CareerPath cannot start: {name} leads to no file.")
    return path


def refuse_without(**values: object) -> None:
    """Names all that are missing at once, and how to make them."""
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise ImproperlyConfigured(
            f"CareerPath cannot start: {' and '.join(missing)} not set.\n"
            + "".join(f"  {name}: {CURES[name]}\n" for name in missing)
            + "Set them in the environment or in a file named .env beside manage.py.\n"
            "To try CareerPath on your own computer, run: make run"
        )
