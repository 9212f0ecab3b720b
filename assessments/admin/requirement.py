from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from assessments.exporters.tables import REQUIREMENTS
from assessments.forms.requirement import (
    AlternativeForm,
    AlternativesFormSet,
    RequirementForm,
    RequirementRowForm,
)
from assessments.models import Requirement, RequirementGroup, RequirementSkill, Role

from .base import DefinitionAdmin, KeptRolesFilter, PartsMixin, slugs_in_print
from .bulk import BulkAdmin


class AlternativeInline(PartsMixin, admin.TabularInline):
    model = RequirementSkill
    form = AlternativeForm
    formset = AlternativesFormSet
    extra = 2


class GroupOfRoleFilter(admin.SimpleListFilter):
    """Groups belong to a role, so they are on offer only once a role is chosen."""

    title = gettext_lazy("group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        role = request.GET.get("role__id__exact", "")
        if not role.isdecimal():
            return []
        groups = RequirementGroup.objects.filter(role_id=int(role))
        return [(str(group.pk), group.title) for group in groups]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        return queryset.filter(group=value) if value.isdecimal() else queryset


@admin.register(Requirement)
class RequirementAdmin(BulkAdmin, DefinitionAdmin):
    table = REQUIREMENTS
    form = RequirementForm
    inlines = [AlternativeInline]
    list_display = [
        "title",
        "level",
        "importance",
        "essential",
        "position",
        "skills_that_count",
        "group",
        "role",
    ]
    list_editable = ["level", "importance", "essential", "position"]
    list_filter = [("role", KeptRolesFilter), GroupOfRoleFilter, "essential"]
    list_select_related = ["role", "group"]
    search_fields = ["title", "reason", "skills__name"]
    ordering = ["role__position", "role__title", "position", "pk"]
    slug_source = "title"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Requirement]:
        rows = super().get_queryset(request).select_related("role", "group")
        skills = RequirementSkill.objects.select_related("skill__scale")
        return rows.prefetch_related(
            Prefetch("alternatives", skills), "alternatives__skill__scale__levels"
        )

    def get_list_display(self, request: HttpRequest) -> Any:
        """Of one role, its name need not stand in every line."""
        if "role__id__exact" in request.GET:
            return [name for name in self.list_display if name != "role"]
        return self.list_display

    @admin.display(description=gettext_lazy("skills that count"))
    def skills_that_count(self, requirement: Requirement) -> str:
        return ", ".join(row.skill.name for row in requirement.alternatives.all())

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=RequirementRowForm, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        role = obj.role if obj is not None else self.role_of_address(request)
        return type(form.__name__, (form,), {"role": role})

    def role_of_address(self, request: HttpRequest) -> Role | None:
        """Named there, or the one whose list the person comes from."""
        came_from = QueryDict(request.GET.get("_changelist_filters", ""))
        wanted = request.GET.get("role") or came_from.get("role__id__exact", "")
        return Role.objects.filter(pk=wanted).first() if wanted.isdecimal() else None

    def slug_is_published(self, obj: Requirement) -> bool:
        return obj.slug in slugs_in_print(obj.role).get("requirements", ())
