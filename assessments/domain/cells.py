"""Texts in the cells of a table, so that no spreadsheet takes one for a formula.

`unguarded(guarded(text)) == text` for every text: what is exported comes back the same.
"""

import re

# What programs take for the start of a formula, also behind blanks, quotes or unseen characters,
# and also in its wide East Asian form.
FORMULA = re.compile(
    r"^[\s'\"`\x00-\x20\u00a0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫|%]"
    r"|^'*[\t\r\n\x00]"
)
MARK = "'"  # spreadsheets read it as "what follows is text"


def guarded(text: str) -> str:
    return MARK + text if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith(MARK) and FORMULA.match(text[1:]) else text


# XLSX writes what XML cannot hold as _x0000_, and the underscore of a text that looks like that.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# Halves of surrogate pairs stay as they are written: no text may hold one.
_WRITTEN = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


def xml_fit(text: str) -> str:
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def xml_unfit(text: str) -> str:
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)
