"""People and clients for all tests.

member    has an account and takes assessments
stranger  has an account too, and must never see what is the member's
editor    may edit and publish roles
support   may see accounts
"""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker, Settings
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

from assessments import pacing, rendered, todays_resources
from assessments.models import User

PASSWORD = "correct horse battery staple"
# Nothing here is about time: a busy machine may be slow, and what is drawn may be unfit.
settings.register_profile(
    "no_clock",
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)
settings.load_profile("no_clock")
TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server"}
DATABASE_FIXTURES = TRANSACTIONAL_FIXTURES | {"db", "module_db"}
# Their sites and commands have databases of their own.
PROCESSES = {"reliability", "management", "careerpath"}
# None of them may empty the database of the tests: they come first.
TOGETHER = (
    "tests/reliability/",
    "tests/browser/test_budgets.py",
    "tests/assessments/management/commands/test_backup.py",
)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what asks for no database, as it could not turn out differently on another one."""
    has_one = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(
        getattr(item, "fixturenames", ())
    )
    if not has_one and not PROCESSES & set(item.path.parts):
        item.add_marker("no_database")


class Together(LoadGroupScheduling):
    """Sends such modules to one process each: one site or server does for all of their tests.

    Marks of xdist (`xdist_group`) do nothing here: pytest 9 takes no new names of tests from it.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module.startswith(TOGETHER) else nodeid


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking through it for garbage again and again takes long."""
    gc.collect()
    gc.freeze()


def is_transactional(item: pytest.Item) -> bool:
    if TRANSACTIONAL_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    return any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that empty the database go last, and find first what the migrations put there."""
    items.sort(key=is_transactional)
    for item in items:
        if is_transactional(item):
            for mark in item.iter_markers("django_db"):
                mark.kwargs["serialized_rollback"] = True


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Limits on sign-in attempts start from zero in each test, and no page is in memory."""
    yield
    cache.clear()
    rendered.forget_all()
    todays_resources.forget_all()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "STEP", 1e-6)


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of the whole module write: each test finds it as it was, and the last ends it.

    Who changes such an object itself, and not its row alone, gives each test a copy of it.
    """
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # as Django's own, which wraps each test
        with block:
            yield
            transaction.set_rollback(True)


@pytest.fixture
def erasures(settings: Settings, tmp_path: Path) -> None:
    """Who was deleted is noted beside the database: here beside nobody's."""
    settings.ERASURES_FILE = str(tmp_path / "erasures.txt")


@pytest.fixture
def what_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a commit happens, although the test itself never commits."""
    leave, wait = transaction.Atomic.__exit__, BaseDatabaseWrapper.on_commit

    def run(database: BaseDatabaseWrapper) -> None:
        in_test = database.in_atomic_block and all(
            block._from_testcase for block in database.atomic_blocks
        )
        while in_test and database.run_on_commit:
            _savepoints, todo, _robust = database.run_on_commit.pop(0)
            todo()

    def leave_and_run(block: transaction.Atomic, *error: object) -> None:
        leave(block, *error)
        run(transaction.get_connection(block.using))

    def wait_or_run(database: BaseDatabaseWrapper, todo: Callable, robust: bool = False) -> None:
        wait(database, todo, robust)
        run(database)

    monkeypatch.setattr(transaction.Atomic, "__exit__", leave_and_run)
    monkeypatch.setattr(BaseDatabaseWrapper, "on_commit", wait_or_run)


@pytest.fixture
def member(db: None) -> User:
    return User.objects.create_verified_user("member@example.org", PASSWORD)


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_verified_user("stranger@example.org", PASSWORD)


@pytest.fixture
def editor(db: None) -> User:
    user = User.objects.create_verified_user("editor@example.org", PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=["Editor", "Publisher"]))
    return user


@pytest.fixture
def support(db: None) -> User:
    user = User.objects.create_verified_user("support@example.org", PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name="Support"))
    return user


@pytest.fixture
def member_client(member: User) -> Client:
    return signed_in(member)


@pytest.fixture
def stranger_client(stranger: User) -> Client:
    return signed_in(stranger)


@pytest.fixture
def editor_client(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def support_client(support: User) -> Client:
    return signed_in(support)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
