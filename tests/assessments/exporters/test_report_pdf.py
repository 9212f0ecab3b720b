import re
import sys
from dataclasses import replace

import pytest
from django.utils.module_loading import import_string

from assessments.views.report_exports import PDF_EXPORTER, PDF_PACKAGES
from tests.definitions import definition, qualification, requirement
from tests.published import submitted
from tests.report_files import download, pdf, squashed

pytestmark = pytest.mark.django_db
REASON = "Because a model that nobody can run again is a model that nobody can trust for long."
FORTY = definition(
    *(
        replace(
            requirement(f"s{n}", 1 + n % 4, importance=1 + n % 5, essential=n % 3 == 0),
            title=f"Explain requirement number {n} to people outside of the team",
            reason=REASON,
        )
        for n in range(40)
    ),
    qualifications=(qualification(),),
)
SAID = {f"s{n}": (n * 7) % 5 for n in range(36)}


@pytest.fixture
def module():
    """The exporter's module; where Pango is missing the test fails and says what to do."""
    try:
        return sys.modules[import_string(PDF_EXPORTER).__module__]
    except OSError:
        pytest.fail(f"PDF needs libraries of the system. As root: apt install {PDF_PACKAGES}")


@pytest.fixture
def read(member, member_client):
    return pdf(download(member_client, submitted(member, FORTY, **SAID), "report_pdf"))


def structure(element):
    """Every element of the tag tree, in reading order."""
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if "/S" in element:
        yield element
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from structure(child)


def test_it_works(read):
    assert squashed(read.pages[0].extract_text()).startswith("Tester·version1·")
    assert "Youmeet18ofthe40targets." in squashed(read.pages[0].extract_text())
    assert read.metadata.title.startswith("Gap report – Tester, ")
    assert read.trailer["/Root"]["/Lang"] == "en"


def test_forty_targets_take_three_pages_at_most(read):
    assert 2 <= len(read.pages) <= 3
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in read.pages} == {
        (595, 842)
    }


def test_it_calls_itself_accessible_and_is_tagged(read):
    root = read.trailer["/Root"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()
    assert root["/MarkInfo"]["/Marked"]
    tags = [element["/S"] for element in structure(root["/StructTreeRoot"])]
    assert tags.count("/H1") == 1
    assert {"/Table", "/THead", "/TH", "/TD", "/H2", "/P", "/L"} <= set(tags)


def test_every_drawing_is_said_in_words(read):
    figures = [
        one for one in structure(read.trailer["/Root"]["/StructTreeRoot"]) if one["/S"] == "/Figure"
    ]
    assert len(figures) == 36
    assert all(re.search(r": you \w+, target \w+$", one["/Alt"]) for one in figures)


def test_the_head_of_the_table_comes_again(read):
    pages = [squashed(page.extract_text()) for page in read.pages]
    with_rows = [text for text in pages if re.search(r"levelstogo\d+×", text)]
    assert len(with_rows) >= 2
    assert all("TargetYouAskedforGap" in text for text in with_rows)


def test_it_is_drawn_in_grey_alone(read):
    for page in read.pages:
        colours = re.findall(
            rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", page.get_contents().get_data()
        )
        assert all(len(set(colour)) == 1 for colour in colours)


def test_twice_the_same_bytes(member, member_client):
    sent = submitted(member, definition(requirement("sql")), sql=1)
    first, second = (download(member_client, sent, "report_pdf").content for _ in range(2))
    assert first == second


def test_what_a_person_wrote_is_text(member, member_client):
    role = definition(replace(requirement("sql"), title="<b>Bold</b> & <img src=x>"))
    words = pdf(download(member_client, submitted(member, role, sql=1), "report_pdf"))
    assert squashed("<b>Bold</b> & <img src=x>") in squashed(words.pages[0].extract_text())


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "ftp://example.org/x",
        "https://static.invalid.example.org/x",
        "https://static.invalid/../../etc/passwd",
        "https://static.invalid/%2e%2e/%2e%2e/manage.py",
        "https://static.invalid//etc/passwd",
        "https://static.invalid/no/such/file.css",
    ],
)
def test_no_address_but_our_own_files_is_read(module, address):
    with pytest.raises(Exception, match=r"own files|no such static file|outside|is located"):
        module.OwnFilesFetcher().fetch(address)


def test_our_own_files_are_read(module):
    found = module.OwnFilesFetcher().fetch("https://static.invalid/assessments/report_pdf.css")
    assert found.content_type == "text/css"
    assert b"@page" in found.read()


def test_a_page_with_foreign_addresses_asks_for_none(module, monkeypatch):
    opened = []
    monkeypatch.setattr("socket.socket.connect", lambda *args: opened.append(args))
    markup = '<html lang="en"><title>x</title><img alt="x" src="http://127.0.0.1:9/x"><p>x</p>'
    assert module.to_pdf(markup).startswith(b"%PDF")
    assert opened == []
