"""The tables of a release that say what its figures mean: scales, elements, anchors, zones."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.domain.onet import KNOWLEDGE, SKILLS, degree_of, natural, whole

from .onet_release import Bounds, Element, Zone
from .onet_tables import Reader, cut, shown

LEVEL, IMPORTANCE = "LV", "IM"
HIGHEST_LEVEL = 7  # what a scale of ours may have
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_ANCHOR, LONGEST_PASSAGE = 100, 500, 300, 2000
ANY = (Decimal(-1_000_000), Decimal(1_000_000))
# From release 30.3 on the skills are in two tables.
SKILL_TABLES = ("Skills", "Essential Skills", "Transferable Skills")
KNOWLEDGE_TABLES = ("Knowledge",)


def rated_tables(reader: Reader) -> dict[str, str]:
    """Which kind of element stands in which table."""
    tables = {}
    for kind, names in ((SKILLS, SKILL_TABLES), (KNOWLEDGE, KNOWLEDGE_TABLES)):
        there = [name for name in names if name in reader.files]
        if "Essential Skills" in there or "Transferable Skills" in there:
            there = list(names[1:])
        for name in there or names[:1]:
            if reader.first_of(name):
                tables[name] = kind
    return tables


def scales(reader: Reader) -> dict[str, Bounds]:
    name, found = "Scales Reference", {}
    columns = ("Scale ID", "Scale Name", "Minimum", "Maximum")
    for line, (scale, title, low, high) in reader.rows(name, *columns):
        least = reader.number(name, line, "Minimum", low, ANY)
        most = reader.number(name, line, "Maximum", high, ANY)
        if least is None or most is None:
            reader.required(name, line, "Minimum", low)
            reader.required(name, line, "Maximum", high)
        elif scale in found:
            reader.problems.add(name, line, _("This scale is there twice. Keep one of the two."))
        else:
            found[scale] = Bounds(title.strip(), least, most)
    if name in reader.files and not reader.problems.found:
        _check_scales(reader, name, found)
    return found


def _check_scales(reader: Reader, name: str, found: dict[str, Bounds]) -> None:
    for scale in (LEVEL, IMPORTANCE):
        if scale not in found:
            message = _("The scale %(scale)s is missing. Take the file as it was published.")
            reader.problems.add(name, None, message % {"scale": scale})
    level, importance = found.get(LEVEL), found.get(IMPORTANCE)
    if level and (level.low != 0 or not 1 <= level.high <= HIGHEST_LEVEL or level.high % 1):
        message = _(
            "The scale LV goes from %(low)s to %(high)s. This version of CareerPath reads levels "
            "from 0 to at most %(most)s; a newer one may read these."
        )
        values = {"low": level.low, "high": level.high, "most": HIGHEST_LEVEL}
        reader.problems.add(name, None, message % values)
    if importance and not importance.low == 1 <= importance.high == 5:
        message = _(
            "The scale IM goes from %(low)s to %(high)s. This version of CareerPath reads "
            "importance from 1 to 5; a newer one may read this."
        )
        values = {"low": importance.low, "high": importance.high}
        reader.problems.add(name, None, message % values)


def names_of_elements(reader: Reader) -> dict[str, tuple[str, str]]:
    """Name and description by element id."""
    name = "Content Model Reference"
    found: dict[str, tuple[str, str]] = {}
    lines: dict[str, int] = {}
    columns = ("Element ID", "Element Name", "Description")
    for line, (element, title, description) in reader.rows(name, *columns):
        if element in found:
            reader.repeated(name, line, lines[element], shown(element))
            continue
        found[element] = (
            cut(reader.required(name, line, "Element Name", title), LONGEST_NAME),
            cut(description.strip(), LONGEST_DESCRIPTION),
        )
        lines[element] = line
    return found


def anchors(reader: Reader, level: Bounds) -> dict[str, tuple[tuple[int, str], ...]]:
    """By element: what goes with which level. Of two that round to one level the first stays."""
    name = "Level Scale Anchors"
    found: dict[str, dict[int, str]] = defaultdict(dict)
    columns = ("Element ID", "Scale ID", "Anchor Value", "Anchor Description")
    for line, (element, scale, value, text) in reader.rows(name, *columns):
        if scale != LEVEL:
            continue
        at = reader.number(name, line, "Anchor Value", value, (level.low, level.high))
        text = reader.required(name, line, "Anchor Description", text)
        if at is None:
            reader.required(name, line, "Anchor Value", value)
            continue
        taken = found[element].setdefault(whole(at), cut(text, LONGEST_ANCHOR))
        if taken != cut(text, LONGEST_ANCHOR):
            message = _("%(file)s:%(line)s: %(element)s has an anchor at level %(level)s already.")
            values = {"file": f"{name}.txt", "line": line, "element": element, "level": whole(at)}
            reader.notes.append(message % values)
    return {element: tuple(sorted(texts.items())) for element, texts in found.items()}


def elements(
    rated: dict[str, str],
    names: dict[str, tuple[str, str]],
    anchored: dict[str, tuple[tuple[int, str], ...]],
) -> dict[str, Element]:
    """Those that some occupation is rated on (`rated`: kind by id), in natural order."""
    return {
        one: Element(one, *names[one], rated[one], anchored.get(one, ()))
        for one in sorted(rated, key=natural)
    }


def zones(reader: Reader) -> dict[int, Zone]:
    name, found = "Job Zone Reference", {}
    columns = ("Job Zone", "Name", "Experience", "Education", "Job Training")
    for line, (number, *cells, preparation) in reader.rows(name, *columns, optional=("SVP Range",)):
        zone = reader.number(name, line, "Job Zone", number, (Decimal(1), Decimal(9)))
        if zone is None or zone % 1:
            reader.required(name, line, "Job Zone", "")
            continue
        if int(zone) in found:
            reader.problems.add(name, line, _("This zone is there twice. Keep one of the two."))
        title, experience, education, training = (
            cut(cell.strip(), LONGEST_PASSAGE) for cell in cells
        )
        found[int(zone)] = Zone(
            int(zone), title, experience, education, training, preparation.strip()
        )
    return found


def education_categories(reader: Reader, scales: dict[str, Bounds]) -> dict[tuple[str, int], str]:
    """What each category of the answers about education is called, by scale and number."""
    name = reader.first_of("Education, Training, and Experience Categories", "Education Categories")
    found: dict[tuple[str, int], str] = {}
    if name is None:
        return found
    columns = ("Scale ID", "Category", "Category Description")
    for line, (scale, category, text) in reader.rows(name, *columns):
        if not is_education(scale, scales):
            continue
        number = reader.number(name, line, "Category", category, (Decimal(0), Decimal(99)))
        if number is None or number % 1:
            reader.required(name, line, "Category", "")
            continue
        found[scale, int(number)] = reader.required(name, line, "Category Description", text)
        if degree_of(text) is None:
            message = _(
                "%(file)s:%(line)s: %(text)s is a category we do not know. Where it is the "
                "typical answer, no typical education is given."
            )
            values = {"file": f"{name}.txt", "line": line, "text": shown(text)}
            reader.notes.append(message % values)
    return found


def is_education(scale: str, scales: dict[str, Bounds]) -> bool:
    """Training and experience are answered in the same table, on scales of their own."""
    return scale in scales and "education" in scales[scale].name.casefold()
