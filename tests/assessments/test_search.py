import pytest

from assessments import search_texts
from assessments.actions.search_index import rebuild_search
from assessments.models import SearchEntry
from assessments.search import Criteria, Reason, browse, reasons
from tests.definitions import definition, requirement
from tests.occupations import occupation
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["full text", "plain table"], autouse=True)
def way(request, monkeypatch):
    """Both ways to look: with the database's full text, and on SQLite without FTS5."""
    if request.param == "plain table":
        monkeypatch.setattr(search_texts, "has_fts5", lambda: False)
    rebuild_search()
    return request.param


@pytest.fixture
def offices():
    occupation("Data Scientists", titles=["Data Analyst", "Machine Learning Engineer"])
    occupation("Business Analysts", technologies=["Microsoft Excel", "Tableau"])
    occupation("Registered Nurses", titles=["RN"], technologies=["MEDITECH"])
    occupation("IT Managers", titles=["Analyst of data streams"], summary="They lead engineers.")
    occupation("Programmers", technologies=["C++", "C#", "R"])


def found(text, **filters):
    return [hit.entry.title for hit in browse(Criteria(text=text, **filters)).hits]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("data scientist", "Data Scientists"),
        ("Data Scientists", "Data Scientists"),
        ("data analyst", "Data Scientists"),
        ("nursing", "Registered Nurses"),
        ("excel", "Business Analysts"),
        ("microsoft", "Business Analysts"),
        ("c++", "Programmers"),
        ("C#", "Programmers"),
        ("r", "Programmers"),
        ("it manager", "IT Managers"),
        ("lead engineers", "IT Managers"),
        ("registe", "Registered Nurses"),  # the beginning of the last word is enough
        ("the nurse", "Registered Nurses"),
    ],
)
def test_what_comes_first(offices, asked, first, way):
    names = found(asked)
    assert first in names
    if way == "full text":
        assert names[0] == first or asked == "r"


def test_every_word_has_to_be_there(offices):
    assert found("data nurse") == []


def test_only_the_last_word_may_be_a_beginning(offices):
    assert found("regist nurse") == []
    assert found("nurse regist") == ["Registered Nurses"]


@pytest.mark.parametrize(
    ("asked", "first", "meant"),
    [
        ("data scienist", "Data Scientists", {"scienist": "scientists"}),
        ("regsitered nurse", "Registered Nurses", {"regsitered": "registered"}),
        ("tabluea", "Business Analysts", {"tabluea": "tableau"}),
    ],
)
def test_slips_are_put_right(offices, asked, first, meant):
    result = browse(Criteria(text=asked))
    assert result.hits[0].entry.title == first
    assert result.meant == meant


def test_a_known_word_is_never_put_right(offices):
    occupation("Exel Operators")
    assert browse(Criteria(text="exel nurse")).meant == {}


def test_words_that_nobody_knows_are_left_out(offices):
    result = browse(Criteria(text="nurse qqqqq"))
    assert [hit.entry.title for hit in result.hits] == ["Registered Nurses"]
    assert result.unknown == ["qqqqq"]
    assert result.looked_for == ["nurse"]


def test_a_kept_role_comes_first_among_those_alike(offices):
    publish(definition(requirement("excel"), title="Excel person"))
    occupation("Excel users")
    assert found("excel")[:2] == ["Excel person", "Excel users"]


def test_the_very_title_comes_before_a_kept_role():
    publish(definition(requirement("sql"), title="Baker and more"))
    occupation("Bakers")
    assert found("baker")[0] == "Bakers"


def test_another_name_comes_before_titles_with_other_words(offices):
    occupation("Data entry analysts")
    assert found("data analyst")[:2] == ["Data Scientists", "Data entry analysts"]


def test_words_of_one_name_come_before_words_of_several():
    occupation("Bakers", titles=["Night Keeper", "Head of Bread"], summary="Head keeper.")
    occupation("Millers", titles=["Head Grain Keeper"])
    assert found("head keeper") == ["Millers", "Bakers"]


def test_among_other_titles_those_with_more_of_the_words_in_their_own_come_first(monkeypatch):
    """Whatever ranks a database gives to their texts."""
    occupation("Astronomers", titles=["Data Analyst"])
    occupation("Scientists of Data", titles=["Data Analyst"])
    occupation("Data Scientists", titles=["Data Analyst"])
    occupation("Masters of Data", titles=["Data Analyst", "Analyst of Data"])
    for sign in (1, -1):
        ranks = {entry.pk: sign * entry.pk for entry in SearchEntry.objects.all()}
        monkeypatch.setattr(search_texts, "find", lambda _words, ranks=ranks: ranks)
        assert found("data analyst") == [
            "Masters of Data",
            "Data Scientists",
            "Scientists of Data",
            "Astronomers",
        ]


def test_of_titles_that_have_the_words_the_shorter_comes_first():
    occupation("Nurses of acute and critical care")
    occupation("Registered Nurses")
    assert found("nurses registered") == ["Registered Nurses"]
    assert found("nurse")[0] == "Registered Nurses"


def test_withdrawn_ones_come_last(offices):
    occupation("Nurses", withdrawn=True)
    assert found("nurse") == ["Registered Nurses", "Nurses"]


def test_filters_hold_for_words_too(offices):
    occupation("Nurses", job_zone=2)
    assert found("nurse", job_zone=2) == ["Nurses"]


# --- why ---


def why(asked):
    return reasons(SearchEntry.objects.get(), asked.split())


def test_the_title_needs_no_reason():
    occupation("Data Scientists", titles=["Data Scientist, Senior"])
    assert why("data scientists") == ()


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("analyst", ((Reason.TITLE, "Data Analyst"),)),
        ("data analyst", ((Reason.TITLE, "Data Analyst"),)),
        ("pytorch", ((Reason.TECHNOLOGY, "PyTorch"),)),
        ("reading", ((Reason.SKILL, "Skill reading"),)),
        ("python sql", ((Reason.TECHNOLOGY, "Python"), (Reason.TECHNOLOGY, "SQL"))),
        ("analyst python", ((Reason.TITLE, "Data Analyst"), (Reason.TECHNOLOGY, "Python"))),
        ("cplusplus", ((Reason.TECHNOLOGY, "C++"),)),
        ("cafe", ((Reason.TITLE, "Café Data Person"),)),
        ("nowhere", ()),
    ],
)
def test_why_it_was_found(asked, reason):
    occupation(
        "Data Scientists",
        titles=["Analyst of all data", "Data Analyst", "Café Data Person"],
        technologies=["PyTorch", "Python", "SQL", "C++"],
    )
    assert why(asked) == reason
