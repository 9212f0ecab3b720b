"""What the page of an O*NET occupation shows beside its published definition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

from django.db.models import Q, Value

from assessments.models import Occupation, RelatedOccupation, Release, Role, RoleVersion

T = TypeVar("T")
SHOWN = 10
LISTED = 100  # folded away; beyond that they are only counted
NEAREST = 5
BOTH = ("occupation__role", "to__role")
LINKED = tuple(
    f"{end}__{field}"
    for end in ("occupation", "to")
    for field in ("code", "title", "unrated", "withdrawn", "role__slug", "role__title")
)


@dataclass(frozen=True)
class Bounded(Generic[T]):
    """The first few, then those that one may unfold, then how many more there are."""

    shown: Sequence[T]
    folded: Sequence[T]
    others: int

    @property
    def count(self) -> int:
        return len(self.shown) + len(self.folded) + self.others

    @property
    def more(self) -> int:
        return len(self.folded) + self.others


@dataclass(frozen=True)
class Tool:
    """A technology: what people call the product, and what kind of thing it is."""

    name: str
    kind: str
    hot: bool
    in_demand: bool


@dataclass(frozen=True)
class Share:
    """How many per cent of those asked named this education; None where too few stand behind it.

    `width` is that of the bar, out of 100.
    """

    name: str
    percent: Decimal | None
    width: int


@dataclass(frozen=True)
class Closed:
    """Why nobody can begin to assess themselves against a role: it is `withdrawn`, or has no
    ratings, and `unrated` says why. With the `nearest` ones they can.

    `release` is the newest one, and only there for what is withdrawn.
    """

    withdrawn: bool
    unrated: str
    nearest: Sequence[Occupation]
    release: Release | None


@dataclass(frozen=True)
class OccupationPage:
    occupation: Occupation
    tools: Bounded[Tool]
    titles: Bounded[str]
    related: Bounded[Occupation]
    nearest_rated: Sequence[Occupation]
    education: Sequence[Share]
    release: Release | None

    @property
    def has_suppressed(self) -> bool:
        return any(one.percent is None for one in self.education)


def page_of(occupation: Occupation, releases: Mapping[str, Release]) -> OccupationPage:
    rows = related_to(occupation)
    tools, titles = names_of(occupation)
    current = [one for one in rows if not one.withdrawn]
    return OccupationPage(
        occupation=occupation,
        tools=bounded(tools),
        titles=bounded(titles),
        related=bounded(current),
        nearest_rated=[one for one in current if one.is_rated][:NEAREST],
        education=[share(one) for one in occupation.education_shares],
        release=newest_release(releases) if occupation.withdrawn else None,
    )


def closed(version: RoleVersion, releases: Mapping[str, Release] | None = None) -> Closed | None:
    """None where anybody may begin, without a query: for a version as `access` gives it."""
    own: Occupation | None = None
    if version.role.origin == Role.Origin.ONET:
        own = getattr(version.role, "occupation", None)
    withdrawn = own is not None and own.withdrawn
    if version.definition.requirements and not withdrawn:
        return None
    current = [one for one in related_to(own) if not one.withdrawn] if own else []
    return Closed(
        withdrawn=withdrawn,
        unrated=own.unrated if own else "",
        nearest=[one for one in current if one.is_rated][:NEAREST],
        release=newest_release(releases) if withdrawn else None,
    )


def newest_release(known: Mapping[str, Release] | None) -> Release | None:
    if known is not None:
        return known.get(Release.Source.ONET)
    return Release.objects.filter(source=Release.Source.ONET).first()


def related_to(occupation: Occupation) -> list[Occupation]:
    """The most related first; those that only name it from their side come last."""
    rows = RelatedOccupation.objects.filter(Q(occupation=occupation) | Q(to=occupation))
    pairs = list(rows.order_by("position", "pk").select_related(*BOTH).only(*LINKED))
    there = [one.to for one in pairs if one.occupation_id == occupation.pk]
    back = [one.occupation for one in pairs if one.to_id == occupation.pk]
    return list({one.pk: one for one in [*there, *back]}.values())  # each where it comes first


def names_of(occupation: Occupation) -> tuple[list[Tool], list[str]]:
    """Its technologies, each once, although the source may list it under several kinds; and what
    else it is called. One query reads both."""
    no = Value(False)
    tools = occupation.technologies.values_list("name", "kind", "hot", "in_demand", Value(True))
    titles = occupation.alternate_titles.values_list("title", Value(""), no, no, no)
    rows = tools.order_by().union(titles.order_by(), all=True)
    found: dict[str, Tool] = {}
    others: list[str] = []
    for name, kind, hot, in_demand, is_tool in rows.order_by("-in_demand", "-hot", "name", "kind"):
        if is_tool:
            found.setdefault(name, Tool(name, kind, hot, in_demand))
        else:
            others.append(name)
    return list(found.values()), others


def share(stored: dict[str, object]) -> Share:
    percent = stored.get("percent")
    if percent is None or stored.get("suppressed"):
        return Share(str(stored["name"]), None, 0)
    value = Decimal(str(percent))
    rounded = value.quantize(Decimal(1), ROUND_HALF_UP)
    return Share(str(stored["name"]), value.quantize(Decimal("0.1"), ROUND_HALF_UP), int(rounded))


def bounded(rows: Iterable[T], shown: int = SHOWN) -> Bounded[T]:
    every = list(rows)
    listed = every[shown : shown + LISTED]
    return Bounded(every[:shown], listed, len(every) - len(every[:shown]) - len(listed))
