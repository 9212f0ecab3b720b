"""Words as a search compares them: small letters, no accents, without most of their endings."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 60
# Names that would fall apart into letters and marks.
_SPELLED = (
    ("+", re.compile(r"\bc\+\+"), " cplusplus "),
    ("#", re.compile(r"\bc#"), " csharp "),
    ("#", re.compile(r"\bf#"), " fsharp "),
    (".", re.compile(r"\.net\b"), " dotnet "),
    ("'", re.compile("'"), ""),
    ("’", re.compile("’"), ""),
)
_WORD = re.compile(r"[^\W_]+")
# Left out of a question, because nearly every text has them. "It" is a trade.
SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)


def words(text: str) -> list[str]:
    """In their order, repeated where the text repeats them: "C++, R&D" is cplusplus, r, d."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    for mark, pattern, spelled in _SPELLED:
        if mark in plain:
            plain = pattern.sub(spelled, plain)
    return [word[:LONGEST] for word in _WORD.findall(plain)]


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """Equal for engineer, engineers and engineering. Not meant to be read."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending) + instead
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            word = word[:-1]
    for ending in ("ing", "er", "e"):
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            word = word.removesuffix(ending)
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


def key(text: str) -> str:
    """Equal for titles that mean the same to a search: "Data Scientists" and "data scientist"."""
    return " ".join(stem(word) for word in words(text))


def asked_words(text: str) -> list[str]:
    """What somebody looks for, each word once; the small ones only if there are no others."""
    found = list(dict.fromkeys(words(text)))
    return [word for word in found if word not in SMALL] or found


def index_text(text: str) -> str:
    """The words, each followed by its stem where that differs: both can be looked for."""
    parts: list[str] = []
    for word in words(text):
        parts.append(word)
        if (short := stem(word)) != word:
            parts.append(short)
    return " ".join(parts)
