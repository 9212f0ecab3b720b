"""Taking everything along, bringing it back, deleting: by the pages alone, without JavaScript."""

import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from assessments.models import Assessment, User
from tests.browser.journey import press, submitted
from tests.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("erasures")


@pytest.fixture
def plain(new_context, enter, member):
    context = new_context(java_script_enabled=False)
    enter(member, context)
    return context.new_page()


@pytest.fixture
def report(member, version):
    return submitted(member, version, python=3, r=1)


def downloaded(page, folder):
    page.goto("/accounts/")
    page.get_by_role("link", name="My data", exact=True).click()
    with page.expect_download() as found:
        page.get_by_role("link", name="Download my data").click()
    assert re.fullmatch(r"careerpath-data-[\d-]+\.zip", found.value.suggested_filename)
    found.value.save_as(folder / "data.zip")
    return folder / "data.zip"


def test_a_report_leaves_and_comes_back(plain, report, tmp_path):
    file = downloaded(plain, tmp_path)
    Assessment.objects.all().delete()
    plain.get_by_role("link", name="Bring in an export").click()
    plain.locator("input[type=file]").set_input_files(file)
    press(plain, "Show what would happen")
    expect(plain.locator("main")).to_contain_text("Comes back.")
    assert not Assessment.objects.exists()
    press(plain, "Bring it in")
    expect(plain.locator("main")).to_contain_text("Reports: 1.")
    assert Assessment.objects.get().result_sha256 == report.result_sha256


def test_the_page_in_the_export_reads_by_itself(page, plain, report, tmp_path, axe):
    with zipfile.ZipFile(downloaded(plain, tmp_path)) as archive:
        archive.extractall(tmp_path)
    assert json.loads((tmp_path / "careerpath-data.json").read_text())["assessments"]
    page.set_content((tmp_path / "careerpath-data.html").read_text())
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("heading", level=1)).to_have_text("My data from CareerPath")


def test_an_account_is_deleted(plain, report, member):
    plain.goto("/account/")
    plain.get_by_role("link", name="Delete my account").click()
    plain.get_by_label("Password", exact=True).fill(PASSWORD)
    press(plain, "Continue")
    press(plain, "Delete my account")
    expect(plain.locator(".error-summary")).to_contain_text("Tick the box")
    plain.get_by_text("Yes, delete my account").click()
    press(plain, "Delete my account")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Your account is deleted")
    assert not User.objects.filter(pk=member.pk).exists()
    assert not Assessment.objects.exists()


def test_back_shows_nothing_afterwards(plain, report):
    plain.goto("/account/delete/")
    plain.get_by_label("Password", exact=True).fill(PASSWORD)
    press(plain, "Continue")
    plain.get_by_text("Yes, delete my account").click()
    press(plain, "Delete my account")
    plain.wait_for_url("**/account/gone/")
    plain.go_back()
    assert "member@example.org" not in plain.content()
