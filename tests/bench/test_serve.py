import pytest

from bench.load import Figures
from bench.pages import BASELINES, PAGES
from bench.serve import MOST_MEMORY, MOST_QUERIES, Measured, tell_missed, too_heavy, verdicts

IDIOMATIC = BASELINES[1]
QUESTION = next(one for one in PAGES if one.name == "question")  # as fast as that is wanted


def measured(page, *, rate=100, busy=5.0, queries=4, errors=0, p95=2, wrapped=False):
    figures = Figures(rate, 1, errors, p50=1, p95=p95, p99=3)
    return Measured(page, figures, queries, 10, 5, wrapped=wrapped, busy=busy, share=0.5)


def missed(**question):
    return verdicts([measured(IDIOMATIC), measured(QUESTION, **question)])


def test_all_is_met():
    assert missed() == []
    assert tell_missed([]) == 0


def test_the_rate_counts_and_the_work_is_told(capsys):
    wrong = missed(rate=90, busy=4.0)
    assert wrong == ["question: rate 0.90 x, 1 wanted (by work 1.25)"]
    assert tell_missed(wrong) == 1
    assert "MISSED:\n  question: rate 0.90 x" in capsys.readouterr().out


def test_a_rate_that_is_met_is_enough():
    assert missed(busy=50.0) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"queries": MOST_QUERIES + 1}, "9 queries, at most 8"),
        ({"errors": 2}, "2 errors"),
        ({"wrapped": True}, "not asked for once"),
    ],
)
def test_queries_errors_and_what_was_asked_for_twice_count(wrong, words):
    (told,) = missed(**wrong)
    assert words in told


def test_a_baseline_with_errors_proves_nothing():
    assert verdicts([measured(IDIOMATIC, errors=1)]) == ["(b) idiomatic page: 1 errors"]


def test_memory_counts():
    assert too_heavy([MOST_MEMORY]) == []
    assert too_heavy([MOST_MEMORY + 1]) == ["memory of the workers: 131 MB, at most 130 wanted"]
