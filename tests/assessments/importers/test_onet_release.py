import pytest

from assessments.importers.onet_reader import read_release
from tests.onet_files import tables, write_folder


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("O*NET 31.0 Database", "August 2026 Release"),
        ("O*NET\N{REGISTERED SIGN} 31.0 Database", "Release: August 2026"),
        ("O*NET(R) Database 31.0", "August 2026"),
    ],
)
def test_the_read_me_names_the_release_in_one_way_or_another(tmp_path, first, second):
    release = tables() | {"Read Me": [first, second]}
    found = read_release(write_folder(tmp_path / "release", release))
    assert (found.name, found.period) == ("O*NET 31.0", "August 2026")
