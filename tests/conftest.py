"""People and clients for all tests.

member    has an account and takes assessments
stranger  has an account too, and must never see what is the member's
editor    may edit and publish roles
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client

from assessments.models import User

PASSWORD = "correct horse battery staple"
TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server"}


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
    """Limits on sign-in attempts start from zero in each test."""
    yield
    cache.clear()


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
def member_client(member: User) -> Client:
    return signed_in(member)


@pytest.fixture
def stranger_client(stranger: User) -> Client:
    return signed_in(stranger)


@pytest.fixture
def editor_client(editor: User) -> Client:
    return signed_in(editor)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
