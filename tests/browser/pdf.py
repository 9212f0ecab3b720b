"""As much of a PDF as Chromium writes and a test has to know: its pages and the words on each.

Text is drawn as numbers of glyphs; each font brings a table that says which letters they are.
"""

import re
import zlib

OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FONT_OR_TEXT = re.compile(rb"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")
NAMED = re.compile(rb"/(\w+) (\d+) 0 R")
LETTERS = re.compile(rb"beginbf(?:char|range)(.*?)endbf", re.DOTALL)
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
LINE = re.compile(rb"<(\w+)> <(\w+)>(?: <(\w+)>)?")


def pages(data):
    """The text of each page without its spaces, which a PDF has no need of."""
    objects = {int(number): body for number, body in OBJECT.findall(data)}
    root = next(body for body in objects.values() if b"/Type /Catalog" in body)
    return [text(objects, page) for page in leaves(objects, number(root, b"Pages"))]


def squashed(words):
    """Ligatures spelt out: in running text they are welcome."""
    return "".join(words.split()).translate(LIGATURES)


def leaves(objects, branch):
    kids = re.search(rb"/Kids \[(.*?)\]", objects[branch], re.DOTALL)
    if not kids:
        yield objects[branch]
        return
    for kid in re.findall(rb"(\d+) 0 R", kids.group(1)):
        yield from leaves(objects, int(kid))


def number(body, name):
    return int(re.search(rb"/" + name + rb" (\d+) 0 R", body).group(1))


def stream(objects, at):
    packed = STREAM.search(objects[at]).group(1)
    if b"/FlateDecode" not in objects[at]:
        return packed
    # A last byte of 13 looks like the end of the line, and is one of the checksum at most.
    return zlib.decompressobj().decompress(packed)


def text(objects, page):
    fonts = {
        name: letters(stream(objects, number(objects[int(at)], b"ToUnicode")))
        for name, at in NAMED.findall(page)
        if b"/ToUnicode" in objects[int(at)]
    }
    found, font = [], {}
    for name, drawn in FONT_OR_TEXT.findall(stream(objects, number(page, b"Contents"))):
        if name:
            font = fonts[name]
        glyphs = [int(drawn[place : place + 4], 16) for place in range(0, len(drawn), 4)]
        found += [font.get(glyph, "\N{REPLACEMENT CHARACTER}") for glyph in glyphs]
    return "".join("".join(found).split())


def letters(table):
    """Lines are "glyph, letters", or "first glyph, last glyph, first letter"."""
    found = {}
    for part in LETTERS.findall(table):
        for first, second, third in LINE.findall(part):
            start = bytes.fromhex((third or second).decode()).decode("utf-16-be")
            last = int(second, 16) if third else int(first, 16)
            for step in range(last - int(first, 16) + 1):
                found[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found
