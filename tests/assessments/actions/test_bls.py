import pytest

from assessments.actions.bls import apply, join_statistics, planned
from assessments.importers.oews import read_oews
from assessments.importers.projections import read_projections
from assessments.models import Outlook, Release, Wage
from tests.bls_files import ANALYSTS, archive, book, oews, projections
from tests.factories import OccupationFactory, OutlookFactory, WageFactory

pytestmark = pytest.mark.django_db
OEWS, PROJECTIONS = Release.Source.OEWS, Release.Source.PROJECTIONS


@pytest.fixture
def wages(tmp_path):
    def run(*rows):
        data = archive(national_M2024_dl=book(*rows))
        edition = read_oews(oews(tmp_path, data))
        apply(source=OEWS, plan=planned(source=OEWS, edition=edition))
        return edition

    return run


def test_it_works(wages):
    wages()
    row = Wage.objects.get(code="11-1011")
    assert (row.annual_median, row.annual_90, row.employment) == (91000, 239200, None)
    assert row.at_least == ["annual_75", "annual_90", "hourly_75", "hourly_90"]
    release = Release.objects.get()
    assert (release.name, release.period) == ("OEWS May 2024", "May 2024")
    assert release.details == {"year": "239200", "hour": "115.00"}


def test_what_is_stored_reads_as_what_was_imported(wages):
    edition = wages()
    again = planned(source=OEWS, edition=edition)
    assert again.unchanged == len(edition.rows) == Wage.objects.count()
    assert not again.writes


def test_projections_too(tmp_path):
    edition = read_projections(projections(tmp_path))
    apply(source=PROJECTIONS, plan=planned(source=PROJECTIONS, edition=edition))
    assert str(Outlook.objects.get(code="15-2031").growth) == "23.2"
    assert not planned(source=PROJECTIONS, edition=edition).writes


def test_the_second_time_it_writes_nothing(wages, django_assert_max_num_queries):
    OccupationFactory(code="15-2031.00")
    edition = wages()
    before = Release.objects.get().imported_at
    plan = planned(source=OEWS, edition=edition)
    # A savepoint each, and the reading of what is to be joined.
    with django_assert_max_num_queries(7) as queries:
        apply(source=OEWS, plan=plan)
    verbs = {one["sql"].split()[0] for one in queries.captured_queries}
    assert not verbs & {"INSERT", "UPDATE", "DELETE"}
    assert Release.objects.get().imported_at == before


def test_another_edition_changes_adds_and_removes(wages):
    wages()
    wages(ANALYSTS | {"A_MEDIAN": 95000}, ANALYSTS | {"OCC_CODE": "15-2041"})
    assert list(Wage.objects.values_list("code", "annual_median")) == [
        ("15-2031", 95000),
        ("15-2041", 91000),
    ]


def test_each_occupation_gets_the_figures_of_its_code(wages):
    one, other = OccupationFactory(code="15-2031.00"), OccupationFactory(code="15-2031.01")
    military = OccupationFactory(code="55-1011.00")
    wages()
    wage = Wage.objects.get(code="15-2031")
    for occupation in (one, other, military):
        occupation.refresh_from_db()
    assert one.wage == other.wage == wage
    assert military.wage is None


def test_a_removed_row_leaves_the_occupation_without(wages):
    occupation = OccupationFactory(code="27-2011.00")
    wages()
    wages(ANALYSTS)
    occupation.refresh_from_db()
    assert occupation.wage is None


def test_joining_says_how_many_moved():
    OccupationFactory(code="15-2031.00", wage=WageFactory(code="11-1011"))
    OccupationFactory(code="27-2011.00")
    OutlookFactory(code="27-2011")
    assert join_statistics() == 2
    assert join_statistics() == 0
