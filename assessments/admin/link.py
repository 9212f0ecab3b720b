from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from assessments.exporters.tables import LINKS
from assessments.models import ResourceLink
from assessments.wording import say_check

from .base import DefinitionAdmin
from .bulk import BulkAdmin


@admin.register(ResourceLink)
class ResourceLinkAdmin(BulkAdmin, DefinitionAdmin):
    """All links with what the last check found. They are edited on the page of their resource."""

    table = LINKS
    draft_note = ""
    list_display = ["resource_page", "skill", "health", "found", "checked_at", "url"]
    list_display_links = None
    list_filter = ["health", "resource"]
    search_fields = ["resource__name", "skill__name", "url"]
    readonly_fields = ["health", "found", "checked_at"]
    fields = ["resource", "skill", "from_level", "to_level", "url", "reason", "hours"]
    fields += readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResourceLink]:
        return super().get_queryset(request).select_related("resource", "skill")

    @admin.display(description=gettext_lazy("resource"), ordering="resource__name")
    def resource_page(self, link: ResourceLink) -> str:
        page = reverse("admin:assessments_resource_change", args=[link.resource_id])
        return format_html('<a href="{}">{}</a>', page, link.resource)

    @admin.display(description=gettext_lazy("what was found"))
    def found(self, link: ResourceLink) -> str:
        return say_check(link.check_detail)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
