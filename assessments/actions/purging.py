"""What is forgotten on its day. Each line: what to call it, and what deletes it."""

from collections.abc import Callable, Iterator

from . import mail, newsletter

PURGES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("Mail, 30 days after it was sent", mail.purge),
    ("Newsletter addresses never confirmed", newsletter.purge),
)


def purge() -> Iterator[tuple[str, int]]:
    for name, delete in PURGES:
        yield name, delete()
