"""Reading calendar files back, by the letter of RFC 5545."""

import re

UNESCAPED = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n"}


def events(text):
    """The events of a file, each with its values by name. Refuses what the standard forbids."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    assert (whole[0], whole[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {"VERSION:2.0"} <= set(whole)
    found, current = [], None
    for line in whole:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            assert {"UID", "DTSTAMP"} <= set(current)
            found.append(current)
            current = None
        elif current is not None:
            assert name not in current
            current[name] = re.sub(r"\\[\\;,n]", lambda match: UNESCAPED[match[0]], value)
    return found
