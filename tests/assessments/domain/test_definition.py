import json

import pytest
from hypothesis import given

from assessments.domain.definition import Definition, Fact, Passage, canonical_json
from tests.definitions import (
    EIGHT,
    FIELDS,
    FIVE,
    definition,
    definitions,
    law,
    qualification,
    requirement,
    resource,
)

FACT = Fact("pay", "Pay", "41.21", None, "usd-per-hour", "", "A source", "", "2024")
WHOLE = definition(
    requirement("python", essential=True),
    passages=(Passage("task", "", "Tests things."), Passage("pay", "Pay", "Some.")),
    facts=(FACT, Fact("range", "Pay", "1", "2", "usd-per-hour", "", "A source", "", "2024")),
    qualifications=(qualification(),),
    fields=FIELDS,
    resources=(resource("book", (0, 2), (2, 4)),),
)


def upside_down(value):
    """The same JSON with the keys of every object in the opposite order."""
    if isinstance(value, dict):
        return {key: upside_down(value[key]) for key in reversed(value)}
    if isinstance(value, list | tuple):
        return [upside_down(item) for item in value]
    return value


def test_it_works():
    assert Definition.from_json(WHOLE.canonical_json()) == WHOLE


@law
@given(definitions())
def test_json_and_back_is_the_same_definition(role):
    again = Definition.from_json(role.canonical_json())
    assert again == role
    assert again.content_hash() == role.content_hash()


def test_the_order_of_keys_does_not_change_the_hash():
    shuffled = Definition.from_dict(upside_down(WHOLE.as_dict()))
    assert shuffled.content_hash() == WHOLE.content_hash()


def test_a_change_of_anything_changes_the_hash():
    one, other = requirement("python", 3), requirement("python", 4)
    assert definition(one).content_hash() != definition(other).content_hash()


def test_a_tiny_definition_has_the_hash_it_always_had():
    """Were it to change, every published version would seem to be edited."""
    assert definition(requirement("python")).content_hash() == GOLDEN


GOLDEN = "f0717758b17094e175ed6a139bb2c12fdb23efbcf2e3d16916de9302ba23da69"


def test_canonical_json_keeps_letters_and_has_no_spaces():
    assert canonical_json({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}'


def test_what_a_later_version_left_out_gets_its_default():
    data = json.loads(WHOLE.canonical_json())
    del data["requirements"][0]["reason"]
    assert Definition.from_dict(data).requirements[0].reason == ""


def test_a_figure_stays_as_it_was_written():
    assert Definition.from_json(WHOLE.canonical_json()).facts[0].value == "41.21"


def test_lookups():
    assert WHOLE.skill("python").anchor(2) == "I do python as Guided."
    assert WHOLE.skill("python").anchor(7) == ""
    assert WHOLE.scale_of("python") == FIVE
    assert [one.title for one in WHOLE.passages_of("pay")] == ["Pay"]


def test_words_of_a_scale():
    assert FIVE.word(4) == "Leading"
    assert (FIVE.top, EIGHT.top) == (4, 7)
    with pytest.raises(ValueError, match="5 is not a level of the scale five"):
        FIVE.word(5)


def test_groups_without_requirements_are_not_in_use():
    role = definition(requirement("python", group="one"), groups=())
    assert list(role.groups_in_use()) == []
    assert role.requirements_in("one") == role.requirements


@pytest.mark.parametrize(("skills", "any_of"), [(["python"], False), (["python", "r"], True)])
def test_any_of_means_more_than_one_skill(skills, any_of):
    assert requirement("languages", skills=skills).any_of is any_of
