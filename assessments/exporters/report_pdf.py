"""A report on paper: tagged PDF/UA-1. The same report always gives the same bytes.

Importing this module loads Pango, a library of the system: it is imported by name and late, and
raises OSError where Pango is missing.
"""

import threading
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from assessments.models import Assessment
from assessments.report_pages import ReportPage

TEMPLATE = "assessments/report_pdf.html"
# Never asked: what lies below it is read from our own static files, everything else is refused.
STATIC = "https://static.invalid/"
# Layout takes a second of one core, so that many at a time would only slow down the pages.
_one_at_a_time = threading.Lock()


class OwnFilesFetcher(URLFetcher):
    """Refuses every address, be it of the network or of the disk, but our own static files."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(STATIC):
            raise ValueError(f"not one of our own files: {url}")
        found = finders.find(unquote(url.removeprefix(STATIC)))
        if not found:
            raise ValueError(f"no such static file: {url}")
        with open(found, "rb") as file:
            return URLFetcherResponse(url, file.read(), {"Content-Type": _kind(url)})


def _kind(url: str) -> str:
    return "text/css" if url.endswith(".css") else "application/octet-stream"


def report_pdf(assessment: Assessment, page: ReportPage) -> bytes:
    markup = render_to_string(TEMPLATE, {"assessment": assessment, "page": page})
    return to_pdf(markup, identifier=assessment.result_sha256.encode())


def to_pdf(markup: str, identifier: bytes | None = None) -> bytes:
    with _one_at_a_time:
        document = HTML(string=markup, base_url=STATIC, url_fetcher=OwnFilesFetcher())
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return pdf
