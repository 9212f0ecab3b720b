from datetime import timedelta

from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from assessments.actions.purging import expired_in_the_cache, purge


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept_rows")
        return cursor.fetchone()[0]


def test_it_works(db):
    assert all(count == 0 for _name, count in purge())


def test_what_had_its_time_in_the_cache_is_gone(db, settings, time_machine):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "kept_rows",
        }
    }
    call_command("createcachetable", verbosity=0)
    caches["default"].set("short", "an uploaded export", 60)
    caches["default"].set("long", "something else", 6000)
    time_machine.move_to(timezone.now() + timedelta(minutes=10))
    assert expired_in_the_cache() == 1
    assert rows() == 1


def test_a_cache_elsewhere_sees_to_itself(db):
    assert expired_in_the_cache() == 0
