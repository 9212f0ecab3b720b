"""Which characters a text may hold: none that steers a screen, a file or the reader's eye.

Forms, role files and sheets ask the same question, so that what one of them takes, the others
take too.
"""

import unicodedata
from collections.abc import Container

# They reorder what stands beside them: a sentence could be shown as another than is stored.
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED = ("Cc", "Cs", "Co", "Cn")  # control, half a pair, private, none at all


def is_control(char: str) -> bool:
    return unicodedata.category(char) in _REFUSED


def first_unwanted(text: str, *, allowed: Container[str] = "", direction: bool = False) -> str:
    """The first character that does not belong in a text; "" when all do.

    `allowed` are controls that do, such as a line break; `direction` lets those characters pass.
    """
    for char in text:
        if char in allowed or (direction and char in DIRECTION):
            continue
        if is_control(char) or char in DIRECTION:
            return char
    return ""


def name_of(char: str) -> str:
    """U+202E RIGHT-TO-LEFT OVERRIDE"""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
