"""Finding published roles: by words, by what is known of the occupation, and why each was found."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, When

from assessments import search_texts
from assessments.domain.spelling import nearest
from assessments.domain.words import asked_words, key, stem, words
from assessments.models import DegreeLevel, SearchEntry, Vocabulary

ON_A_PAGE = 24
MOST_WORDS = 12
_TEXTS = ("titles", "keys", "skills", "in_demand", "technologies")


@dataclass(frozen=True)
class Criteria:
    """`education` is a degree level: roles that typically ask for no more. `pay` is US dollars a
    year, `growth` per cent over the period of the projections: at least so much.
    """

    text: str = ""
    job_zone: int | None = None
    education: str = ""
    pay: int | None = None
    growth: Decimal | None = None
    assessable: bool = False

    def filters(self) -> dict[str, Q]:
        """Those that are in use, by the name of their field."""
        levels = DegreeLevel.values
        filters = {}
        if self.job_zone is not None:
            filters["job_zone"] = Q(occupation__job_zone=self.job_zone)
        if self.education:
            enough = levels[: levels.index(self.education) + 1]
            filters["education"] = Q(occupation__education__in=enough)
        if self.pay is not None:
            filters["pay"] = Q(occupation__wage__annual_median__gte=self.pay)
        if self.growth is not None:
            filters["growth"] = Q(occupation__outlook__growth__gte=self.growth)
        if self.assessable:
            filters["assessable"] = Q(assessable=True, withdrawn=False)
        return filters


class Reason(Enum):
    TITLE = "title"
    TECHNOLOGY = "technology"
    SKILL = "skill"


@dataclass(frozen=True)
class Hit:
    """`because` is empty where the title or the description says it."""

    entry: SearchEntry
    because: tuple[tuple[Reason, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """`looked_for` are the words in the end: `meant` in place of those typed, without `unknown`.

    `without` says how many there would be without one of the filters, where none is left with.
    """

    page: Page
    hits: Sequence[Hit]
    looked_for: Sequence[str] = ()
    meant: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[str] = ()
    without: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Question:
    words: Sequence[str]
    ranks: Mapping[int, float]
    meant: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[str] = ()


def browse(criteria: Criteria, page_number: str | None = None) -> Found:
    asked = asked_words(criteria.text)[:MOST_WORDS]
    # "?!" finds nothing, rather than everything.
    question = _ask(asked) if criteria.text else None
    filters = criteria.filters()
    rows = SearchEntry.objects.all()
    if question:
        rows = rows.filter(pk__in=list(question.ranks))
    kept = rows.filter(*filters.values())
    page = Paginator(_in_order(kept, question), ON_A_PAGE).get_page(page_number)
    found = Found(page, _hits(page, question))
    if question:
        found = replace(
            found, looked_for=question.words, meant=question.meant, unknown=question.unknown
        )
    if not page.paginator.count and filters:
        others = {
            name: rows.filter(*(one for other, one in filters.items() if other != name)).count()
            for name in filters
        }
        found = replace(found, without={name: count for name, count in others.items() if count})
    return found


def kept_by_editors(limit: int) -> list[SearchEntry]:
    rows = SearchEntry.objects.filter(curated=True).select_related("role").defer(*_TEXTS)
    return list(rows.order_by("role__position", "title", "pk")[:limit])


# --- Words ------------------------------------------------------------------------------------


def _ask(asked: Sequence[str]) -> _Question:
    if not asked:
        return _Question((), {})
    if ranks := search_texts.find(asked):
        return _Question(asked, ranks)
    known = _known_words()
    meant, unknown, meaning = {}, [], []
    for word in asked:
        if _is_known(word, known, is_last=word is asked[-1]):
            meaning.append(word)
        elif instead := nearest(word, known.split()):
            meant[word] = instead
            meaning.append(instead)
        else:
            unknown.append(word)
    if not (meant or unknown):
        return _Question(asked, {})
    return _Question(meaning, search_texts.find(meaning), meant, unknown)


def _known_words() -> str:
    """One to a line, with a line break before and after every one."""
    stored = Vocabulary.objects.values_list("words", flat=True).first() or ""
    return f"\n{stored}\n"


def _is_known(word: str, known: str, *, is_last: bool) -> bool:
    begun = is_last and f"\n{word}" in known
    return begun or f"\n{word}\n" in known or f"\n{stem(word)}" in known


# --- Order ------------------------------------------------------------------------------------


def _in_order(
    rows: QuerySet[SearchEntry], question: _Question | None
) -> Sequence[int] | QuerySet[SearchEntry, int]:
    """Primary keys. First comes the title itself, then another title, then titles that have all the
    words, then other titles that do, then the nearest texts. Among those alike the titles with
    most of the words come first, then those with most such other titles, then the shorter ones.
    Only the texts go by rank: every database has its own.
    """
    if question is None:
        place = Case(When(curated=True, then="role__position"), default=0)
        order = rows.order_by("withdrawn", "-curated", place, "title", "pk")
        return order.values_list("pk", flat=True)
    asked = key(" ".join(question.words))
    stems = set(asked.split())
    with_all = _lines_with(asked.split())
    lines = []
    for pk, title, own, keys, curated, withdrawn in rows.order_by().values_list(
        "pk", "title", "key", "keys", "curated", "withdrawn"
    ):
        if own == asked:
            likeness = 0
        elif f"\n{asked}\n" in keys:
            likeness = 1
        elif with_all(f"\n{own}\n"):
            likeness = 2
        else:
            likeness = 3 if with_all(keys) else 4
        if likeness == 4:
            alike: tuple[float, ...] = (-question.ranks[pk],)
        else:
            alike = (len(stems.difference(own.split())), -with_all(keys), own.count(" "))
        lines.append((withdrawn, likeness, not curated, alike, title, pk))
    return [line[-1] for line in sorted(lines)]


def _lines_with(stems: Sequence[str]) -> Callable[[str], int]:
    """Counts the keys, each with a line break before and after it, that have them all."""
    if len(stems) == 1:
        forms = [f"{before}{stems[0]}{after}" for before in "\n " for after in "\n "]
        return lambda keys: sum(map(keys.count, forms))
    together = re.compile("^" + "".join(rf"(?=.*\b{one}\b)" for one in stems), re.MULTILINE)
    return lambda keys: len(together.findall(keys)) if all(one in keys for one in stems) else 0


# --- Reasons ----------------------------------------------------------------------------------


def _hits(page: Page, question: _Question | None) -> list[Hit]:
    rows = SearchEntry.objects.select_related(
        "role", "occupation__wage", "occupation__outlook"
    ).defer("role__summary", "occupation__ratings", "occupation__education_shares")
    if question is None:
        rows = rows.defer(*_TEXTS)
    entries = rows.in_bulk(list(page.object_list))
    return [
        Hit(entries[pk], reasons(entries[pk], question.words) if question else ())
        for pk in page.object_list
    ]


def reasons(entry: SearchEntry, asked: Sequence[str]) -> tuple[tuple[Reason, str], ...]:
    """What in the entry has the words that its title has not; at most two of them."""
    last = asked[-1]
    missing = _missing(_read(entry.title), asked, last)
    found: list[tuple[Reason, str]] = []
    for reason, text in (
        (Reason.TITLE, entry.titles),
        (Reason.TECHNOLOGY, f"{entry.in_demand}\n{entry.technologies}"),
        (Reason.SKILL, entry.skills),
    ):
        while missing and len(found) < 2:
            line = _best_line(text, asked, missing)
            if not line:
                break
            found.append((reason, line))
            missing = _missing(_read(line), missing, last)
    return tuple(found)


def _best_line(text: str, asked: Sequence[str], missing: Sequence[str]) -> str:
    """The line with most of the missing words, then most of all words, then the first of those
    missing, then the shortest.
    """
    best, chosen = (0, 0, 0, 0), ""
    for line in _possible(text, missing):
        has = _read(line)
        still = _missing(has, missing, asked[-1])
        if len(still) == len(missing):
            continue
        of_all = len(asked) - len(_missing(has, asked, asked[-1]))
        first = next(place for place, word in enumerate(missing) if word not in still)
        value = (len(missing) - len(still), of_all, -first, -len(line))
        if not chosen or value > best:
            best, chosen = value, line
    return chosen


def _possible(text: str, asked: Iterable[str]) -> list[str]:
    """Lines that may have one of the words: most can be left aside without taking them apart."""
    beginnings = "|".join(stem(word).removesuffix("y") for word in asked)
    begins = re.compile(rf"(?:\b|_)(?:{beginnings})|[^\x00-\x7f]|[+#]|\.net")
    lines = zip(text.split("\n"), text.casefold().split("\n"), strict=True)
    return [line for line, plain in lines if begins.search(plain)]


def _read(line: str) -> tuple[list[str], set[str]]:
    """Its words, and their stems."""
    found = words(line)
    return found, {stem(word) for word in found}


def _missing(has: tuple[list[str], set[str]], asked: Iterable[str], last: str) -> list[str]:
    """Words that a line has not; the last of the question may be the beginning of one."""
    found, stems = has
    return [
        word
        for word in asked
        if stem(word) not in stems
        and not (word == last and any(one.startswith(word) for one in found))
    ]
