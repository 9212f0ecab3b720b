"""What was imported from the public statistics: to look up, and changed by the next import only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext

from assessments.models import Occupation, Outlook, Release, Wage

from .base import NoAnswersMixin


class ImportedAdmin(NoAnswersMixin):
    """Read-only for everybody: a change would be lost with the next import."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Occupation)
class OccupationAdmin(ImportedAdmin):
    list_display = ["code", "title", "job_zone", "education", "unrated", "gone"]
    list_display_links = ["code", "title"]
    list_filter = ["unrated", "withdrawn", "job_zone", "education"]
    search_fields = ["code", "title"]
    fields = [
        "code",
        "title",
        "page",
        "versions",
        "job_zone",
        "education",
        "unrated",
        "withdrawn",
        "wage",
        "outlook",
    ]
    readonly_fields = ["page", "versions"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Occupation]:
        rows = super().get_queryset(request).select_related("role", "wage", "outlook")
        return rows.defer("ratings", "education_shares", "role__summary")

    # In a word: Django's picture of yes and no is one more request for each of the two.
    @admin.display(description=gettext_lazy("withdrawn"), ordering="withdrawn")
    def gone(self, occupation: Occupation) -> str:
        return gettext("withdrawn") if occupation.withdrawn else ""

    @admin.display(description=gettext_lazy("page"))
    def page(self, occupation: Occupation) -> str:
        address = reverse("role_detail", args=[occupation.role.slug])
        return format_html('<a href="{}">{}</a>', address, occupation.role)

    @admin.display(description=gettext_lazy("published"))
    def versions(self, occupation: Occupation) -> str:
        count = occupation.role.versions.count()
        words = ngettext("%(count)s version", "%(count)s versions", count) % {"count": count}
        address = reverse("admin:assessments_roleversion_changelist")
        return format_html(
            '<a href="{}?role__id__exact={}">{}</a>', address, occupation.role_id, words
        )


@admin.register(Release)
class ReleaseAdmin(ImportedAdmin):
    list_display = ["source", "name", "period", "imported_at"]
    list_display_links = ["source", "name"]
    fields = ["source", "name", "period", "imported_at", "sha256"]


@admin.register(Wage)
class WageAdmin(ImportedAdmin):
    list_display = ["code", "title", "annual_median", "hourly_median", "employment"]
    list_display_links = ["code", "title"]
    search_fields = ["code", "title"]


@admin.register(Outlook)
class OutlookAdmin(ImportedAdmin):
    list_display = ["code", "title", "growth", "openings", "base_year", "target_year"]
    list_display_links = ["code", "title"]
    search_fields = ["code", "title"]
