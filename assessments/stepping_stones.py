"""The way from one role to another, with the figures of every role on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from assessments import nearest_roles, occupations
from assessments.domain.definition import Definition
from assessments.domain.stepping_stones import WHOLE, Step
from assessments.figures import Attribution
from assessments.models import AlternateTitle, Answer, Occupation, RoleVersion
from assessments.nearest_pages import Missing, Prospects, gain, prospects
from assessments.nearest_roles import Found
from assessments.occupations import Catalogue, Editions, Entry

STARTS_OFFERED = 12
POINTS = 100


@dataclass(frozen=True)
class Size:
    """Of a jump: `points` of the 100 that the next role asks for are still to be gained."""

    gap: int

    @property
    def points(self) -> int:
        """To the nearest whole; never 0 for something."""
        if not self.gap:
            return 0
        return max(1, (2 * self.gap * POINTS + WHOLE) // (2 * WHOLE))

    @property
    def word(self) -> str:
        """One of a kind for the template: none, small, fair, large."""
        limits = ((0, "none"), (10, "small"), (20, "fair"))
        return next((word for most, word in limits if self.points <= most), "large")


@dataclass(frozen=True)
class Stone:
    """The role that a step leads to."""

    entry: Entry
    size: Size
    gains: tuple[Missing, ...]
    prospects: Prospects
    is_last: bool


@dataclass(frozen=True)
class Way:
    """From `start` to `end`. Without `stones` there is only the direct jump, of size `direct`."""

    start: Entry
    end: Entry
    start_prospects: Prospects
    direct: Stone
    stones: tuple[Stone, ...]
    is_small: bool


@dataclass(frozen=True)
class Ends:
    """Where the public statistics count people in a role: the first that is rated is the `end`.

    `itself`: the role is such an occupation. `unrated` are its counterparts without ratings.
    """

    end: Entry | None
    itself: bool
    unrated: tuple[Entry, ...]


@dataclass(frozen=True)
class Starts:
    """Roles to begin at: those `found` by words, the person's `nearest`, and `related` ones.

    `unrated` has no ratings: it was asked for, and cannot be a step.
    """

    found: tuple[Entry, ...]
    nearest: tuple[Entry, ...]
    related: tuple[Entry, ...]
    unrated: Entry | None


@dataclass(frozen=True)
class StonesPage:
    """`way` is None until a start is chosen, and where the two cannot be compared."""

    definition: Definition
    ends: Ends
    starts: Starts
    start: Entry | None
    chosen: bool
    way: Way | None
    attributions: tuple[Attribution, ...]
    releases: Editions


def build(
    version: RoleVersion, rows: QuerySet[Answer] | None, *, start_slug: str, words: str
) -> StonesPage | None:
    """None before any occupation is imported. Without `start_slug`, from the nearest role."""
    editions = occupations.editions()
    catalogue = occupations.catalogue(editions)
    if catalogue is None:
        return None
    ends = ends_of(version, catalogue)
    end = ends.end.code if ends.end else ""
    found = nearest_roles.found_for(rows, editions) if rows is not None else None
    near = tuple(one for one in _nearest(found) if one.code != end)
    asked = catalogue.by_slug.get(start_slug)
    start = _start(asked, near, catalogue)
    if start and start.code == end:
        start = None
    way = _way(catalogue, editions, start, ends.end) if start and ends.end else None
    return StonesPage(
        definition=version.definition,
        ends=ends,
        starts=Starts(
            found=_search(catalogue, words, end),
            nearest=near,
            related=_related(catalogue, asked if asked and not asked.is_rated else ends.end, end),
            unrated=asked if asked and not catalogue.is_comparable(asked.code) else None,
        ),
        start=start,
        chosen=start is not None and start == asked,
        way=way,
        attributions=nearest_roles.attributions_of(editions),
        releases=editions,
    )


def ends_of(version: RoleVersion, catalogue: Catalogue) -> Ends:
    """The role's own occupation, or those that its published version names."""
    own = catalogue.by_slug.get(version.role.slug)
    named = [catalogue.entries.get(code) for code in version.definition.occupations]
    entries = [own] if own else [one for one in named if one]
    return Ends(
        end=next((one for one in entries if catalogue.is_comparable(one.code)), None),
        itself=own is not None,
        unrated=tuple(one for one in entries if not catalogue.is_comparable(one.code)),
    )


def _start(asked: Entry | None, near: Sequence[Entry], catalogue: Catalogue) -> Entry | None:
    if asked is not None:
        return asked if catalogue.is_comparable(asked.code) else None
    return near[0] if near else None


def _nearest(found: Found | None) -> tuple[Entry, ...]:
    if found is None:
        return ()
    first = found.nearest.ranked[: nearest_roles.ON_A_REPORT]
    return tuple(found.catalogue.entries[one.profile.code] for one in first)


def _related(catalogue: Catalogue, to: Entry | None, end: str) -> tuple[Entry, ...]:
    """Rated ones that lead to the end, or to an occupation that is not rated itself."""
    if to is None:
        return ()
    codes = [code for code in catalogue.related_to(to.code) if code != end]
    entries = [catalogue.entries[code] for code in codes if catalogue.is_comparable(code)]
    return tuple(entries[:STARTS_OFFERED])


def _search(catalogue: Catalogue, words: str, end: str) -> tuple[Entry, ...]:
    """Occupations with all the words in their title, then those with them in another title."""
    wanted = words.lower().split()
    if not wanted:
        return ()
    titled = [
        one
        for one in catalogue.entries.values()
        if all(word in one.title.lower() for word in wanted)
    ]
    titles = AlternateTitle.objects.filter(occupation__withdrawn=False)
    for word in wanted:
        titles = titles.filter(title__icontains=word)
    codes = titles.order_by("occupation__code").values_list("occupation__code", flat=True)
    others = [
        catalogue.entries[code]
        for code in codes.distinct()[:STARTS_OFFERED]
        if code in catalogue.entries
    ]
    found = dict.fromkeys(sorted(titled, key=lambda one: (not one.is_rated, one.title)) + others)
    return tuple(one for one in found if one.code != end)[:STARTS_OFFERED]


def _way(catalogue: Catalogue, editions: Editions, start: Entry, end: Entry) -> Way | None:
    route = catalogue.landscape.route(start.code, end.code)
    if route is None:
        return None
    codes = [start.code, end.code, *(step.end for step in route.steps)]
    rows = nearest_roles.occupations_by_code(codes)
    if not all(code in rows for code in codes):
        return None
    period = nearest_roles.pay_period(editions)

    def stone(step: Step) -> Stone:
        return _stone(catalogue, step, rows, period, is_last=step.end == end.code)

    return Way(
        start=start,
        end=end,
        start_prospects=prospects(rows[start.code], period),
        direct=stone(Step(start.code, end.code, route.direct)),
        stones=tuple(map(stone, route.steps)),
        is_small=route.is_small,
    )


def _stone(
    catalogue: Catalogue, step: Step, rows: Mapping[str, Occupation], period: str, *, is_last: bool
) -> Stone:
    return Stone(
        entry=catalogue.entries[step.end],
        size=Size(step.gap),
        gains=tuple(
            gain(one, catalogue) for one in catalogue.landscape.gains(step.start, step.end)
        ),
        prospects=prospects(rows[step.end], period),
        is_last=is_last,
    )
