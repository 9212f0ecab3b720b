"""A skill as members will see it, from what is typed and not saved yet."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext as _

from assessments.domain import definition as domain
from assessments.domain.questions import questions
from assessments.forms.assessment import AnswerForm
from assessments.forms.catalogue import anchor_field
from assessments.models import Requirement, Scale, ScaleLevel, Skill
from assessments.reports import example_row

LONGEST_NAME = 120


class PreviewAdmin(admin.ModelAdmin):
    """Adds the page that a button on a skill's page opens; it stores nothing."""

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "preview/<int:scale_id>/",
            self.admin_site.admin_view(self.preview_view),
            name="assessments_skill_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request: HttpRequest, scale_id: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        scale = get_object_or_404(Scale, pk=scale_id)
        levels = list(ScaleLevel.objects.filter(scale=scale).order_by("value"))
        typed = request.POST
        skill = domain.Skill(
            slug="preview",
            name=typed.get("name", "")[:LONGEST_NAME] or _("A skill without a name"),
            category="",
            scale=scale.slug,
            description=typed.get("description", ""),
            anchors=tuple(
                domain.Anchor(level.value, typed.get(anchor_field(level.value), ""))
                for level in levels
            ),
        )
        shown = example_definition(skill, scale, levels, target_of(typed.get("slug", "")))
        (question,) = questions(shown)
        return render(
            request,
            "admin/assessments/skill/preview.html",
            {
                "skill": skill,
                "question": question,
                "form": AnswerForm(question=question, definition=shown, initial={"revision": 0}),
                "page": example_row(shown),
            },
        )


def target_of(slug: str) -> int | None:
    """The level a role asks for, if one does: the report's row is then a true one."""
    if not slug or "\0" in slug:  # PostgreSQL does not compare with NUL
        return None
    asked = Requirement.objects.filter(alternatives__skill=Skill.objects.filter(slug=slug).first())
    return asked.values_list("level", flat=True).first()


def example_definition(
    skill: domain.Skill, scale: Scale, levels: list[ScaleLevel], target: int | None
) -> domain.Definition:
    top = levels[-1].value
    return domain.Definition(
        slug="preview",
        title=_("Preview"),
        summary="",
        passages=(),
        facts=(),
        scales=(
            domain.Scale(
                scale.slug,
                scale.name,
                tuple(domain.Level(one.value, one.word, one.meaning) for one in levels),
            ),
        ),
        groups=(domain.Group("preview", _("Preview")),),
        requirements=(
            domain.Requirement(
                slug="preview",
                title=skill.name,
                group="preview",
                skills=("preview",),
                level=target or max(1, top - 1),
                importance=3,
                essential=True,
            ),
        ),
        qualifications=(),
        fields=(),
        skills=(skill,),
        resources=(),
    )
