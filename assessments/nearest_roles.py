"""Which roles somebody's answers come nearest to: reads that combine answers and occupations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet

from assessments import bearings, occupations
from assessments.bearings import Mine
from assessments.domain import answers as said
from assessments.domain.charts import Span
from assessments.domain.nearest import Fit, Nearest, Roles, between, nearest, standings
from assessments.domain.readiness import points
from assessments.figures import Attribution, attributions
from assessments.models import Answer, Assessment, Occupation, Release, Technology
from assessments.nearest_pages import (
    Line,
    Tools,
    Use,
    Weighed,
    missing,
    name_of,
    prospects,
    weighed,
)
from assessments.occupations import Catalogue, Editions
from assessments.report_pages import decimal

ON_A_REPORT = 5


@dataclass(frozen=True)
class Found:
    """Every role in order, from one set of answers. `editions` are those it was worked out by."""

    editions: Editions
    catalogue: Catalogue
    mine: Mine
    nearest: Nearest

    @property
    def release(self) -> Release:
        return self.editions[Release.Source.ONET]

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        return attributions_of(self.editions)

    @property
    def zones(self) -> list[int]:
        """The job zones that occur among what is ranked."""
        found = {self.catalogue.entries[one.profile.code].job_zone for one in self.nearest.ranked}
        return sorted(zone for zone in found if zone)

    def ranked_in(self, zone: int | None) -> Sequence[Fit]:
        if zone is None:
            return self.nearest.ranked
        entries = self.catalogue.entries
        return [one for one in self.nearest.ranked if entries[one.profile.code].job_zone == zone]


@dataclass(frozen=True)
class OnReport:
    found: Found
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Working:
    """The sum behind one line of the table."""

    line: Line
    rows: tuple[Weighed, ...]
    uses: tuple[Use, ...]
    unknown: tuple[str, ...]

    @property
    def low_sum(self) -> str:
        return decimal(Fraction(self.line.fit.low, self.line.fit.unit))

    @property
    def high_sum(self) -> str:
        return decimal(Fraction(self.line.fit.high, self.line.fit.unit))


def found_for(rows: QuerySet[Answer], editions: Editions) -> Found | None:
    """By the newest answers to every skill; None before any occupation is imported."""
    catalogue = occupations.catalogue(editions)
    return _found(editions, catalogue, bearings.newest(rows)) if catalogue else None


def on_report(assessment: Assessment) -> OnReport | None:
    """By the answers of this one assessment, and by today's release."""
    editions = occupations.editions()
    catalogue = occupations.catalogue(editions)
    if catalogue is None:
        return None
    found = _found(editions, catalogue, bearings.given_in(assessment))
    return OnReport(found, tuple(lines(found, found.nearest.ranked[:ON_A_REPORT])))


def lines(found: Found, fits: Sequence[Fit]) -> list[Line]:
    """In two queries, however many: call it with a page of them."""
    codes = [one.profile.code for one in fits]
    rows = occupations_by_code(codes)
    tools = _tools(found.mine, codes)
    return [
        _line(found, one, rows[one.profile.code], tools.get(one.profile.code))
        for one in fits
        if one.profile.code in rows
    ]


def working(found: Found, slug: str) -> Working | None:
    """None where nothing of this role can be compared."""
    catalogue, known = found.catalogue, found.mine.known
    entry = catalogue.by_slug.get(slug)
    if entry is None or not catalogue.is_comparable(entry.code):
        return None
    (fit,) = Roles([catalogue.roles.by_code[entry.code]], catalogue.top).fits(known)
    if not fit.covered_weight:
        return None
    (line,) = lines(found, [fit])
    return Working(
        line=line,
        rows=tuple(
            weighed(one, known[one.element], catalogue)
            for one in fit.profile.asked
            if one.element in known
        ),
        uses=tuple(
            Use(name_of(element, catalogue), one.low, one.high, fit.profile.levels[element])
            for element, one in sorted(known.items())
            if element in fit.profile.levels
        ),
        unknown=tuple(
            name_of(one.element, catalogue) for one in fit.profile.asked if one.element not in known
        ),
    )


def occupations_by_code(codes: Sequence[str]) -> Mapping[str, Occupation]:
    rows = Occupation.objects.filter(code__in=list(codes)).defer("ratings", "education_shares")
    return {one.code: one for one in rows.select_related("wage", "outlook")}


def attributions_of(known: Editions) -> tuple[Attribution, ...]:
    return attributions(onet=True, oews=True, projections=True, releases=known)


def pay_period(editions: Editions) -> str:
    release = editions.get(Release.Source.OEWS)
    return release.period if release else ""


def _found(editions: Editions, catalogue: Catalogue, given: Mapping[str, said.Answer]) -> Found:
    mine = bearings.mine(given, catalogue.top)
    return Found(editions, catalogue, mine, nearest(catalogue.roles, mine.known))


def _line(found: Found, fit: Fit, row: Occupation, tools: Tools | None) -> Line:
    known, catalogue = found.mine.known, found.catalogue
    return Line(
        entry=catalogue.entries[row.code],
        fit=fit,
        chart=Span(points(fit.fit_low), points(fit.fit_high)),
        standings=standings(fit.profile, known, catalogue.top),
        missing=tuple(missing(one, catalogue) for one in between(fit.profile, known)),
        prospects=prospects(row, pay_period(found.editions)),
        tools=tools,
    )


def _tools(mine: Mine, codes: Sequence[str]) -> Mapping[str, Tools]:
    """How many of the technologies in demand in each occupation the person knows."""
    if not mine.technologies:
        return {}
    rows = Technology.objects.filter(occupation__code__in=list(codes), in_demand=True)
    names: dict[str, set[str]] = {}
    for code, name in rows.values_list("occupation__code", "name"):
        names.setdefault(code, set()).add(name.lower())
    return {
        code: Tools(len(mine.technologies & wanted), len(wanted))
        for code, wanted in names.items()
        if mine.technologies & wanted
    }
