from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from assessments.exporters.tables import RESOURCES
from assessments.forms.resource import ResourceForm, ResourceLinkForm
from assessments.forms.rows import NamedRows
from assessments.models import Resource, ResourceLink, RoleVersion
from assessments.wording import say_check

from .base import DefinitionAdmin, PartsMixin, names_in_print, printed_reason
from .bulk import BulkAdmin
from .once import once


class ResourceLinkInline(PartsMixin, admin.TabularInline):
    model = ResourceLink
    form = ResourceLinkForm
    formset = NamedRows
    extra = 1
    readonly_fields = ["last_check"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResourceLink]:
        rows = super().get_queryset(request).select_related("skill", "resource")
        return rows.order_by("skill__name", "from_level")

    @admin.display(description=gettext_lazy("last check"))
    def last_check(self, link: ResourceLink) -> str:
        if not link.checked_at:
            return link.get_health_display()
        day = date_format(localtime(link.checked_at), "DATE_FORMAT")
        return f"{link.get_health_display()}, {day}. {say_check(link.check_detail)}"


class BrokenLinksFilter(admin.SimpleListFilter):
    title = gettext_lazy("links")
    parameter_name = "links"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("broken", gettext_lazy("With a broken link"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Resource]) -> QuerySet[Resource]:
        if self.value() != "broken":
            return queryset
        broken = ResourceLink.objects.filter(health=ResourceLink.Health.BROKEN)
        return queryset.filter(pk__in=broken.values("resource"))


@admin.register(Resource)
class ResourceAdmin(BulkAdmin, DefinitionAdmin):
    table = RESOURCES
    draft_note = ""
    form = ResourceForm
    inlines = [ResourceLinkInline]
    list_display = ["name", "provider", "kind", "cost", "link_count", "position"]
    list_editable = ["position"]
    list_filter = [BrokenLinksFilter, "kind", "cost"]
    search_fields = ["name", "provider", "purpose", "links__skill__name"]
    slug_source = "name"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resource]:
        return super().get_queryset(request).annotate(link_count=Count("links"))

    @admin.display(description=gettext_lazy("links to skills"), ordering="link_count")
    def link_count(self, resource: Any) -> int:
        return resource.link_count

    @once
    def slug_is_published(self, obj: Resource) -> bool:
        in_roles = RoleVersion.objects.filter(
            role__requirements__skills__resource_links__resource=obj
        )
        return in_roles.exists() or names_in_print(obj.slug)

    def why_it_stays(self, obj: Resource) -> str:
        return printed_reason(obj)
