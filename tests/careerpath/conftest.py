"""Mail of accounts leaves when the transaction that wrote it ends: so it must end in a test too."""

import pytest


@pytest.fixture(autouse=True)
def _commits(what_commits):
    pass
