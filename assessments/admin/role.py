"""A role with the parts of its page. Requirements, with skills of their own, have own pages."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, Max, QuerySet
from django.forms import CheckboxSelectMultiple, Textarea
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.role import (
    CounterpartForm,
    FactForm,
    FieldOfStudyForm,
    GroupForm,
    PartFormSet,
    PartRows,
    PassageForm,
    QualificationForm,
    RoleForm,
)
from assessments.models import (
    Counterpart,
    Fact,
    FieldOfStudy,
    Passage,
    Qualification,
    RequirementGroup,
    Role,
)

from .base import (
    DefinitionAdmin,
    PartsMixin,
    latest_version_of,
    names_in_print,
    slugs_in_print,
)
from .once import once
from .publication import PublishingAdmin


class PartInline(PartsMixin, admin.options.InlineModelAdmin):
    """`printed_as` is what a definition calls these parts."""

    formset = PartFormSet
    extra = 1
    classes = ["collapse"]
    printed_as = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        if obj is not None and self.printed_as:
            formset.published = slugs_in_print(obj).get(self.printed_as, frozenset())
        return formset


class GroupInline(PartInline, admin.TabularInline):
    model = RequirementGroup
    form = GroupForm
    formset = PartRows
    printed_as = "groups"


class PassageInline(PartInline, admin.TabularInline):
    model = Passage
    form = PassageForm
    formset = PartRows
    formfield_overrides = {
        **PartsMixin.formfield_overrides,
        models.TextField: {"widget": Textarea(attrs={"rows": 5, "cols": 60})},
    }


class FactInline(PartInline, admin.StackedInline):
    model = Fact
    form = FactForm
    printed_as = "facts"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "label",
                    "slug",
                    ("value", "value_to", "unit"),
                    "occupation",
                    ("source", "source_date"),
                    "source_url",
                    "note",
                    "position",
                ]
            },
        )
    ]
    formfield_overrides = {
        **PartsMixin.formfield_overrides,
        models.TextField: {"widget": Textarea(attrs={"rows": 3, "cols": 60})},
    }


class QualificationInline(PartInline, admin.StackedInline):
    model = Qualification
    form = QualificationForm
    printed_as = "qualifications"
    formfield_overrides = {
        **PartsMixin.formfield_overrides,
        models.ManyToManyField: {"widget": CheckboxSelectMultiple},
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Qualification]:
        return super().get_queryset(request).prefetch_related("fields")


class CounterpartInline(PartInline, admin.TabularInline):
    model = Counterpart
    form = CounterpartForm
    formset = PartRows


@admin.register(Role)
class RoleAdmin(PublishingAdmin, DefinitionAdmin):
    """Those that editors keep. Imported ones have no draft, so there is nothing to edit."""

    form = RoleForm
    draft_note = gettext_lazy(
        "Except for the order of the roles, nothing that members see has changed yet: "
        "publishing a role takes its draft to them."
    )
    inlines = [GroupInline, PassageInline, FactInline, QualificationInline, CounterpartInline]
    list_display = ["title", "requirement_count", "published_version", "position"]
    list_editable = ["position"]
    search_fields = ["title", "summary"]
    slug_source = "title"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return (
            super()
            .get_queryset(request)
            .filter(origin=Role.Origin.CURATED)
            .annotate(
                requirement_count=Count("requirements", distinct=True),
                newest=Max("versions__number"),
            )
        )

    @admin.display(description=gettext_lazy("requirements"), ordering="requirement_count")
    def requirement_count(self, role: Any) -> int:
        return role.requirement_count

    @admin.display(description=gettext_lazy("published"), ordering="newest")
    def published_version(self, role: Any) -> str:
        if role.newest is None:
            return _("not yet")
        return _("version %(number)s") % {"number": role.newest}

    def slug_is_published(self, obj: Role) -> bool:
        return latest_version_of(obj) is not None

    def why_it_stays(self, obj: Role) -> str:
        if latest_version_of(obj) is None:
            return ""
        message = _("“%(role)s” cannot be deleted: it is published, and reports refer to it.")
        return message % {"role": obj}


@admin.register(FieldOfStudy)
class FieldOfStudyAdmin(DefinitionAdmin):
    form = FieldOfStudyForm
    list_display = ["name", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    slug_source = "name"

    @once
    def slug_is_published(self, obj: FieldOfStudy) -> bool:
        return names_in_print(obj.slug)

    def why_it_stays(self, obj: FieldOfStudy) -> str:
        if not obj.qualifications.exists():
            return ""
        message = _(
            "“%(field)s” cannot be deleted, because it counts for: %(qualifications)s. "
            "Untick it there first."
        )
        rows = obj.qualifications.select_related("role")
        names = "; ".join(f"{row} ({row.role})" for row in rows)
        return message % {"field": obj, "qualifications": names}
