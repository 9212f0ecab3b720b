"""Issues of the newsletter: write, read as subscribers will, send a test, send once."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext as _

from assessments.actions import newsletter_issue as actions
from assessments.actions.revision import ChangedMeanwhile, take
from assessments.exporters.newsletter import as_html
from assessments.forms.assessment import LONGEST_REVISION
from assessments.forms.newsletter import NewsletterIssueForm
from assessments.forms.revision import differences
from assessments.models import NewsletterIssue, Subscriber

from .base import ByKeyMixin, PartsMixin
from .publication import EditorRequest

MAY_SEND = "assessments.send_newsletterissue"


@admin.register(NewsletterIssue)
class NewsletterIssueAdmin(PartsMixin, ByKeyMixin):
    form = NewsletterIssueForm
    fields = ["subject", "body"]
    list_display = ["subject", "created_at", "sent_at"]
    search_fields = ["subject"]
    change_form_template = "admin/assessments/newsletterissue/change_form.html"

    # --- Writing --------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            take(row=obj, seen=form.cleaned_data["revision"])
        else:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ChangedMeanwhile:
            # Saved or sent between our look and our write. A second look will tell.
            messages.error(request, _("Somebody else was faster. Nothing was saved; look again."))
            return HttpResponseRedirect(request.get_full_path())

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_stale", False):
            context["differences"] = differences(form, [])
        return super().render_change_form(request, context, *args, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What subscribers have read stays as they read it."""
        is_sent = obj is not None and obj.sent_at is not None
        return not is_sent and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_sent = obj is not None and obj.sent_at is not None
        return not is_sent and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting several at once would not ask about each."""
        return {}

    # --- Sending --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:issue_id>/preview/",
            self.admin_site.admin_view(self.preview_view),
            name="assessments_newsletterissue_preview",
        )
        return [preview, *super().get_urls()]

    def preview_view(self, request: EditorRequest, issue_id: int) -> HttpResponse:
        is_sending = request.method == "POST" and "test" not in request.POST
        if not self.has_view_permission(request):
            raise PermissionDenied
        if is_sending and not request.user.has_perm(MAY_SEND):
            raise PermissionDenied
        issue = get_object_or_404(NewsletterIssue, pk=issue_id)
        if request.method == "POST":
            if is_sending:
                self.send(request, issue)
            else:
                self.send_test(request, issue)
            return HttpResponseRedirect(
                reverse("admin:assessments_newsletterissue_preview", args=[issue.pk])
            )
        subscribers = Subscriber.objects.filter(confirmed_at__isnull=False)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Preview: %(issue)s") % {"issue": issue},
            "issue": issue,
            "html": as_html(issue.body),
            "may_send": request.user.has_perm(MAY_SEND),
            "subscribers": subscribers.count(),
            "is_cut_short": issue.sent_at is not None and not actions.is_handed_out(issue),
        }
        return TemplateResponse(request, "admin/assessments/newsletterissue/preview.html", context)

    def send_test(self, request: EditorRequest, issue: NewsletterIssue) -> None:
        actions.send_test(issue=issue, to=request.user)
        said = _("A test is on its way to %(address)s.") % {"address": request.user.email}
        messages.success(request, said)

    def send(self, request: EditorRequest, issue: NewsletterIssue) -> None:
        shown = request.POST.get("revision", "")
        seen = int(shown) if shown.isdecimal() and len(shown) <= LONGEST_REVISION else -1
        try:
            first = actions.send(issue=issue, seen=seen)
        except ChangedMeanwhile:
            messages.error(
                request, _("The issue was changed after you opened this page. Read it once more.")
            )
            return
        if first:
            self.log_change(request, issue, _("Sent."))
            messages.success(request, _("The issue is being sent."))
        else:
            messages.info(request, _("It was sent already. Whoever has not got it yet, gets it."))
