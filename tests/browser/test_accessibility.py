"""axe on every page and state, in both themes, narrow and wide."""

import pytest

from tests.browser.tour import PARTS

WIDTHS = [1280, 360]
THEMES = ["light", "dark"]


@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing(tour, axe, part):
    found = {}
    for stop in tour.stops(part):
        for width in WIDTHS:
            tour.page.set_viewport_size({"width": width, "height": 800})
            for theme in THEMES:
                tour.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                for violation in axe():
                    found.setdefault(violation, []).append((stop, width, theme))
    assert found == {}
