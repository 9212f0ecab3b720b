from types import SimpleNamespace

import pytest

from bench import databases
from bench.databases import is_here, on_each


@pytest.mark.parametrize(("codes", "code"), [((0, 0), 0), ((1, 0), 1), ((0, 1), 1), ((0, -9), 1)])
def test_both_are_measured_and_either_can_miss(codes, code, monkeypatch):
    commands, ended = [], iter(codes)

    def ran(command, **_more):
        commands.append(command)
        return SimpleNamespace(returncode=next(ended))

    monkeypatch.setattr(databases.subprocess, "run", ran)
    assert on_each("bench.flat", ["sqlite", "postgres"], ["--by=2"]) == code
    assert [one[-3:] for one in commands] == [
        ["--by=2", "--database", "sqlite"],
        ["--by=2", "--database", "postgres"],
    ]


def test_postgres_needs_one_that_runs(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    assert is_here(["sqlite"])
    assert not is_here(["postgres"])
    assert not is_here(["sqlite", "postgres"])
    monkeypatch.setenv("DATABASE_URL", "postgres://here")
    assert is_here(["postgres"])
