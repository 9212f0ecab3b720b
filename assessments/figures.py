"""The public statistics beside a role: what was imported, in words, each with its period.

They are today's figures, unlike all that a published version holds.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from assessments.domain.definition import Fact
from assessments.domain.pay_chart import nice_top
from assessments.figure_words import (
    Pay,
    Prospect,
    dollars,
    hour_words,
    pay_of,
    percent,
    prospect_of,
    year_words,
)
from assessments.models import Fact as FactRow
from assessments.models import Occupation, Outlook, Release, Role, RoleVersion, Wage

SOC = re.compile(r"\b(\d\d-\d{4})\b")


@dataclass(frozen=True)
class OfOccupation:
    """What was found for one O*NET-SOC code; `title` is O*NET's, "" without O*NET."""

    code: str
    title: str
    pay: Pay | None
    prospect: Prospect | None

    @property
    def soc(self) -> str:
        return self.code[:7]


@dataclass(frozen=True)
class Beside:
    """A figure that the published role gives, and the imported one of the same occupation."""

    label: str
    title: str
    code: str
    said: str
    said_period: str
    now: str
    now_period: str


@dataclass(frozen=True)
class Statistics:
    """`own` for a role that is an occupation of O*NET; `counterparts` for one that is near some.

    `wages` and `projections` are the periods of what was imported, "" where nothing was.
    `occupation` is the row that `own` is about, without its ratings; `releases` are the newest.
    """

    occupation: Occupation | None
    own: OfOccupation | None
    counterparts: tuple[OfOccupation, ...]
    beside: tuple[Beside, ...]
    wages: str
    projections: str
    attributions: "tuple[Attribution, ...]"
    releases: Mapping[str, Release]


@dataclass(frozen=True)
class Attribution:
    """What a source asks to be said where its data is shown: `words`, and addresses to link."""

    source: str
    words: str
    address: str
    address_name: str
    licence_address: str = ""


def statistics_of(version: RoleVersion) -> Statistics | None:
    """None where the role has nothing to do with any occupation of the statistics."""
    definition = version.definition
    codes = definition.occupations
    facts = [(fact, code) for fact in definition.facts if (code := _code_of(fact))]
    socs = {code[:7] for code in codes} | {code for _fact, code in facts}
    if not socs and version.role.origin == Role.Origin.CURATED:
        return None
    own_soc = Occupation.objects.filter(role=version.role_id).values("soc")
    occupations = list(
        Occupation.objects.filter(Q(role=version.role_id) | Q(withdrawn=False))
        .filter(Q(soc__in=socs) | Q(soc__in=own_soc))
        .select_related("wage", "outlook")
        .defer("ratings")
    )
    own = next((one for one in occupations if one.role_id == version.role_id), None)
    if own is None and not socs:
        return None
    found = _Found.of(occupations, socs | ({own.soc} if own else set()))
    others = [code for code in codes if own is None or code != own.code]
    of_counterparts = [found.of_occupation(code) for code in others]
    own_found = found.of_occupation(own.code) if own else None
    shown = [one for one in (own_found, *of_counterparts) if one]
    beside = [one for fact, code in facts if (one := found.beside(fact, code))]
    return Statistics(
        occupation=own,
        own=own_found,
        counterparts=tuple(one for one in of_counterparts if one.pay or one.prospect),
        beside=tuple(beside),
        wages=found.period(Release.Source.OEWS),
        projections=found.period(Release.Source.PROJECTIONS),
        attributions=attributions(
            onet=own is not None or any(one.title for one in of_counterparts),
            oews=any(one.pay for one in shown),
            projections=any(one.prospect for one in shown),
            releases=found.releases,
        ),
        releases=found.releases,
    )


def attributions(
    *,
    onet: bool = False,
    oews: bool = False,
    projections: bool = False,
    releases: Mapping[str, Release] | None = None,
) -> tuple[Attribution, ...]:
    """For the footer of a page that shows data of these sources, as far as they were imported."""
    wanted = {
        Release.Source.ONET: onet,
        Release.Source.OEWS: oews,
        Release.Source.PROJECTIONS: projections,
    }
    if not any(wanted.values()):
        return ()
    held = imported() if releases is None else releases
    return tuple(
        _attribution(held[source])
        for source, is_wanted in wanted.items()
        if is_wanted and source in held
    )


def imported() -> dict[str, Release]:
    return {release.source: release for release in Release.objects.all()}


