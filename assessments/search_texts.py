"""The full-text index beside `SearchEntry`: one table, made differently for each database.

On PostgreSQL it holds text vectors, on SQLite it is an FTS5 table. What goes in and what is asked
are words that domain/words.py made, so that both databases find the same roles: neither stems,
neither drops words, and no extension is needed.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, connections, router

from assessments.domain.words import index_text, stem
from assessments.models import SearchEntry

TABLE = "assessments_searchtext"
COLUMNS = ("title", "titles", "skills", "in_demand", "technologies", "summary")
_RANK_OF = "{0.1, 0.2, 0.5, 1.0}"  # of weights D, C, B, A: the title counts most
_BM25_OF = "10, 5, 2, 2, 1, 1"
_VECTOR = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABCCDD")


@dataclass(frozen=True)
class Texts:
    role: int
    title: str
    titles: str
    skills: str
    in_demand: str
    technologies: str
    summary: str

    def indexed(self) -> list[str]:
        return [index_text(getattr(self, column)) for column in COLUMNS]


@lru_cache
def has_fts5() -> bool:
    """Python may have been built with an SQLite that leaves it out."""
    with closing(sqlite3.connect(":memory:")) as database:
        return bool(
            database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
        )


def empty() -> None:
    """On SQLite the table is made anew, as what this Python's SQLite can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608  names of our own
            return
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        columns = ", ".join(COLUMNS)
        if has_fts5():
            cursor.execute(
                f"CREATE VIRTUAL TABLE {TABLE} USING fts5({columns}, tokenize='unicode61', "
                "prefix='2 3')"
            )
        else:
            cursor.execute(f"CREATE TABLE {TABLE} (rowid INTEGER PRIMARY KEY, {columns})")


def store(texts: Iterable[Texts]) -> None:
    """In place of what was there for the same roles."""
    rows: list[list[Any]] = [[one.role, *one.indexed()] for one in texts]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                f"INSERT INTO {TABLE} (role_id, document) VALUES (%s, {_VECTOR}) "  # noqa: S608  names of our own
                "ON CONFLICT (role_id) DO UPDATE SET document = EXCLUDED.document",
                rows,
            )
            return
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608  names of our own
            [row[:1] for row in rows],
        )
        cursor.executemany(
            f"INSERT INTO {TABLE} (rowid, {', '.join(COLUMNS)}) "  # noqa: S608  names of our own
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


def find(words: Sequence[str]) -> dict[int, float]:
    """The roles that have every one of the words, each with a rank: the higher, the nearer.

    A word may have another ending; the last may be only the beginning of one.
    """
    if not words:
        return {}
    asked = [(stem(word), word if word is words[-1] else "") for word in words]
    with connections[router.db_for_read(SearchEntry)].cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " & ".join(
                f"('{short}' | '{start}':*)" if start else f"'{short}'" for short, start in asked
            )
            cursor.execute(
                f"SELECT role_id, ts_rank('{_RANK_OF}', document, query, 1) "  # noqa: S608  names of our own
                f"FROM {TABLE}, to_tsquery('simple', %s) AS query WHERE document @@ query",
                [query],
            )
        elif has_fts5():
            query = " AND ".join(
                f'("{short}" OR "{start}"*)' if start else f'"{short}"' for short, start in asked
            )
            cursor.execute(
                f"SELECT rowid, -bm25({TABLE}, {_BM25_OF}) FROM {TABLE} "  # noqa: S608  names of our own
                f"WHERE {TABLE} MATCH %s",
                [query],
            )
        else:
            _find_in_plain_table(cursor, asked)
        return dict(cursor.fetchall())


def _find_in_plain_table(cursor: Any, asked: Sequence[tuple[str, str]]) -> None:
    """No ranks: each role that has the words counts the same."""
    everything = " || ' ' || ".join(("''", *COLUMNS, "''"))
    conditions, values = [], []
    for short, start in asked:
        values.append(f"% {short} %")
        if start:
            conditions.append(f"({everything} LIKE %s OR {everything} LIKE %s)")
            values.append(f"% {start}%")
        else:
            conditions.append(f"{everything} LIKE %s")
    cursor.execute(
        f"SELECT rowid, 0.0 FROM {TABLE} WHERE {' AND '.join(conditions)}",  # noqa: S608  names of our own
        values,
    )
