"""Write .env for a site on one's own computer, the first time: `python -m careerpath.local_env`.

Runs before anything is set up, so it knows nothing of Django.
"""

import os
import secrets
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / ".env"
TEXT = """\
# Settings of CareerPath on this computer, written by the first `make run`.
# Not committed. What each one means stands at the top of careerpath/settings.py.
SECRET_KEY={key}
ALLOWED_HOSTS=localhost,127.0.0.1,[::1]
HTTPS=off
"""


def write_env(path: Path) -> bool:
    """Whether it was written: a file that is there already stays as it is."""
    try:
        # Readable by its owner alone from the moment it exists.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(TEXT.format(key=secrets.token_urlsafe(64)))
    return True


if __name__ == "__main__" and write_env(PATH):
    print(f"Wrote {PATH.name} with a secret key of its own.")
