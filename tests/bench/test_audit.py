from bench.audit import CATEGORIES, Worst

FIGURES = {"lcp": 900, "cls": 0, "tbt": 0, "bytes": 14_000, "second": 4_000, "requests": 3}


def run(scores, error="", **figures):
    return {"name": "visitor: home", "scores": scores, "error": error, "faults": []} | (
        FIGURES | figures
    )


FIRST = run(dict.fromkeys(CATEGORIES, 100))


def test_a_later_run_tells_only_what_depends_on_time():
    worst = Worst.of([FIRST, run({"performance": 99}, tbt=40)])
    assert worst.scores == (99, 100, 100, 100)
    assert worst.missed(40) == ["performance 99"]


def test_what_was_not_asked_has_no_score_and_is_missed():
    worst = Worst.of([run({"performance": 100})])
    assert "100/–/–/–" in str(worst)
    assert worst.missed(0) == [f"{one} 0" for one in CATEGORIES[1:]]


def test_a_page_that_failed_once_is_missed():
    failed = run(dict.fromkeys(CATEGORIES, 0), "led to /login/", lcp=None)
    worst = Worst.of([FIRST, failed])
    assert worst.faults == ("led to /login/",)
    assert {"performance 0", "LCP"} <= set(worst.missed(0))


def test_blocking_counts_where_it_is_more_than_that_of_text_alone():
    worst = Worst.of([FIRST, run({}, tbt=30)])
    assert worst.missed(30) == []
    assert worst.missed(29) == ["TBT"]


def test_in_a_browser_slowed_down_only_blocking_moving_and_failing_count():
    assert Worst.of([run({"performance": 90}, lcp=1_700)]).held_up() == []
    assert Worst.of([run({}), run({}, tbt=1)]).held_up() == ["TBT"]
    assert Worst.of([run({}), run({}, "led to /login/", cls=0.1)]).held_up() == [
        "CLS",
        "led to /login/",
    ]
