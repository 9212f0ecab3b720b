"""Review a role's draft and publish it; the versions published so far."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.publication import (
    DraftChanged,
    NothingChanged,
    NotPublishable,
    PublishedMeanwhile,
    publish,
)
from assessments.domain.differences import differences
from assessments.domain.health import rewrite_first
from assessments.domain.publishing import problems
from assessments.exporters.definition import draft_definition
from assessments.forms.publication import PublishForm
from assessments.models import Role, RoleVersion, User
from assessments.statistics import health_of, impact_of, open_assessments
from assessments.version_words import sections
from assessments.wording import say_problem

from .base import KeptRolesFilter, NoAnswersMixin


class EditorRequest(HttpRequest):
    """For annotations, behind `admin_view`: somebody is signed in."""

    user: User


class PublishingAdmin(admin.ModelAdmin):
    """The page "Review and publish" of a role."""

    def get_urls(self) -> list[Any]:
        review = path(
            "<int:role_id>/publish/",
            self.admin_site.admin_view(self.publish_view),
            name="assessments_role_publish",
        )
        return [review, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        may_publish = {"may_publish": request.user.has_perm("assessments.publish_role")}
        return super().change_view(
            request, object_id, form_url, may_publish | (extra_context or {})
        )

    def publish_view(self, request: EditorRequest, role_id: int) -> HttpResponse:
        if not request.user.has_perm("assessments.publish_role"):
            raise PermissionDenied
        role = get_object_or_404(Role, pk=role_id)
        if role.origin != Role.Origin.CURATED:
            message = _(
                "“%(role)s” is imported, so it has no draft to publish: the next import changes it."
            )
            messages.info(request, message % {"role": role})
            return HttpResponseRedirect(reverse("admin:assessments_occupation_changelist"))
        if request.method != "POST":
            return self.review(request, role)
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self.review(request, role, form)
        try:
            version = publish(
                role=role,
                by=request.user,
                note=form.cleaned_data["note"],
                after=form.cleaned_data["latest"],
                draft=form.cleaned_data["draft"],
            )
        except NothingChanged:
            messages.info(request, _("Nothing was published: the draft has not changed."))
        except NotPublishable:
            messages.error(request, _("Nothing was published: the draft has problems, see below."))
            return self.review(request, role, form)
        except DraftChanged:
            messages.warning(
                request,
                _(
                    "Nothing was published: somebody changed the draft while you were reading. "
                    "Your note is still here; look again at what is different now."
                ),
            )
            return self.review(request, role, form)
        except PublishedMeanwhile as meanwhile:
            messages.warning(
                request,
                _(
                    "Somebody else published version %(number)s while you were reading. "
                    "Your note is still here; look again at what is different now."
                )
                % {"number": meanwhile.version.number},
            )
            return self.review(request, role, form)
        else:
            said = _("Version %(number)s is published.") % {"number": version.number}
            self.log_change(request, role, said)
            messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:assessments_role_change", args=[role.pk]))

    def review(
        self, request: HttpRequest, role: Role, form: PublishForm | None = None
    ) -> HttpResponse:
        draft = draft_definition(role)
        latest = RoleVersion.objects.latest_of(role)
        found = problems(draft)
        number = latest.number if latest else 0
        if form is None:
            form = PublishForm(initial={"latest": number, "draft": draft.content_hash()})
        else:
            # What is shown now is what the next press compares with.
            form.data = form.data.copy()
            form.data["latest"] = str(number)
            form.data["draft"] = draft.content_hash()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Review and publish: %(role)s") % {"role": role},
            "role": role,
            "latest": latest,
            "unchanged": latest is not None and latest.sha256 == draft.content_hash(),
            "sections": sections(differences(latest.definition, draft)) if latest else [],
            "blocking": [say_problem(problem) for problem in found if problem.blocks],
            "warnings": [say_problem(problem) for problem in found if not problem.blocks],
            "form": form,
            "pinned": open_assessments(role) if latest else None,
            "impact": impact_of(role, draft) if latest and draft.requirements else None,
        }
        return TemplateResponse(request, "admin/assessments/role/publish.html", context)


@admin.register(RoleVersion)
class RoleVersionAdmin(NoAnswersMixin):
    """What was published stays as it was: to read, not to edit."""

    list_display = ["__str__", "published_at", "published_by", "note", "short_hash"]
    list_filter = [("role", KeptRolesFilter)]
    search_fields = ["note", "role__title"]
    date_hierarchy = "published_at"
    fields = ["role", "number", "published_at", "published_by", "note", "sha256"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleVersion]:
        rows = RoleVersion.objects.light().select_related("role", "published_by")
        return rows.order_by("-published_at", "-pk")

    @admin.display(description=gettext_lazy("content hash"))
    def short_hash(self, version: RoleVersion) -> str:
        return version.sha256[:12]

    def get_urls(self) -> list[Any]:
        health = path(
            "<int:version_id>/health/",
            self.admin_site.admin_view(self.health_view),
            name="assessments_roleversion_health",
        )
        return [health, *super().get_urls()]

    def health_view(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """How well each question works, over everybody who finished this version."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = get_object_or_404(RoleVersion.objects.select_related("role"), pk=version_id)
        items = health_of(version)
        definition = version.definition
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("How the questions work: %(version)s") % {"version": version},
            "version": version,
            "rows": [(definition.skill(item.skill), item) for item in items],
            "rewrite_first": [
                (definition.skill(item.skill), item) for item in rewrite_first(items)
            ],
        }
        return TemplateResponse(request, "admin/assessments/roleversion/health.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
