"""The tables of a release that have rows for each occupation."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments.domain.onet import Rating, Share, natural, short

from .onet_archive import ENDING
from .onet_reference import IMPORTANCE, LEVEL, is_education
from .onet_release import Bounds, Technology
from .onet_tables import MISSING, Reader, cut, shown

CODE = "O*NET-SOC Code"
LONGEST_TITLE, LONGEST_NAME, LONGEST_OTHER_TITLE, LONGEST_TIER = 200, 200, 250, 40
MOST_TASKS = 30
TASK_TYPES = ("Core", "Supplemental")  # in the order of the page; all others after them
RELATED = ("Related Occupations", "Career Changers Matrix")
PER_CENT = (Decimal(0), Decimal(100))


class Described(NamedTuple):
    title: str
    description: str


def described(reader: Reader) -> dict[str, Described]:
    """Title and description by code, in the order of the codes."""
    name = "Occupation Data"
    found: dict[str, Described] = {}
    lines: dict[str, int] = {}
    for line, (code, title, description) in reader.rows(name, CODE, "Title", "Description"):
        if not reader.code(name, line, code):
            continue
        if code in found:
            reader.repeated(name, line, lines[code], code)
            continue
        found[code] = Described(
            cut(reader.required(name, line, "Title", title), LONGEST_TITLE),
            reader.required(name, line, "Description", description),
        )
        lines[code] = line
    if not found and name in reader.files and not reader.problems.found:
        reader.problems.add(name, None, _("There is no occupation in it. Take it as published."))
    return dict(sorted(found.items()))


class _Figures:
    """What the rows of one element in one occupation said so far."""

    __slots__ = ("importance", "imprecise", "imprecise_importance", "level", "lines", "relevant")

    def __init__(self) -> None:
        self.importance: Decimal | None = None
        self.level: Decimal | None = None
        self.imprecise = self.imprecise_importance = False
        self.relevant = True
        self.lines: dict[str, int] = {}


def ratings(
    reader: Reader,
    tables: dict[str, str],
    codes: dict[str, Described],
    names: dict[str, tuple[str, str]],
    scales: dict[str, Bounds],
) -> tuple[dict[str, tuple[Rating, ...]], dict[str, str]]:
    """By code, in natural order of the elements; and which kind each element is of."""
    found: dict[str, dict[str, _Figures]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for table, kind in tables.items():
        for line, code, element, scale, cells in _rated_rows(reader, table, codes, scales):
            if element not in names:
                message = _("The element %(element)s is not in Content Model Reference.txt.")
                reader.problems.add(table, line, message % {"element": shown(element)})
                continue
            if kinds.setdefault(element, kind) != kind:
                message = _("The element %(element)s is among the skills and the knowledge.")
                reader.problems.add(table, line, message % {"element": element})
            figures = found[code].setdefault(element, _Figures())
            if scale in figures.lines:
                what = f"{code} {element} {scale}"
                reader.repeated(table, line, figures.lines[scale], what)
                continue
            figures.lines[scale] = line
            _take(reader, table, line, figures, scale, cells, scales[scale])
    made = {code: tuple(_rated(of)) for code, of in found.items()}
    return {code: of for code, of in made.items() if of}, kinds


def _rated_rows(
    reader: Reader, table: str, codes: dict[str, Described], scales: dict[str, Bounds]
) -> Iterator[tuple[int, str, str, str, list[str]]]:
    columns = (CODE, "Element ID", "Scale ID", "Data Value", "Recommend Suppress")
    rows = reader.rows(table, *columns, optional=("Not Relevant",))
    for line, (code, element, scale, *cells) in rows:
        if scale not in (LEVEL, IMPORTANCE):
            if scale not in scales:
                message = _("The scale %(scale)s is not in Scales Reference.txt.")
                reader.problems.add(table, line, message % {"scale": shown(scale)})
        elif _is_known(reader, table, line, code, codes):
            yield line, code, element, scale, cells


def _take(
    reader: Reader,
    table: str,
    line: int,
    figures: _Figures,
    scale: str,
    cells: list[str],
    bounds: Bounds,
) -> None:
    value, suppress, not_relevant = cells
    number = reader.number(table, line, "Data Value", value, (bounds.low, bounds.high))
    suppressed = reader.flag(table, line, "Recommend Suppress", suppress)
    if scale == IMPORTANCE:
        figures.importance, figures.imprecise_importance = number, suppressed
    else:
        figures.level, figures.imprecise = number, suppressed
        figures.relevant = not reader.flag(table, line, "Not Relevant", not_relevant)


def _rated(figures: dict[str, _Figures]) -> Iterator[Rating]:
    for element in sorted(figures, key=natural):
        one = figures[element]
        if one.importance is not None:
            yield Rating(
                element,
                one.importance,
                one.level,
                one.imprecise,
                one.relevant,
                one.imprecise_importance,
            )


def shares(
    reader: Reader,
    codes: dict[str, Described],
    categories: dict[tuple[str, int], str],
    scales: dict[str, Bounds],
) -> dict[str, tuple[Share, ...]]:
    """Of the answers about education. Two questionnaires in one release: the later one counts."""
    name = reader.first_of("Education, Training, and Experience", "Education")
    if name is None:
        return {}
    found: dict[str, dict[tuple[str, str], dict[int, Share]]] = defaultdict(dict)
    columns = (CODE, "Scale ID", "Category", "Data Value", "Recommend Suppress", "Date")
    for line, (code, scale, category, value, suppress, date) in reader.rows(name, *columns):
        if not is_education(scale, scales) or not _is_known(reader, name, line, code, codes):
            continue
        number = reader.number(name, line, "Category", category, (Decimal(0), Decimal(99)))
        if number is None or (scale, int(number)) not in categories:
            message = _("The category %(category)s is not in the table of the categories.")
            reader.problems.add(name, line, message % {"category": shown(category)})
            continue
        percent = reader.number(name, line, "Data Value", value, PER_CENT)
        suppressed = reader.flag(name, line, "Recommend Suppress", suppress)
        answers = found[code].setdefault((date[3:] + date[:2], scale), {})
        if int(number) in answers:
            message = _("%(code)s has this category already. Keep one of the two rows.")
            reader.problems.add(name, line, message % {"code": code})
        text = short(categories[scale, int(number)])
        kept = None if suppressed else percent
        answers[int(number)] = Share(int(number), text, kept, suppressed)
    return {code: _latest(of) for code, of in found.items()}


def _latest(answers: dict[tuple[str, str], dict[int, Share]]) -> tuple[Share, ...]:
    return tuple(share for _, share in sorted(answers[max(answers)].items()))


def zone_of(reader: Reader, codes: dict[str, Described], zones: set[int]) -> dict[str, int]:
    name = "Job Zones"
    found: dict[str, int] = {}
    lines: dict[str, int] = {}
    for line, (code, number) in reader.rows(name, CODE, "Job Zone"):
        if not _is_known(reader, name, line, code, codes):
            continue
        zone = reader.number(name, line, "Job Zone", number, (Decimal(1), Decimal(9)))
        if code in found:
            reader.repeated(name, line, lines[code], code)
        elif zone is not None and zone not in zones:
            message = _("The job zone %(zone)s is not in Job Zone Reference.txt.")
            reader.problems.add(name, line, message % {"zone": zone})
        elif zone is not None:
            found[code], lines[code] = int(zone), line
    return found


def tasks(reader: Reader, codes: dict[str, Described]) -> dict[str, tuple[str, ...]]:
    """The first of them, core ones before supplemental ones."""
    name = "Task Statements"
    lines: dict[tuple[str, str], int] = {}
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for line, (code, task, text, kind) in reader.rows(name, CODE, "Task ID", "Task", "Task Type"):
        if not _is_known(reader, name, line, code, codes):
            continue
        if (code, task) in lines:
            reader.repeated(name, line, lines[code, task], f"{code} {task}")
            continue
        lines[code, task] = line
        rank = TASK_TYPES.index(kind) if kind in TASK_TYPES else len(TASK_TYPES)
        found[code].append((rank, line, reader.required(name, line, "Task", text)))
    return {
        code: tuple(text for _rank, _line, text in sorted(of)[:MOST_TASKS])
        for code, of in found.items()
    }


def technologies(reader: Reader, codes: dict[str, Described]) -> dict[str, tuple[Technology, ...]]:
    """Each once for an occupation and kind, in the order of the names."""
    name = reader.first_of("Technology Skills", "Software Skills")
    if name is None:
        return {}
    columns = ("Example", "Commodity Title")
    if name == "Software Skills":
        columns = ("Workplace Example", "Element Name")
    found: dict[str, dict[tuple[str, str], Technology]] = defaultdict(dict)
    rows = reader.rows(name, CODE, *columns, optional=("Hot Technology", "In Demand"))
    for line, (code, example, kind, hot, in_demand) in rows:
        if not _is_known(reader, name, line, code, codes):
            continue
        key = (
            cut(reader.required(name, line, columns[0], example), LONGEST_NAME),
            cut(reader.required(name, line, columns[1], kind), LONGEST_NAME),
        )
        earlier = found[code].get(key)
        found[code][key] = Technology(
            *key,
            reader.flag(name, line, "Hot Technology", hot) or bool(earlier and earlier.hot),
            reader.flag(name, line, "In Demand", in_demand) or bool(earlier and earlier.in_demand),
        )
    return {code: tuple(of[key] for key in sorted(of)) for code, of in found.items()}


def titles(reader: Reader, codes: dict[str, Described]) -> dict[str, tuple[str, ...]]:
    """Other titles, each once for an occupation."""
    name = reader.first_of("Alternate Titles", "Job Titles")
    if name is None:
        return {}
    column = "Job Title" if name == "Job Titles" else "Alternate Title"
    found: dict[str, set[str]] = defaultdict(set)
    for line, (code, title) in reader.rows(name, CODE, column):
        if _is_known(reader, name, line, code, codes) and title.strip() not in MISSING:
            found[code].add(cut(title.strip(), LONGEST_OTHER_TITLE))
    return {code: tuple(sorted(of)) for code, of in found.items()}


def related(reader: Reader, codes: dict[str, Described]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Code and tier of each, the most related first. Some years' releases have no such table."""
    name = next((one for one in RELATED if one in reader.files), None)
    if name is None:
        message = _(
            "%(file)s is missing, so no occupation has related ones. Releases of some years are "
            "like that; any other is incomplete: then download it once more."
        )
        reader.notes.append(message % {"file": RELATED[0] + ENDING})
        return {}
    found: dict[str, dict[str, tuple[Decimal, int, str]]] = defaultdict(dict)
    columns = (CODE, "Related O*NET-SOC Code", "Index")
    rows = reader.rows(name, *columns, optional=("Relatedness Tier",))
    for line, (code, to, index, tier) in rows:
        if not _is_known(reader, name, line, code, codes):
            continue
        if not _is_known(reader, name, line, to, codes):
            continue
        place = reader.number(name, line, "Index", index, (Decimal(0), Decimal(10_000)))
        if to in found[code]:
            reader.repeated(name, line, found[code][to][1], f"{code} {to}")
        elif to != code:
            found[code][to] = (place or Decimal(0), line, cut(tier.strip(), LONGEST_TIER))
    return {
        code: tuple((to, of[to][2]) for to in sorted(of, key=lambda to: of[to][:2]))
        for code, of in ((code, dict(of)) for code, of in found.items())
    }


def _is_known(reader: Reader, name: str, line: int, code: str, codes: dict[str, Described]) -> bool:
    if code in codes:
        return True
    if reader.code(name, line, code):
        reader.unknown(name, line, code)
    return False
