from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from assessments.forms.resource import ResourceForm, ResourceLinkForm
from assessments.forms.rows import NamedRows
from assessments.models import Resource, ResourceLink, RoleVersion

from .base import DefinitionAdmin, PartsMixin, names_in_print


class ResourceLinkInline(PartsMixin, admin.TabularInline):
    model = ResourceLink
    form = ResourceLinkForm
    formset = NamedRows
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResourceLink]:
        rows = super().get_queryset(request).select_related("skill", "resource")
        return rows.order_by("skill__name", "from_level")


@admin.register(Resource)
class ResourceAdmin(DefinitionAdmin):
    form = ResourceForm
    inlines = [ResourceLinkInline]
    list_display = ["name", "provider", "kind", "cost", "link_count", "position"]
    list_editable = ["position"]
    list_filter = ["kind", "cost"]
    search_fields = ["name", "provider", "purpose", "links__skill__name"]
    slug_source = "name"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resource]:
        return super().get_queryset(request).annotate(link_count=Count("links"))

    @admin.display(description=gettext_lazy("links to skills"), ordering="link_count")
    def link_count(self, resource: Any) -> int:
        return resource.link_count

    def slug_is_published(self, obj: Resource) -> bool:
        in_roles = RoleVersion.objects.filter(
            role__requirements__skills__resource_links__resource=obj
        )
        return in_roles.exists() or names_in_print(obj.slug)
