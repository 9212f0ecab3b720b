from django.urls import path, register_converter

from assessments.views import (
    assessment,
    comparison,
    guest,
    my_data,
    nearest_roles,
    newsletter,
    pages,
    plan,
    question,
    reminders,
    report,
    report_exports,
    role,
    search,
    sharing,
    staying,
    stepping_stones,
    version,
)


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
    path("roles/", search.role_list, name="role_list"),
    path("roles/nearest/", nearest_roles.nearest, name="nearest_roles"),
    path("roles/nearest/<slug:slug>/", nearest_roles.nearest_one, name="nearest_one"),
    path("roles/<slug:slug>/", role.role_detail, name="role_detail"),
    path("roles/<slug:slug>/steps/", stepping_stones.steps, name="stepping_stones"),
    path("roles/<slug:slug>/start/", assessment.start, name="assessment_start"),
    # /assessments/<key>/
    path("assessments/", assessment.assessment_list, name="assessment_list"),
    path("assessments/claim/", guest.claim, name="claim"),
    path("assessments/forget/", guest.forget, name="guest_forget"),
    path("assessments/<key:key>/", assessment.assessment_detail, name="assessment_detail"),
    path("assessments/<key:key>/skills/<slug:slug>/", question.question, name="question"),
    path("assessments/<key:key>/qualifications/", assessment.qualifications, name="qualifications"),
    path("assessments/<key:key>/review/", assessment.review, name="review"),
    path("assessments/<key:key>/version/", version.assessment_version, name="assessment_version"),
    # /reports/<key>/
    path("reports/<key:key>/", report.report_detail, name="report_detail"),
    path("reports/<key:key>.csv", report_exports.report_csv, name="report_csv"),
    path("reports/<key:key>.json", report_exports.report_json, name="report_json"),
    path("reports/<key:key>.pdf", report_exports.report_pdf, name="report_pdf"),
    path("reports/<key:key>/resume.json", report_exports.report_resume, name="report_resume"),
    path("schemas/report-1.json", report_exports.report_schema, name="report_schema"),
    path("reports/<key:key>/version/", version.report_version, name="report_version"),
    # /reports/<key>/compare/<key>/, /reports/<key>/share/, /shared/<token>/
    path(
        "reports/<key:key>/compare/<key:other>/", comparison.report_compare, name="report_compare"
    ),
    path("reports/<key:key>/share/", sharing.report_share, name="report_share"),
    path("shared/<str:token>/", sharing.shared_report, name="shared_report"),
    # /newsletter/, /reminders/
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/asked/", newsletter.newsletter_asked, name="newsletter_asked"),
    path(
        "newsletter/confirm/<str:token>/",
        newsletter.newsletter_confirm,
        name="newsletter_confirm",
    ),
    path(
        "newsletter/unsubscribe/<str:token>/",
        newsletter.newsletter_unsubscribe,
        name="newsletter_unsubscribe",
    ),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/off/<str:token>/", reminders.reminders_off, name="reminders_off"),
    # /account/
    path("account/", my_data.my_data_page, name="my_data"),
    path("account/export/", my_data.my_data_export, name="my_data_export"),
    path("account/import/", my_data.my_data_import, name="my_data_import"),
    path("account/import/check/", my_data.my_data_import_check, name="my_data_import_check"),
    path("account/delete/", my_data.my_data_delete, name="my_data_delete"),
    path("account/gone/", my_data.my_data_gone, name="my_data_gone"),
    path("account/stay/", staying.stay, name="stay"),
    # /plan/
    path("plan/", plan.plan_detail, name="plan"),
    path("plan.ics", plan.plan_calendar, name="plan_ics"),
    path("plan/add/<key:key>/", plan.plan_add, name="plan_add"),
    path("plan/<slug:slug>/", plan.plan_item, name="plan_item"),
    path("plan/<slug:slug>/rate/", plan.plan_rate, name="plan_rate"),
]
