"""What the pages of nearest roles and of stepping stones show, one line after the other."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessments.domain.charts import Span
from assessments.domain.evidence import Known
from assessments.domain.nearest import Between, Fit, Standings
from assessments.domain.profiles import Asked
from assessments.domain.readiness import points
from assessments.domain.stepping_stones import Gain
from assessments.figure_words import hour_words, percent, year_words
from assessments.models import Occupation, Outlook, Wage
from assessments.occupations import Catalogue, Entry
from assessments.report_pages import between, decimal


@dataclass(frozen=True)
class Prospects:
    """In words, each "" where the statistics say nothing. `describes`: whom they really count."""

    pay: str
    pay_period: str
    pay_describes: str
    growth: str
    growth_period: str
    growth_describes: str


@dataclass(frozen=True)
class Missing:
    """One target that stands between, in words."""

    name: str
    have: str
    need: str
    essential: bool


@dataclass(frozen=True)
class Tools:
    known: int
    of: int


@dataclass(frozen=True)
class Line:
    """One role. All figures out of 100, but for `standings`, which counts targets."""

    entry: Entry
    fit: Fit
    chart: Span
    standings: Standings
    missing: tuple[Missing, ...]
    prospects: Prospects
    tools: Tools | None

    @property
    def fit_words(self) -> str:
        return between(str(points(self.fit.fit_low)), str(points(self.fit.fit_high)))

    @property
    def covered(self) -> int:
        return points(self.fit.covered)

    @property
    def rated_targets(self) -> int:
        return self.targets - self.standings.unknown

    @property
    def targets(self) -> int:
        return len(self.fit.profile.asked)

    @property
    def use(self) -> int:
        return points(self.fit.use)

    @property
    def readiness_words(self) -> str:
        low, high = points(self.fit.readiness_low), points(self.fit.readiness_high)
        return between(str(low), str(high))


@dataclass(frozen=True)
class Weighed:
    """One line of the sum behind a fit, as one would write it."""

    name: str
    have: str
    need: str
    weight: int
    part: str
    product: str
    own: bool
    loose: bool


@dataclass(frozen=True)
class Use:
    """Levels of one element: the person's at either end, and of people `there`."""

    name: str
    low: int
    high: int
    there: int

    @property
    def had(self) -> int:
        return self.low + self.high

    @property
    def used(self) -> int:
        return min(self.low, self.there) + min(self.high, self.there)


def missing(one: Between, catalogue: Catalogue) -> Missing:
    return Missing(
        name=name_of(one.asked.element, catalogue),
        have=levels_in_words(one.known, catalogue),
        need=catalogue.word(one.asked.level),
        essential=one.asked.essential,
    )


def gain(one: Gain, catalogue: Catalogue) -> Missing:
    return Missing(
        name=name_of(one.asked.element, catalogue),
        have=catalogue.word(one.have),
        need=catalogue.word(one.asked.level),
        essential=one.asked.essential,
    )


def weighed(asked: Asked, known: Known, catalogue: Catalogue) -> Weighed:
    low = min(Fraction(1), Fraction(known.low, asked.need_at_most(catalogue.top)))
    high = min(Fraction(1), Fraction(known.high, asked.need_at_least()))
    return Weighed(
        name=name_of(asked.element, catalogue),
        have=levels_in_words(known, catalogue, with_numbers=True),
        need="" if asked.imprecise else f"{catalogue.word(asked.level)} ({asked.level})",
        weight=asked.weight,
        part=between(decimal(low), decimal(high)),
        product=between(decimal(asked.weight * low), decimal(asked.weight * high)),
        own=known.own,
        loose=known.loose,
    )


def name_of(code: str, catalogue: Catalogue) -> str:
    element = catalogue.elements.get(code)
    return element.name if element else code


def levels_in_words(known: Known, catalogue: Catalogue, *, with_numbers: bool = False) -> str:
    def word(level: int) -> str:
        return f"{catalogue.word(level)} ({level})" if with_numbers else catalogue.word(level)

    if known.low == known.high:
        return word(known.low)
    return _("%(low)s to %(high)s") % {"low": word(known.low), "high": word(known.high)}


def prospects(occupation: Occupation, pay_period: str) -> Prospects:
    """Of an occupation that came with its wage and its outlook."""
    wage, outlook = occupation.wage, occupation.outlook
    return Prospects(
        pay=pay_in_words(wage) if wage else "",
        pay_period=pay_period if wage else "",
        pay_describes=wage.title if wage and wage.title != occupation.title else "",
        growth=growth_in_words(outlook) if outlook else "",
        growth_period=f"{outlook.base_year}–{outlook.target_year}" if outlook else "",
        growth_describes=outlook.title if outlook and outlook.title != occupation.title else "",
    )


def pay_in_words(wage: Wage) -> str:
    """The median: a year's, or an hour's where no other is given; "" without either."""
    return year_words(wage, "median") or hour_words(wage, "median")


def growth_in_words(outlook: Outlook) -> str:
    return "" if outlook.growth is None else percent(outlook.growth)