def _attribution(release: Release) -> Attribution:
    if release.source == Release.Source.ONET:
        # The words that its licence asks for, so they are not rephrased.
        words = _(
            "This page includes information from the %(release)s Database by the U.S. Department "
            "of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY "
            "4.0 license. O*NET® is a trademark of USDOL/ETA. CareerPath has modified all or some "
            "of this information. USDOL/ETA has not approved, endorsed, or tested these "
            "modifications."
        )
        return Attribution(
            release.source,
            words % {"release": release.name},
            "https://www.onetcenter.org/database.html",
            "onetcenter.org",
            "https://creativecommons.org/licenses/by/4.0/",
        )
    if release.source == Release.Source.OEWS:
        words = _(
            "Pay and employment: U.S. Bureau of Labor Statistics, Occupational Employment and "
            "Wage Statistics, %(period)s."
        )
        address = "https://www.bls.gov/oes/"
    else:
        words = _(
            "Growth and openings: U.S. Bureau of Labor Statistics, Employment Projections, "
            "%(period)s."
        )
        address = "https://www.bls.gov/emp/"
    return Attribution(release.source, words % {"period": release.period}, address, "bls.gov")


# --- Rows into words ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    releases: Mapping[str, Release]
    wages: Mapping[str, Wage]
    outlooks: Mapping[str, Outlook]
    titles: Mapping[str, str]
    sharing: Mapping[str, int]
    top: Decimal

    @classmethod
    def of(cls, occupations: Sequence[Occupation], socs: set[str]) -> "_Found":
        """An occupation comes with the rows of its code; other codes are asked for."""
        sharing = Counter(one.soc for one in occupations)
        wages = {one.soc: one.wage for one in occupations if one.wage}
        outlooks = {one.soc: one.outlook for one in occupations if one.outlook}
        if others := socs - sharing.keys():
            wages |= {row.code: row for row in Wage.objects.filter(code__in=others)}
            outlooks |= {row.code: row for row in Outlook.objects.filter(code__in=others)}
        highest = [Decimal(row.annual_90 or row.annual_median or 0) for row in wages.values()]
        return cls(
            releases=imported(),
            wages=wages,
            outlooks=outlooks,
            titles={one.code: one.title for one in occupations},
            sharing=sharing,
            top=nice_top(highest),
        )

    def period(self, source: str) -> str:
        return self.releases[source].period if source in self.releases else ""

    def of_occupation(self, code: str) -> OfOccupation:
        soc = code[:7]
        wage, outlook = self.wages.get(soc), self.outlooks.get(soc)
        shared = self.sharing.get(soc, 0)
        return OfOccupation(
            code=code,
            title=self.titles.get(code, ""),
            pay=pay_of(wage, self.period(Release.Source.OEWS), shared, self.top) if wage else None,
            prospect=(
                prospect_of(outlook, self.period(Release.Source.PROJECTIONS), shared)
                if outlook
                else None
            ),
        )

    def beside(self, fact: Fact, code: str) -> Beside | None:
        """Only where both are the same kind of figure: a median, or growth."""
        value, wage, outlook = Decimal(fact.value), self.wages.get(code), self.outlooks.get(code)
        said = now = ""
        if fact.unit == FactRow.Unit.PERCENT and outlook and outlook.growth is not None:
            said, now = percent(value, with_sign=False), percent(outlook.growth, with_sign=False)
        elif fact.unit == FactRow.Unit.USD_PER_YEAR and wage:
            said = _("%(amount)s a year") % {"amount": dollars(value)}
            now = year_words(wage, "median")
        elif fact.unit == FactRow.Unit.USD_PER_HOUR and wage:
            said = _("%(amount)s an hour") % {"amount": dollars(value, 2)}
            now = hour_words(wage, "median")
        if not now:
            return None
        is_growth = fact.unit == FactRow.Unit.PERCENT
        row = outlook if is_growth else wage
        return Beside(
            label=fact.label,
            title=row.title if row else "",
            code=code,
            said=said,
            said_period=fact.source_date,
            now=now,
            now_period=self.period(
                Release.Source.PROJECTIONS if is_growth else Release.Source.OEWS
            ),
        )


def _code_of(fact: Fact) -> str:
    """Of the occupation that the fact says it describes; "" where it names none, or a range."""
    found = SOC.search(fact.occupation)
    return found[1] if found and fact.value_to is None else ""
