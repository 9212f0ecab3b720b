import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.suggestions import suggestions
from tests.definitions import law, resource


def names(resources, have, need, **more):
    found = suggestions(resources, "python", have, need, **more)
    return [one.resource.slug for one in found]


def test_it_works():
    books = [resource("advanced", (3, 4)), resource("middle", (2, 3)), resource("first", (0, 1))]
    assert names(books, have=2, need=4) == ["middle", "advanced"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (resource("reachable", (1, 2)), resource("starts-too-high", (2, 4))),
        (resource("nearest-start", (1, 2)), resource("starts-lower", (0, 4))),
        (resource("further", (1, 3)), resource("nearer", (1, 2))),
        (resource("free", (1, 2)), resource("paid", (1, 2), cost="paid")),
        (resource("free", (1, 2)), resource("both", (1, 2), cost="free-and-paid")),
        (resource("both", (1, 2), cost="free-and-paid"), resource("paid", (1, 2), cost="paid")),
        (resource("one", (1, 3)), resource("beyond-the-target", (1, 4), cost="paid")),
    ],
)
def test_the_more_fitting_comes_first(better, worse):
    expected = [better.slug, worse.slug]
    assert names([better, worse], have=1, need=3) == expected
    assert names([worse, better], have=1, need=3) == expected


@pytest.mark.parametrize("span", [(0, 1), (1, 2), (3, 4)])
def test_what_ends_below_you_or_starts_at_the_target_does_not_fit(span):
    assert names([resource("one", span)], have=2, need=3) == []


def test_what_serves_another_skill_does_not_fit():
    assert names([resource("one", (0, 4), skill="sql")], have=0, need=3) == []


def test_a_resource_is_offered_once_by_its_best_link():
    (one,) = suggestions([resource("one", (0, 1), (1, 3), (0, 3))], "python", 1, 3)
    assert (one.link.from_level, one.link.to_level) == (1, 3)


def test_no_more_than_asked_for():
    books = [resource(f"r{n}", (0, 4)) for n in range(5)]
    assert names(books, have=0, need=4) == ["r0", "r1", "r2"]
    assert len(names(books, have=0, need=4, most=5)) == 5


def test_an_unknown_level_starts_from_nothing():
    books = [resource("middle", (2, 3)), resource("first", (0, 1))]
    assert names(books, have=None, need=3) == names(books, have=0, need=3) == ["first", "middle"]


spans = st.tuples(st.integers(0, 6), st.integers(1, 4)).map(lambda one: (one[0], sum(one)))


@law
@given(st.lists(spans, max_size=8), st.integers(0, 6), st.integers(1, 4))
def test_each_takes_a_person_on_and_starts_before_the_target(found, have, further):
    books = [resource(f"r{n}", span) for n, span in enumerate(found)]
    for one in suggestions(books, "python", have, have + further, most=8):
        assert one.link.to_level > have
        assert one.link.from_level < have + further
