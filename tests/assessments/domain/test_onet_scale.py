import pytest

from assessments.domain.onet_scale import LEVELS, levels


def test_it_works():
    assert [(one.value, one.word) for one in LEVELS][::7] == [(0, "None"), (7, "Expert")]


@pytest.mark.parametrize("top", range(1, 20))
def test_every_level_has_a_word_of_its_own(top):
    found = levels(top)
    assert [one.value for one in found] == list(range(top + 1))
    assert len({one.word for one in found}) == top + 1
    assert found[0].word.startswith("None")
    assert found[-1].word.startswith("Expert")
