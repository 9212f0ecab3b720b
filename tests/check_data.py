"""The whole of the imports on real downloads: make check-data DIR=...

pytest finds this file only when it is named. No number is written down here but the ones that the
built-in role gives: everything else is compared with a second, plain reading of the same files.
"""

import csv
import io
import os
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count, OuterRef, Subquery
from django.test import Client
from openpyxl import load_workbook

from assessments.actions import assessment as actions
from assessments.models import Occupation, Outlook, Release, RoleVersion, User, Wage
from tests.pages import html, main, rows, words
from tests.published import answer

pytestmark = pytest.mark.django_db
ANALYSTS = "15-2031"
TABLE = "gap-table figures-table"
IMPORTS = {
    "import_onet": "db_*_text.zip",
    "import_oews": "oesm*nat.zip",
    "import_projections": "*rojections*.csv",
}


def downloads():
    folder = Path(os.environ.get("DATA", ""))
    found = {}
    for command, pattern in IMPORTS.items():
        paths = sorted(folder.rglob(pattern))
        if not paths:
            where = f"Below {folder.resolve()} there is no {pattern}."
            pytest.exit(f"{where} docs/data.md says where to get it.", returncode=2)
        found[command] = paths[-1]
    return found


def run(command, path, *options):
    out = io.StringIO()
    call_command(command, str(path), *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """Imported once for all that follows. The database is gone afterwards."""
    found = downloads()
    role = Path(apps.get_app_config("assessments").path, "content/machine-learning-engineer.yaml")
    with django_db_blocker.unblock():
        call_command("import_role", str(role), "--publish", stdout=io.StringIO())
        for command, path in found.items():
            print(f"\n== {command} {path.name}")  # noqa: T201  for -s
            print(run(command, path))  # noqa: T201  for -s
    return found


@pytest.fixture(scope="module")
def wages(files):
    """Rows of single occupations, as a plain pass over the first sheet has them."""
    with zipfile.ZipFile(files["import_oews"]) as archive:
        name = next(one for one in archive.namelist() if re.search(r"national_M\d{4}_dl", one))
        book = load_workbook(io.BytesIO(archive.read(name)), read_only=True)
    header, *body = book.worksheets[0].iter_rows(values_only=True)
    names = [str(one).upper() for one in header]
    plain = [dict(zip(names, cells, strict=False)) for cells in body]
    return {one["OCC_CODE"]: one for one in plain if one["O_GROUP"] == "detailed"}


@pytest.fixture(scope="module")
def outlooks(files):
    with files["import_projections"].open(encoding="utf-8-sig", newline="") as file:
        header, *body = csv.reader(file)
    growth = next(n for n, name in enumerate(header) if "Percent Change" in name)
    code = next(n for n, name in enumerate(header) if name.startswith("Occupation Code"))
    return {cells[code].strip('="'): cells[growth] for cells in body if len(cells) > growth}


def test_all_three_are_there_and_say_which_they_are(files):
    held = dict(Release.objects.values_list("source", "name"))
    assert set(held) == set(Release.Source.values)
    number = re.search(r"db_(\d+)_(\d+)_text", files["import_onet"].name)
    assert held["onet"] == f"O*NET {number[1]}.{number[2]}"
    year = re.search(r"oesm(\d\d)nat", files["import_oews"].name)[1]
    assert held["oews"] == f"OEWS May 20{year}"


def test_every_occupation_of_the_release_is_there_with_a_published_role(files):
    with zipfile.ZipFile(files["import_onet"]) as archive:
        name = next(one for one in archive.namelist() if one.endswith("Occupation Data.txt"))
        lines = archive.read(name).decode().splitlines()[1:]
    codes = {line.split("\t")[0] for line in lines if line.strip()}
    assert codes == set(Occupation.objects.values_list("code", flat=True))
    published = RoleVersion.objects.filter(role__origin="onet").values("role").distinct()
    assert published.count() == len(codes)
    assert Occupation.objects.filter(unrated="").exists()


def test_every_wage_is_the_one_in_the_file(files, wages):
    stored = dict(Wage.objects.values_list("code", "annual_median"))
    assert stored.keys() == wages.keys()
    for code, row in wages.items():
        if isinstance(row["A_MEDIAN"], (int, float)):
            assert stored[code] == row["A_MEDIAN"], code
        elif row["A_MEDIAN"] == "#":
            assert "annual_median" in Wage.objects.get(code=code).at_least, code
        else:
            assert stored[code] is None, code


def test_every_growth_is_the_one_in_the_file(files, outlooks):
    stored = dict(Outlook.objects.values_list("code", "growth"))
    assert stored
    assert stored.keys() <= outlooks.keys()
    for code, growth in stored.items():
        plain = outlooks[code].replace(",", "")
        assert growth == (None if plain == "N/A" else Decimal(plain)), code


def test_what_joins_is_joined_and_nothing_else(files, wages):
    for occupation in Occupation.objects.select_related("wage", "outlook"):
        assert bool(occupation.wage) == (occupation.code[:7] in wages), occupation
        for figure in (occupation.wage, occupation.outlook):
            assert figure is None or figure.code == occupation.code[:7]


@pytest.mark.parametrize("command", IMPORTS)
def test_importing_it_again_changes_nothing(files, command):
    before = list(Release.objects.values())
    versions = RoleVersion.objects.count()
    said = run(command, files[command])
    assert "Nothing to change." in said or "unchanged" in said
    assert list(Release.objects.values()) == before
    assert RoleVersion.objects.count() == versions


def test_the_23_percent_of_the_built_in_role_is_a_row_of_these_projections(files):
    """Of 2021 to 2031; another release has another figure, which is shown beside it."""
    analysts = Outlook.objects.get(code=ANALYSTS)
    said = next(one for one in engineer().facts if one.slug == "growth-2031")
    if (analysts.base_year, analysts.target_year) == (2021, 2031):
        assert analysts.growth == Decimal("23.2")
        assert Decimal(said.value) == round(analysts.growth)


def test_every_figure_that_the_built_in_role_takes_from_them_stands_beside_todays(files):
    page = main(Client().get("/roles/machine-learning-engineer/"))
    told = [one for one in engineer().facts if ANALYSTS in one.occupation]
    beside = {cells[0].split(" Of ")[0]: cells for cells in tables(page)[-1]}
    assert told
    assert set(beside) == {one.label for one in told}
    for cells in beside.values():
        print(" | ".join(cells))  # noqa: T201  for -s
        assert len([cell for cell in cells if cell]) == 3


def test_a_page_of_every_kind_says_where_its_figures_are_from(files):
    joined = Occupation.objects.select_related("role", "wage", "outlook")
    alone = joined.annotate(count=sharing()).filter(count=1).exclude(wage=None)
    kinds = {
        "alone": alone.exclude(outlook=None).first(),
        "one of several": joined.annotate(count=sharing()).filter(count__gt=1, wage__gt=0).first(),
        "without any": joined.filter(wage=None, outlook=None).first(),
        "by the hour": alone.filter(wage__annual_median=None).first(),
        "capped": next((one for one in alone if "annual_median" in one.wage.at_least), None),
    }
    for kind, occupation in kinds.items():
        if occupation is None:
            continue
        text = words(html(Client().get(f"/roles/{occupation.role.slug}/")))
        assert Release.objects.get(source="onet").name in text
        assert ("No figure is published" in text) == (kind == "without any")
        assert ("This figure is for all of" in text) == (kind == "one of several")
        assert ("Only pay by the hour" in text) == (kind == "by the hour")
        assert ("At least $" in text) == (kind == "capped")


def test_a_rated_occupation_can_be_found_assessed_and_reported_on(files):
    person = User.objects.create_verified_user("check@example.org", "a password of this test")
    occupation = Occupation.objects.filter(unrated="").select_related("role").first()
    client = Client()
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    assert occupation.title in words(html(client.get("/roles/", {"q": occupation.title})))
    assessment = actions.start(by=person, version=occupation.role.versions.latest("number"))
    slugs = [one.slug for one in assessment.version.definition.skills]
    answer(assessment, **dict.fromkeys(slugs, 4))
    actions.submit(assessment=assessment)
    assert client.get(f"/reports/{assessment.key}/").status_code == 200
    assert client.get("/roles/nearest/").status_code == 200
    assert client.get(f"/roles/{occupation.role.slug}/steps/").status_code == 200


def sharing():
    same = Occupation.objects.filter(soc=OuterRef("soc")).order_by().values("soc")
    return Subquery(same.annotate(count=Count("pk")).values("count"))


def engineer():
    version = RoleVersion.objects.filter(role__slug="machine-learning-engineer").last()
    return version.definition


def tables(page):
    found = re.findall(r'<table class="gap-table figures-table".*?</table>', page, re.DOTALL)
    return [rows(one.replace(' aria-labelledby="beside-table"', ""), TABLE) for one in found[-1:]]
