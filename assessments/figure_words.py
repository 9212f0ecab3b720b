"""Wages and projections in words and as a drawing."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from assessments.domain.pay_chart import PayChart, nice_top, pay_chart
from assessments.models import Outlook, Wage

PERCENTILES = ("10", "25", "median", "75", "90")


@dataclass(frozen=True)
class PayLine:
    """One row of the table beside the drawing."""

    label: str
    year: str
    hour: str


@dataclass(frozen=True)
class Pay:
    """`shared`: how many occupations of O*NET have this same figure."""

    code: str
    title: str
    period: str
    shared: int
    median: str
    lines: tuple[PayLine, ...]
    employment: str
    chart: PayChart | None
    chart_top: str
    chart_words: str
    is_hourly_only: bool
    is_annual_only: bool


@dataclass(frozen=True)
class Prospect:
    code: str
    title: str
    period: str
    shared: int
    base_year: int
    target_year: int
    growth: str
    openings: str
    employment_then: str
    employment_later: str
    education: str
    experience: str
    training: str


def pay_of(wage: Wage, period: str, shared: int, top: Decimal) -> Pay:
    """`top` of the drawing, in dollars a year: the same for all that stand together."""
    years, hours = _published(wage, "annual"), _published(wage, "hourly")
    by_hour = bool(hours and not years)
    scale = "hourly" if by_hour else "annual"
    chart_top = nice_top(list(hours.values())) if by_hour else top
    words = hour_words if by_hour else year_words
    return Pay(
        code=wage.code,
        title=wage.title,
        period=period,
        shared=shared,
        median=words(wage, "median"),
        lines=tuple(
            PayLine(label, _cell(wage, f"annual_{name}"), _cell(wage, f"hourly_{name}"))
            for name, label in _labels()
        ),
        employment="" if wage.employment is None else amount(Decimal(wage.employment)),
        chart=_chart(wage, scale, hours if by_hour else years, chart_top),
        chart_top=dollars(chart_top),
        chart_words=_("from %(low)s to %(high)s, with %(median)s in the middle")
        % {"low": words(wage, "10"), "high": words(wage, "90"), "median": words(wage, "median")},
        is_hourly_only=by_hour,
        is_annual_only=bool(years and not hours),
    )


def _published(wage: Wage, scale: str) -> dict[str, Decimal]:
    values = {name: getattr(wage, f"{scale}_{name}") for name in PERCENTILES}
    return {name: Decimal(value) for name, value in values.items() if value is not None}


def _chart(wage: Wage, scale: str, published: dict[str, Decimal], top: Decimal) -> PayChart | None:
    """Without marks for figures of which only a lower bound is known."""
    known = {name: v for name, v in published.items() if f"{scale}_{name}" not in wage.at_least}
    if "10" not in known or len(published) < len(PERCENTILES):
        return None
    marks = [known.get(name) for name in PERCENTILES]
    return pay_chart(marks, top, is_open="90" not in known)


def prospect_of(outlook: Outlook, period: str, shared: int) -> Prospect:
    return Prospect(
        code=outlook.code,
        title=outlook.title,
        period=period,
        shared=shared,
        base_year=outlook.base_year,
        target_year=outlook.target_year,
        growth="" if outlook.growth is None else percent(outlook.growth),
        openings=_people(outlook.openings),
        employment_then=_people(outlook.employment_then),
        employment_later=_people(outlook.employment_later),
        education=outlook.education,
        experience=outlook.experience,
        training=outlook.training,
    )


def _labels() -> tuple[tuple[str, str], ...]:
    """In the order of the table."""
    return (
        ("10", _("1 in 10 earns less than")),
        ("25", _("1 in 4 earns less than")),
        ("median", _("Half earn less than (median)")),
        ("75", _("3 in 4 earn less than")),
        ("90", _("9 in 10 earn less than")),
        ("mean", _("Average (mean)")),
    )


def year_words(wage: Wage, name: str) -> str:
    words = _cell(wage, f"annual_{name}")
    return _("%(amount)s a year") % {"amount": words} if words else ""


def hour_words(wage: Wage, name: str) -> str:
    words = _cell(wage, f"hourly_{name}")
    return _("%(amount)s an hour") % {"amount": words} if words else ""


def _cell(wage: Wage, name: str) -> str:
    """ "" where nothing is published."""
    value = getattr(wage, name)
    if value is None:
        return ""
    words = _("at least %(amount)s") if name in wage.at_least else "%(amount)s"
    return words % {"amount": dollars(value, 2 if name.startswith("hourly") else 0)}


def dollars(value: Decimal | int, decimals: int = 0) -> str:
    return f"${amount(Decimal(value), decimals)}"


def percent(value: Decimal, *, with_sign: bool = True) -> str:
    """With its sign, since a fall is growth too: +23.2 %."""
    sign = "−" if value < 0 else "+" if value > 0 and with_sign else ""
    # A line break between the two would leave the sign alone.
    return f"{sign}{amount(abs(value), _decimals(value))}\u00a0%"


def amount(value: Decimal, decimals: int = 0) -> str:
    return number_format(value, decimal_pos=decimals, force_grouping=True)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _people(thousands: Decimal | None) -> str:
    return "" if thousands is None else amount(thousands * 1000)
