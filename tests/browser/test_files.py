"""The few files every page asks for."""

import pytest


@pytest.mark.parametrize("path", ["/static/careerpath/site.css", "/static/favicon.svg"])
def test_a_file_is_there(page, path):
    assert page.request.get(path).ok
