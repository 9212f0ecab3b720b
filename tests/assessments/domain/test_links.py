import pytest

from assessments.domain.links import Finding, Health, Outcome, health_after, of_status

SILENCE = Outcome(Finding.SILENT, "no-name")


def test_it_works():
    assert health_after(Health("unchecked", ""), of_status(200)) == Health(
        "works", "works:http-200"
    )


@pytest.mark.parametrize(
    ("status", "finding"),
    [(200, "works"), (204, "works"), (304, "works"), (399, "works"), (404, "gone"), (410, "gone")]
    + [(code, "unclear") for code in (400, 401, 403, 405, 418, 429, 451, 500, 503, 999)],
)
def test_what_a_status_says(status, finding):
    assert of_status(status).finding == finding


@pytest.mark.parametrize("before", ["unchecked", "works", "broken"])
def test_an_unclear_answer_changes_nothing(before):
    assert health_after(Health(before, ""), of_status(403)) == Health(before, "unclear:http-403")


def test_silence_counts_the_second_time():
    once = health_after(Health("works", "works:http-200"), SILENCE)
    assert once.status == "works"
    assert health_after(once, SILENCE).status == "broken"


def test_silences_with_an_answer_between_do_not_count():
    once = health_after(Health("works", ""), SILENCE)
    between = health_after(once, of_status(503))
    assert health_after(between, SILENCE).status == "works"


def test_a_page_that_comes_back_works():
    assert health_after(Health("broken", "gone:http-404"), of_status(200)).status == "works"
