"""Keeping the search in step with what is published."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from assessments import search_texts
from assessments.domain.words import key, words
from assessments.models import (
    AlternateTitle,
    Occupation,
    Role,
    RoleVersion,
    SearchEntry,
    Technology,
    Vocabulary,
)

AT_ONCE = 100  # a definition may be 100 KB
FIELDS = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]


@dataclass(frozen=True)
class Statistics:
    """What the imports know of the occupations behind some roles."""

    own: Mapping[int, Occupation]  # by role
    others: Mapping[str, Occupation]  # by code
    titles: Mapping[int, Sequence[str]]
    in_demand: Mapping[int, Sequence[str]]
    technologies: Mapping[int, Sequence[str]]


def rebuild_search(*, roles: Iterable[int] | None = None) -> None:
    """Makes the entries of these roles anew, or all of them: the newest version is what counts.

    Words that are no longer in any entry leave the vocabulary when all entries are rebuilt.
    """
    with transaction.atomic():
        Vocabulary.objects.get_or_create(pk=1)
        vocabulary = Vocabulary.objects.select_for_update().get(pk=1)
        newest = newest_versions()
        if roles is None:
            search_texts.empty()
            SearchEntry.objects.all().delete()
        else:
            newest = newest.filter(role__in=list(roles))
        counted: Counter[str] = Counter()
        for versions in in_parts(newest):
            entries = list(entries_of(versions))
            store(entries)
            for entry in entries:
                counted.update(words_of(entry))
        known = [] if roles is None else vocabulary.words.split()
        added = sorted(counted.keys() - set(known), key=lambda word: (-counted[word], word))
        if roles is None or added:
            vocabulary.words = "\n".join([*known, *added])
            vocabulary.save()


def newest_versions() -> QuerySet[RoleVersion]:
    newer = RoleVersion.objects.filter(role=OuterRef("role"), number__gt=OuterRef("number"))
    return RoleVersion.objects.filter(~Exists(newer)).select_related("role").order_by("role")


def in_parts(versions: QuerySet[RoleVersion]) -> Iterator[list[RoleVersion]]:
    """By primary key, so that no cursor is open while the same transaction writes."""
    keys = list(versions.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield list(versions.filter(pk__in=keys[start : start + AT_ONCE]))


def entries_of(versions: Sequence[RoleVersion]) -> Iterator[SearchEntry]:
    contents = {version.pk: json.loads(version.content) for version in versions}
    codes = {code for data in contents.values() for code in data.get("occupations", ())}
    known = statistics_of([version.role_id for version in versions], codes)
    for version in versions:
        yield entry_of(version.role, contents[version.pk], known)


def statistics_of(roles: Sequence[int], codes: Iterable[str]) -> Statistics:
    rows = Occupation.objects.defer("ratings", "education_shares")
    own = {one.role_id: one for one in rows.filter(role__in=roles)}
    ids = [one.pk for one in own.values()]
    titles: dict[int, list[str]] = defaultdict(list)
    in_demand: dict[int, list[str]] = defaultdict(list)
    technologies: dict[int, list[str]] = defaultdict(list)
    for owner, title in AlternateTitle.objects.filter(occupation__in=ids).values_list(
        "occupation_id", "title"
    ):
        titles[owner].append(title)
    for owner, name, is_in_demand in Technology.objects.filter(occupation__in=ids).values_list(
        "occupation_id", "name", "in_demand"
    ):
        (in_demand if is_in_demand else technologies)[owner].append(name)
    others = {one.code: one for one in rows.filter(code__in=list(codes))}
    return Statistics(own, others, titles, in_demand, technologies)


def entry_of(role: Role, data: Mapping[str, Any], known: Statistics) -> SearchEntry:
    own = known.own.get(role.pk)
    nearest = next(
        (known.others[code] for code in data.get("occupations", ()) if code in known.others), None
    )
    titles = list(known.titles.get(own.pk, ())) if own else []
    asked = {slug for one in data["requirements"] for slug in one["skills"]}
    return SearchEntry(
        role=role,
        title=data["title"],
        key=key(data["title"])[:200],
        summary=data["summary"],
        titles=lines(titles),
        keys="".join(f"\n{title}\n" for title in dict.fromkeys(map(key, titles))),
        skills=lines(one["name"] for one in data["skills"] if one["slug"] in asked),
        in_demand=lines(dict.fromkeys(known.in_demand.get(own.pk, ())) if own else ()),
        technologies=lines(dict.fromkeys(known.technologies.get(own.pk, ())) if own else ()),
        curated=role.origin == Role.Origin.CURATED,
        assessable=bool(data["requirements"]),
        withdrawn=own is not None and own.withdrawn,
        occupation=own or nearest,
    )


def lines(names: Iterable[str]) -> str:
    return "\n".join(" ".join(name.split()) for name in names)


def store(entries: Sequence[SearchEntry]) -> None:
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["role"], update_fields=FIELDS
    )
    search_texts.store(
        search_texts.Texts(
            role=entry.role_id,
            title=entry.title,
            titles=entry.titles,
            skills=entry.skills,
            in_demand=entry.in_demand,
            technologies=entry.technologies,
            summary=entry.summary,
        )
        for entry in entries
    )


def words_of(entry: SearchEntry) -> set[str]:
    texts = (getattr(entry, column) for column in search_texts.COLUMNS)
    return set(words("\n".join(texts)))
