"""Rules for passwords: Django's own, with errors that say what to do."""

import re
import string
from collections.abc import Iterator
from hashlib import sha1
from io import SEEK_END
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import password_validation as django_rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Words of this site and of its first role, which come to mind when one signs up here.
OURS = {
    "career",
    "careerpath",
    "engineer",
    "machinelearning",
    "machinelearningengineer",
    "skillgap",
}
AROUND = string.digits + string.punctuation + string.whitespace
LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
REPEATED = re.compile(r"(.+?)\1+", re.DOTALL)
TOO_LONG = 100  # to be anything of many people, and slow to look through
SHORT = 4  # what is repeated, in characters: whatever it is, it is tried early
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789" * 3,
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
)
LONGEST = max(map(len, ROWS))
RUN = 3
MOST_RUNS = 4


class LongEnough(django_rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "Use at least %d character",
            "Use at least %d characters",
            self.min_length,
        ) % (self.min_length)


class NotCommon(django_rules.CommonPasswordValidator):
    """Of the 20,000 that Django knows, 190 are as long as ours must be. What people make of the
    others to get there is refused as well: more digits and signs around it, itself once more,
    signs for letters; and walks over the keyboard.
    """

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.strip().casefold()
        known = any(one in self.passwords or one in OURS for one in cores(plain))
        if known or is_short_and_repeated(plain) or is_walk(plain):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return _("Choose another password: many people use this one, so it is tried first")


def cores(plain: str) -> Iterator[str]:
    """What is left of a password without what is easily added."""
    if bare := plain.rstrip(AROUND):
        for end in range(len(bare), len(plain))[:LONGEST]:
            yield plain[:end]  # with digits of its own, and more of them after it
    for one in (plain, plain.translate(LOOKS_LIKE), plain.strip(AROUND)):
        for bare in (one, one.strip(AROUND), one.strip(AROUND).translate(LOOKS_LIKE)):
            joined = re.sub(r"[\W_]+", "", bare)
            for core in (bare, joined):
                yield core
                if len(core) < TOO_LONG and (repeated := REPEATED.fullmatch(core)):
                    yield repeated[1]


def is_short_and_repeated(plain: str) -> bool:
    repeated = REPEATED.fullmatch(plain)
    return repeated is not None and len(repeated[1]) <= SHORT


def is_walk(plain: str) -> bool:
    """Nothing but a few runs along the alphabet, the digits or the keyboard, in either way."""
    found, place = 0, 0
    while place < len(plain) and found < MOST_RUNS:
        length = next(
            (
                size
                for size in range(min(len(plain) - place, LONGEST), RUN - 1, -1)
                if any(is_run(plain[place : place + size], row) for row in ROWS)
            ),
            0,
        )
        if not length:
            return False
        found, place = found + 1, place + length
    return place == len(plain)


def is_run(part: str, row: str) -> bool:
    return part in row or part[::-1] in row


class NotBreached:
    """None of those that were found in breaches, where settings.BREACHED_PASSWORDS names a file
    of them: 40 digits of SHA-1 at the start of each line, in their order. It may be of any size.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if not settings.BREACHED_PASSWORDS:
            return
        digest = sha1(password.encode(), usedforsecurity=False).hexdigest()
        if is_listed(Path(settings.BREACHED_PASSWORDS), digest.upper().encode()):
            raise ValidationError(
                _("Choose another password: this one is known from a breach of another site"),
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return ""


def is_listed(path: Path, digest: bytes) -> bool:
    """Halves the file until one line is left: some 40 looks into one of many gigabytes."""
    with path.open("rb") as file:
        low, high = 0, file.seek(0, SEEK_END)  # `low` is where a line begins
        while low < high:
            middle = (low + high) // 2
            if middle > low:
                file.seek(middle - 1)
                file.readline()  # the rest of a line, or no more than its end
            else:
                file.seek(low)
            start = file.tell()
            found = file.readline()[: len(digest)].upper()
            if start >= high or found > digest:
                high = middle
            elif found == digest:
                return True
            else:
                low = file.tell()
    return False


class UnlikeAddress(django_rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Choose a password that is less like your e-mail address")
