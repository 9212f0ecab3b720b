"""Two imports in the same moment. With real transactions, on both databases."""

from threading import Event, Thread

import pytest
from django.db import connection

from assessments.actions.importing import Busy, one_import
from assessments.models import Release

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def database_file(monkeypatch, tmp_path):
    """SQLite's database of the tests is in memory, where nobody else could reach it."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(connection, "is_in_memory_db", lambda: False)
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "db.sqlite3"))


def other_import(going_on, done):
    try:
        with one_import():
            going_on.set()
            done.wait(10)
    finally:
        connection.close()


def test_a_second_one_is_refused_at_once(database_file):
    if connection.vendor == "sqlite":
        with one_import(), pytest.raises(Busy, match="Another import is running"), one_import():
            pass
        return
    going_on, done = Event(), Event()
    thread = Thread(target=other_import, args=(going_on, done))
    thread.start()
    going_on.wait(10)
    try:
        with pytest.raises(Busy, match="Another import is running"), one_import():
            pass
    finally:
        done.set()
        thread.join()


def test_after_it_the_next_one_goes(database_file):
    with one_import():
        pass
    with one_import():
        pass


def test_after_a_failure_too_and_nothing_was_written(database_file):
    def fail():
        with one_import():
            Release.objects.create(source="oews", name="Half", period="", sha256="")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Release.objects.exists()
    with one_import():
        pass
