"""What a first visit takes; `make visit` measures the whole journey, on the server as shipped."""

from bench import visit


def test_four_clicks_to_the_first_answer(page, role, base_url):
    assert 2 <= visit.first_answer(page, base_url).clicks <= visit.MOST_CLICKS
