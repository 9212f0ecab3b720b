"""A report to take away. Whoever may read it may download it, and nobody else."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from assessments import access, reports
from assessments.access import PersonRequest, people_only
from assessments.exporters import report_csv as csv_exporter
from assessments.exporters import report_json as json_exporter
from assessments.exporters import report_resume as resume_exporter
from assessments.models import Assessment

# By name and late: it needs libraries of the system, and without them only the PDF is missing.
PDF_EXPORTER = "assessments.exporters.report_pdf.report_pdf"
PDF_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
SCHEMA_FILE = settings.BASE_DIR / "docs" / "report.schema.json"


@people_only
@require_safe
def report_csv(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.person, key)
    page = reports.build(assessment, with_resources=False)
    text = csv_exporter.report_csv(page)
    return _download(text, "text/csv; charset=utf-8; header=present", assessment, "csv")


@people_only
@require_safe
def report_json(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.person, key)
    page = reports.build(assessment, with_resources=False)
    data = json_exporter.report_json(assessment, page, reports.education_of(assessment))
    response = _download(_json(data), "application/json", assessment, "json")
    response.headers["Link"] = f'<{reverse("report_schema")}>; rel="describedby"'
    return response


@people_only
@require_safe
def report_resume(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.person, key)
    data = resume_exporter.report_resume(assessment, reports.answers_of(assessment))
    return _download(_json(data), "application/json", assessment, "resume.json")


@people_only
@require_safe
def report_pdf(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.person, key)
    try:
        write = import_string(PDF_EXPORTER)
    except OSError:
        context = {"assessment": assessment, "packages": PDF_PACKAGES}
        return render(request, "assessments/pdf_missing.html", context, status=503)
    page = reports.build(assessment, with_resources=False)
    return _download(write(assessment, page), "application/pdf", assessment, "pdf")


@require_safe
def report_schema(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SCHEMA_FILE.read_bytes(), content_type="application/schema+json")


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _download(
    content: str | bytes, content_type: str, assessment: Assessment, ending: str
) -> HttpResponse:
    role = slugify(assessment.role.slug) or "report"
    name = f"{role}-{assessment.submitted_at:%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )
