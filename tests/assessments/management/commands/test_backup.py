"""On databases of their own: a file of SQLite, or one more database of the PostgreSQL at hand."""

import sqlite3

import pytest

from tests.sites import empty_site

PEOPLE = """
from tests.published import *
from tests.definitions import *
from assessments.models import User
for number in range(3):
    person = User.objects.create_verified_user(f"{number}@example.org", "correct horse battery")
    submitted(person, definition(requirement("sql")), sql=number)
"""
COUNT = "from assessments.models import User; print(User.objects.count())"
LEFT = """
from assessments.models import Answer, Assessment, Subscriber, User
print([one.objects.count() for one in (User, Assessment, Answer, Subscriber)])
"""
MANY = 20
MORE = f"""
from tests.published import *
from tests.definitions import *
from assessments.models import RoleVersion, Subscriber, User
version = RoleVersion.objects.first()
for number in range({MANY}):
    person = User.objects.create_verified_user(f"erased-{{number}}@example.org", None)
    answer(actions.start(by=person, version=version), sql=1)
    Subscriber.objects.create(email=person.email)
"""
DELETE = """
from assessments.actions import account
from assessments.models import User
for person in User.objects.filter(email__startswith="erased-"):
    account.delete(user=person, and_newsletter=True)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with empty_site(tmp_path_factory.mktemp("site")) as site:
        site.python(PEOPLE)
        yield site


@pytest.fixture(scope="module")
def copy(site):
    file = site.folder / "copy"
    site.must("backup", str(file))
    return file


def test_it_works(site, copy):
    site.python("from assessments.models import User; User.objects.all().delete()")
    site.must("restore", str(copy), "--yes")
    assert site.python(COUNT) == "3"
    assert "3 of 3 reports are as they were made." in site.must("check_reports")


def test_a_copy_is_for_its_owner_s_eyes(copy):
    assert copy.stat().st_mode & 0o077 == 0


def test_a_drill_tells_whether_the_reports_are_still_the_same(site, copy):
    assert "3 of 3 reports are as they were made." in site.must("restore", str(copy), "--drill")


def test_a_drill_changes_nothing(site, copy):
    before = site.python(COUNT)
    site.must("restore", str(copy), "--drill")
    assert site.python(COUNT) == before


def test_who_was_deleted_since_stays_deleted(site, copy):
    """Twenty people, with all that is theirs; nobody else."""
    site.must("restore", str(copy), "--yes")
    before = site.python(LEFT)
    site.python(MORE)
    with_them, copied = site.python(LEFT), site.folder / "with-them"
    site.must("backup", str(copied))
    site.python(DELETE)
    assert f"deleted again: {MANY}" in site.must("restore", str(copied), "--yes")
    assert site.python(LEFT) == before != with_them
    (site.folder / "erasures.txt").unlink()
    site.must("restore", str(copied), "--yes")
    assert site.python(LEFT) == with_them  # it was the notes that kept them away
    site.must("restore", str(copy), "--yes")


def test_without_yes_it_only_says_what_it_would_do(site, copy):
    done = site.run("restore", str(copy))
    assert done.returncode
    assert "add --yes" in done.stderr


def test_a_copy_is_not_written_over_another(site, copy):
    before = copy.read_bytes()
    assert "is there already" in site.run("backup", str(copy)).stderr
    assert copy.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"", b"<html>Access denied</html>", b"SQLite format 3\0broken"]
)
def test_what_is_no_backup_is_refused_and_changes_nothing(site, content):
    file = site.folder / "other"
    file.write_bytes(content)
    before = site.python(COUNT)
    done = site.run("restore", str(file), "--yes")
    assert done.returncode
    assert "Traceback" not in done.stderr
    assert site.python(COUNT) == before


def test_a_damaged_copy_is_refused(site, copy):
    content = bytearray(copy.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4096] = bytes(4096)
    damaged = site.folder / "damaged"
    damaged.write_bytes(content)
    before = site.python(COUNT)
    assert site.run("restore", str(damaged), "--yes").returncode
    assert site.python(COUNT) == before


def test_another_program_s_database_is_refused(site):
    file = site.folder / "notes.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE notes (text)")
    assert site.run("restore", str(file), "--yes").returncode
