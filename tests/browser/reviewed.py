"""What axe could not decide by itself and a person has: each with the reason why it is right."""

import re

# (rule, where, as a regular expression on selector and markup, why)
REVIEWED = [
    (
        "color-contrast(-enhanced)?",
        "",
        "Cells cut by the edge of a table that scrolls, letters in a chart, words beside a drawing:"
        " `textContrast` of looks.js works out each from plain colours, and says what is too pale."
        " In the editing area these are links beside an icon: Django's own pairs, 4.5:1 or more.",
    ),
    (
        "th-has-data-cells",
        "table",
        "The list of models beside each page of the editing area is a table of Django's with a"
        " header for each row; where one may not add, its second cell is empty.",
    ),
]


def unlooked_at(unsure, _page=None):
    return [
        f"needs review: {rule} at {where}: {markup}"
        for rule, where, markup in unsure
        if not any(
            re.fullmatch(name, rule) and re.search(place, f"{where} {markup}")
            for name, place, _why in REVIEWED
        )
    ]
