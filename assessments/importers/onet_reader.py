"""A whole release, read table by table."""

from pathlib import Path

from django.utils.translation import gettext as _

from . import onet_occupations as of_occupations
from . import onet_reference as reference
from .onet_archive import OnetFiles, opened
from .onet_release import Found, OnetRelease, edition
from .onet_tables import OnRead, Problem, Problems, Reader, Refused
from .sheets import Unreadable


def read_release(path: Path, *, on_read: OnRead = lambda name, size: None) -> OnetRelease:
    """Raises Refused, with everything that was found wrong."""
    problems = Problems()
    try:
        with opened(path) as files:
            return _read(files, Reader(files, problems, on_read))
    except Unreadable as unreadable:
        found = (*problems.found, Problem(path.name, str(unreadable)))
        raise Refused(tuple(found)) from None


def _read(files: OnetFiles, reader: Reader) -> OnetRelease:
    problems = reader.problems
    name, period = edition(files, problems)
    scales = reference.scales(reader)
    names = reference.names_of_elements(reader)
    tables = reference.rated_tables(reader)
    codes = of_occupations.described(reader)
    # What follows is checked against these.
    problems.refuse()
    level, importance = scales[reference.LEVEL], scales[reference.IMPORTANCE]
    anchored = reference.anchors(reader, level)
    zones = reference.zones(reader)
    categories = reference.education_categories(reader, scales)
    ratings, kinds = of_occupations.ratings(reader, tables, codes, names, scales)
    zone_of = of_occupations.zone_of(reader, codes, set(zones))
    shares = of_occupations.shares(reader, codes, categories, scales)
    tasks = of_occupations.tasks(reader, codes)
    technologies = of_occupations.technologies(reader, codes)
    titles = of_occupations.titles(reader, codes)
    related = of_occupations.related(reader, codes)
    problems.refuse()
    elements = reference.elements(kinds, names, anchored)
    for element in elements.values():
        if not element.anchors:
            message = _("%(name)s (%(id)s) has no anchor at any level.")
            reader.notes.append(message % {"name": element.name, "id": element.id})
    return OnetRelease(
        name=name,
        period=period,
        level=level,
        importance=importance,
        elements=elements,
        zones=zones,
        occupations={
            code: Found(
                code=code,
                title=one.title,
                description=one.description,
                zone=zone_of.get(code),
                tasks=tasks.get(code, ()),
                ratings=ratings.get(code, ()),
                shares=shares.get(code, ()),
                technologies=technologies.get(code, ()),
                titles=titles.get(code, ()),
                related=related.get(code, ()),
            )
            for code, one in codes.items()
        },
        not_joined=reader.not_joined(),
        notes=tuple(reader.notes),
        sha256=files.sha256,
    )
