"""Reports taken away, read back."""

import csv
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from assessments.views.report_exports import PDF_PACKAGES


def download(client, assessment, name):
    """`name` is that of the address: report_csv, report_json, report_pdf, report_resume."""
    response = client.get(reverse(name, args=[assessment.key]))
    if name == "report_pdf" and response.status_code == 503:
        pytest.fail(f"PDF needs libraries of the system. As root: apt install {PDF_PACKAGES}")
    assert response.status_code == 200
    return response


def csv_rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def pdf(response):
    return PdfReader(io.BytesIO(response.content))


def squashed(words):
    """Without spaces, which a PDF has no need of."""
    return "".join(words.split())


def pdf_words(response):
    return squashed("".join(page.extract_text() for page in pdf(response).pages))
