from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain import onet
from assessments.domain.answers import Degree
from assessments.domain.onet import Rating, Share
from tests.definitions import law, skill

SKILLS = {element: skill(element.lower().replace(".", "-")) for element in ("2.A.1", "2.C.10")}
KINDS = {"2.A.1": onet.SKILLS, "2.C.10": onet.KNOWLEDGE}


def asked(*ratings, **options):
    return onet.requirements(ratings, SKILLS, KINDS, **options)


def rating(importance, level="4.00", element="2.A.1", **flags):
    return Rating(element, Decimal(importance), level and Decimal(level), **flags)


def shares(*percents, names=("None", "High School Diploma", "Bachelor's Degree")):
    return tuple(
        Share(n, name, None if percent is None else Decimal(percent), percent is None)
        for n, (name, percent) in enumerate(zip(names, percents, strict=False), start=1)
    )


@pytest.mark.parametrize(("importance", "counts"), [("2.99", False), ("3.00", True)])
def test_from_importance_three_on_a_skill_is_asked_for(importance, counts):
    assert bool(asked(rating(importance))) is counts


def test_the_threshold_can_be_another():
    assert asked(rating("2.50"), threshold=Decimal("2.5"))
    assert not asked(rating("3.99"), threshold=Decimal(4))


@pytest.mark.parametrize(("importance", "essential"), [("3.99", False), ("4.00", True)])
def test_from_importance_four_on_it_is_essential(importance, essential):
    assert asked(rating(importance))[0].essential is essential


@pytest.mark.parametrize(("level", "target"), [("0.30", 1), ("3.49", 3), ("3.50", 4), ("7", 7)])
def test_the_target_is_the_nearest_level_and_never_none_at_all(level, target):
    assert asked(rating("3.50", level))[0].level == target


def test_what_is_not_relevant_or_has_no_level_is_not_asked_for():
    assert not asked(rating("5", relevant=False), rating("5", None))


def test_a_suppressed_level_is_marked_and_a_suppressed_importance_told():
    [one] = asked(rating("4.10", "4.60", imprecise=True, imprecise_importance=True))
    assert one.imprecise
    assert one.reason.startswith("Rated 4.10 of 5 for importance and 4.60 of 7 for level.")
    assert "advises against" in one.reason


def test_the_most_important_comes_first_then_the_highest_level():
    order = asked(rating("3.50", "2.00"), rating("3.50", "3.00", "2.C.10"))
    assert [one.slug for one in order] == ["2-c-10", "2-a-1"]


def test_ids_are_sorted_as_people_count():
    ids = ["2.C.10", "2.C.9.b", "2.A.1.a", "2.C.1"]
    assert sorted(ids, key=onet.natural) == ["2.A.1.a", "2.C.1", "2.C.9.b", "2.C.10"]


@pytest.mark.parametrize(
    ("code", "title", "reason"),
    [
        ("55-1011.00", "Air Crew Officers, All Other", onet.MILITARY),
        ("15-1299.00", "Computer Occupations, All Other", onet.ALL_OTHER),
        ("29-1029.00", "Dentists, All Other Specialists", onet.ALL_OTHER),
        ("15-2051.00", "Data Scientists", onet.NO_DATA),
    ],
)
def test_why_an_occupation_is_not_rated(code, title, reason):
    assert onet.why_unrated(code, title) == reason


def test_the_typical_answer_holds_half_with_those_below_it():
    assert onet.typical(shares("10", "40", "50")).category == 2
    assert onet.typical(shares("10", "39.99", "50.01")).category == 3


def test_suppressed_answers_are_left_out_of_the_half():
    assert onet.typical(shares(None, "10", "20")).category == 3
    assert onet.typical(shares(None, None, None)) is None
    assert onet.qualification(shares(None, None, None)) is None


def test_the_qualification_says_what_people_answered():
    found = onet.qualification(shares(None, "20.04", "75.5"))
    assert (found.degrees, found.fields, found.essential) == (("bachelor",), (), False)
    assert found.reason == (
        "Asked what a new worker needs: 75.5 % Bachelor's Degree, 20 % High School Diploma. "
        "1 category is left out, because too few answers are behind it."
    )


@pytest.mark.parametrize(
    ("category", "degree"),
    [
        ("Less than a High School Diploma", Degree.NONE),
        ("High School Diploma - or the equivalent (for example, GED)", Degree.SECONDARY),
        ("Post-Secondary Certificate - awarded after high school", Degree.SECONDARY),
        ("Some College Courses", Degree.SECONDARY),
        ("Associate's Degree (or other 2-year degree)", Degree.ASSOCIATE),
        ("Bachelor's Degree", Degree.BACHELOR),
        ("Post-Baccalaureate Certificate - not yet a Master", Degree.BACHELOR),
        ("Master's Degree", Degree.MASTER),
        ("Post-Master's Certificate - below the doctoral level", Degree.MASTER),
        ("First Professional Degree - for a profession", Degree.DOCTORATE),
        ("Doctoral Degree", Degree.DOCTORATE),
        ("Post-Doctoral Training", Degree.DOCTORATE),
        ("An apprenticeship", None),
    ],
)
def test_categories_are_known_by_their_words(category, degree):
    assert onet.degree_of(category) == degree


@law
@given(st.lists(st.decimals(0, 100, places=2) | st.none(), min_size=1, max_size=12))
def test_half_of_the_answers_are_at_or_below_the_typical_one_and_not_already_below(percents):
    given = shares(*percents, names=[f"C{n}" for n in range(12)])
    found = onet.typical(given)
    total = sum(one.percent or 0 for one in given)
    if found is None:
        assert not total
        return
    below = sum(one.percent or 0 for one in given if one.category < found.category)
    assert 2 * below < total <= 2 * (below + found.percent)
