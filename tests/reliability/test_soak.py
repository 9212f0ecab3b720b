"""bench/soak.py for a few seconds."""

import os

import pytest
from django.db import connection

from bench.soak import MOST_WAL, soak

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="SQLite's log"
)


def test_nothing_breaks_beside_a_long_reader():
    found = soak(2, thinks=0)
    assert found.operations > 0
    assert found.errors == found.violations == 0
    assert 0 < found.wal_most <= MOST_WAL
    assert found.memory_last > 0


def test_a_log_that_has_grown_is_cut(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_size_limit")
        assert cursor.fetchone()[0] == MOST_WAL
