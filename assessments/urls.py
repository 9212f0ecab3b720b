from django.urls import path, register_converter

from assessments.views import assessment, pages, question, report, role


class KeyConverter:
    """The public id of an assessment: 128 random bits."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", pages.home, name="home"),
    path("livez", pages.livez, name="livez"),
    path("readyz", pages.readyz, name="readyz"),
    # /roles/
    path("roles/", role.role_list, name="role_list"),
    path("roles/<slug:slug>/", role.role_detail, name="role_detail"),
    path("roles/<slug:slug>/start/", assessment.start, name="assessment_start"),
    # /assessments/<key>/
    path("assessments/", assessment.assessment_list, name="assessment_list"),
    path("assessments/<key:key>/", assessment.assessment_detail, name="assessment_detail"),
    path("assessments/<key:key>/skills/<slug:slug>/", question.question, name="question"),
    path("assessments/<key:key>/qualifications/", assessment.qualifications, name="qualifications"),
    path("assessments/<key:key>/review/", assessment.review, name="review"),
    # /reports/<key>/
    path("reports/<key:key>/", report.report_detail, name="report_detail"),
]
