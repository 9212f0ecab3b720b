"""Skills with the sentences of their levels, and the scales those levels belong to."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.actions.catalogue import set_anchors
from assessments.exporters.tables import SKILLS
from assessments.forms.catalogue import (
    CorrespondenceForm,
    ScaleForm,
    ScaleLevelFormSet,
    anchor_field,
    skill_form_for,
)
from assessments.forms.rows import NamedRows
from assessments.models import (
    Correspondence,
    RequirementSkill,
    RoleVersion,
    Scale,
    ScaleLevel,
    Skill,
)

from .base import DefinitionAdmin, PartsMixin, names_in_print, printed_reason
from .bulk import BulkAdmin
from .once import once
from .preview import PreviewAdmin


class ScaleLevelInline(PartsMixin, admin.TabularInline):
    """While skills use the scale, only its words change: the numbers are in their sentences."""

    model = ScaleLevel
    formset = ScaleLevelFormSet
    fields = ["value", "word", "meaning"]
    extra = 2

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["value"] if is_used(obj) else []

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not is_used(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_used(obj)


@admin.register(Scale)
class ScaleAdmin(DefinitionAdmin):
    form = ScaleForm
    fields = ["name", "slug"]
    inlines = [ScaleLevelInline]
    list_display = ["name", "words", "skill_count"]
    search_fields = ["name", "levels__word"]
    slug_source = "name"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scale]:
        rows = super().get_queryset(request).prefetch_related("levels")
        return rows.annotate(skill_count=Count("skill"))

    @admin.display(description=gettext_lazy("levels"))
    def words(self, scale: Scale) -> str:
        return ", ".join(str(level) for level in scale.levels.all())

    @admin.display(description=gettext_lazy("skills"), ordering="skill_count")
    def skill_count(self, scale: Any) -> int:
        return scale.skill_count

    @once
    def slug_is_published(self, obj: Scale) -> bool:
        return names_in_print(obj.slug)

    def why_it_stays(self, obj: Scale) -> str:
        count = skills_on(obj)
        if not count:
            return ""
        return ngettext(
            "“%(scale)s” cannot be deleted: %(count)s skill is measured on it.",
            "“%(scale)s” cannot be deleted: %(count)s skills are measured on it.",
            count,
        ) % {"scale": obj, "count": count}


class CorrespondenceInline(PartsMixin, admin.TabularInline):
    model = Correspondence
    form = CorrespondenceForm
    formset = NamedRows
    extra = 1
    classes = ["collapse"]


@admin.register(Skill)
class SkillAdmin(BulkAdmin, PreviewAdmin, DefinitionAdmin):
    """What is imported is only read here; resources are linked to it on their own pages."""

    table = SKILLS
    draft_note = gettext_lazy(
        "Except for counterparts in O*NET, nothing that members see has changed yet: "
        "publishing a role takes its draft to them."
    )
    inlines = [CorrespondenceInline]
    list_display = ["name", "category", "scale", "sentences", "needed_by"]
    list_filter = ["category", "scale"]
    search_fields = ["name", "description", "anchors__text"]
    slug_source = "name"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        rows = super().get_queryset(request).select_related("scale")
        return rows.annotate(
            anchor_count=Count("anchors", distinct=True),
            level_count=Count("scale__levels", distinct=True),
            need_count=Count("alternatives", distinct=True),
        )

    @admin.display(description=gettext_lazy("sentences"), ordering="anchor_count")
    def sentences(self, skill: Any) -> str:
        return _("%(count)s of %(all)s") % {"count": skill.anchor_count, "all": skill.level_count}

    @admin.display(description=gettext_lazy("requirements"), ordering="need_count")
    def needed_by(self, skill: Any) -> int:
        return skill.need_count

    # --- The page of one skill ----------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_imported(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_imported(obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return [] if is_imported(obj) else super().get_inlines(request, obj)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if self.has_add_permission(request) and self.scale_for(request, None) is None:
            messages.error(request, _("Make a scale with its levels first: skills need one."))
            return HttpResponseRedirect(reverse("admin:assessments_scale_add"))
        return super().add_view(request, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if scale := self.scale_for(request, context.get("original")):
            preview = reverse("admin:assessments_skill_preview", args=[scale.pk])
            context |= {"preview_address": preview}
        return super().render_change_form(request, context, *args, **kwargs)

    def scale_for(self, request: HttpRequest, skill: Skill | None) -> Scale | None:
        return skill.scale if skill is not None else scale_of_a_new_skill(request)

    def levels_for(self, request: HttpRequest, skill: Skill | None) -> list[ScaleLevel]:
        scale = self.scale_for(request, skill)
        return levels_of(scale) if scale else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        sentences = tuple(anchor_field(level.value) for level in self.levels_for(request, obj))
        if obj is not None and not self.has_change_permission(request, obj):
            sentences = ("what_it_says",)
        fieldsets: list[Any] = [
            (None, {"fields": ["name", "slug", "category", "scale", "description"]}),
            (
                _("What a person does at each level"),
                {
                    "fields": [sentences] if sentences else [],
                    "classes": ["anchors"],
                    "description": _(
                        "One sentence each that starts with “I” and says what can be seen. "
                        "A level may stay empty while you write; publishing needs all of them."
                    ),
                },
            ),
        ]
        if is_imported(obj):
            fieldsets[0][1]["fields"].append("element")
            fieldsets[0][1]["description"] = _(
                "This skill was imported from O*NET, and changes with the next import. "
                "Resources can be linked to it on the pages of the resources."
            )
        if obj is not None:
            fieldsets.append((_("Where it is used"), {"fields": ["asked_by", "served_by"]}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is None:
            return []
        imported = ["element"] if is_imported(obj) else []
        return ["asked_by", "served_by", "what_it_says", *imported]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if scale := self.scale_for(request, obj):
            kwargs["form"] = skill_form_for(scale, self.levels_for(request, obj))
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and "scale" in form.base_fields:
            form.base_fields["scale"].help_text = self.other_scales(request)
        return form

    def other_scales(self, request: HttpRequest) -> str:
        chosen = self.scale_for(request, None)
        scales = Scale.objects.filter(levels__isnull=False).distinct()
        links = [(scale.pk, scale.name) for scale in scales if scale != chosen]
        if not links:
            return ""
        return format_html_join(" · ", '<a href="?scale={}">{}</a>', links)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        set_anchors(skill=form.instance, sentences=form.sentences())

    @admin.display(description=gettext_lazy("sentences"))
    def what_it_says(self, skill: Skill) -> str:
        return format_html_join("", "<p>{}</p>", ((str(row),) for row in skill.anchors.all()))

    @admin.display(description=gettext_lazy("asked by"))
    def asked_by(self, skill: Skill) -> str:
        rows = uses_of(skill)
        return self.links((row.requirement, f"– {row.requirement.role}") for row in rows)

    @admin.display(description=gettext_lazy("resources for it"))
    def served_by(self, skill: Skill) -> str:
        links = skill.resource_links.select_related("resource").order_by("from_level", "pk")
        words = _("from %(start)s to %(end)s")
        return self.links(
            (link.resource, words % {"start": link.from_level, "end": link.to_level})
            for link in links
        )

    @once
    def slug_is_published(self, obj: Skill) -> bool:
        in_roles = RoleVersion.objects.filter(role__requirements__skills=obj)
        return in_roles.exists() or names_in_print(obj.slug)

    def why_it_stays(self, obj: Skill) -> str:
        rows = uses_of(obj)
        if not rows:
            return printed_reason(obj)
        message = _(
            "“%(skill)s” cannot be deleted, because it counts for: %(requirements)s. "
            "Take it out there first."
        )
        names = "; ".join(f"{row.requirement} ({row.requirement.role})" for row in rows)
        return message % {"skill": obj, "requirements": names}


def is_imported(skill: Skill | None) -> bool:
    return skill is not None and skill.element is not None


def is_used(scale: Scale | None) -> bool:
    return scale is not None and skills_on(scale) > 0


@once
def skills_on(scale: Scale) -> int:
    return Skill.objects.filter(scale=scale).count()


@once
def levels_of(scale: Scale) -> list[ScaleLevel]:
    return list(ScaleLevel.objects.filter(scale=scale).order_by("value"))


@once
def uses_of(skill: Skill) -> list[RequirementSkill]:
    rows = RequirementSkill.objects.filter(skill=skill).select_related("requirement__role")
    return list(rows.order_by("requirement__role"))


@once
def scale_of_a_new_skill(request: HttpRequest) -> Scale | None:
    """That of the address, or the one most used."""
    scales = Scale.objects.filter(levels__isnull=False).annotate(
        skill_count=Count("skill", distinct=True)
    )
    wanted = request.GET.get("scale", "")
    chosen = scales.filter(pk=wanted).first() if wanted.isdecimal() else None
    return chosen or scales.order_by("-skill_count", "pk").first()
