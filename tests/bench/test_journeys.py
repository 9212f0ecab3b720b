from argparse import Namespace
from collections import Counter

import pytest

from bench import journeys
from bench.journeys import LEAST, MOST_P95, MOST_P99, Told, run, show

MET = [10.0] * LEAST


@pytest.mark.parametrize(
    ("saves", "met"),
    [
        (MET, True),
        (MET[1:], False),
        (MET[:90] + [MOST_P95 + 1] * 10, False),
        (MET + [MOST_P99 + 1] * 3, False),
        ([], False),
    ],
)
def test_rate_and_times_are_wanted(saves, met):
    assert show("here", Told(saves=saves), 1) is met


REFUSED = Counter({"POST 500": 1})


@pytest.mark.parametrize(
    ("shipped", "control", "code"),
    [
        (Told(MET), Told(MET, refused=REFUSED), 0),
        (Told(MET, refused=REFUSED), Told(MET, refused=REFUSED), 1),
        (Told(MET), Told(MET), 1),
        (Told(MET[1:]), Told(MET, refused=REFUSED), 1),
    ],
)
def test_it_ends_with_1_where_something_is_missed_or_shows_nothing(
    shipped, control, code, monkeypatch
):
    monkeypatch.setattr(journeys, "empty_site", Site)
    told = iter([shipped, control])
    monkeypatch.setattr(journeys, "everybody", lambda *_: next(told))
    assert run("sqlite", Namespace(people=1, minutes=1 / 60, every=0)) == code


class Site:
    """Stands for a whole site, which nobody asks for anything here."""

    database, must = "", print

    def __init__(self, _folder):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def python(self, _code):
        return "{}"
