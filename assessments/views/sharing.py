"""Links to a report: its owner makes and revokes them; who holds one reads a part of it."""

import logging
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access, reports
from assessments.access import MemberRequest, needs_account
from assessments.actions import sharing as actions
from assessments.forms.sharing import ShareForm
from assessments.models import Assessment, ShareLink

ENDED_SHOWN = 20

security = logging.getLogger("security")


@dataclass(frozen=True)
class Line:
    link: ShareLink
    address: str


@needs_account
@require_http_methods(["GET", "HEAD", "POST"])
def report_share(request: MemberRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.user, key)
    form = ShareForm(request.POST if "make" in request.POST else None)
    refused = False
    if "revoke" in request.POST:
        return _revoke(request, assessment)
    if form.is_bound and form.is_valid():
        try:
            link = actions.make(assessment=assessment, **form.cleaned_data)
        except actions.TooMany:
            refused = True
        else:
            security.info("link made")
            return redirect(f"{reverse('report_share', args=[key])}#link-{link.pk}")
    links = ShareLink.objects.filter(assessment=assessment)
    return render(
        request,
        "assessments/report_share.html",
        {
            "assessment": assessment,
            "form": form,
            "refused": refused,
            "most": actions.MOST_ACTIVE,
            "lines": [_line(request, link) for link in links.active()],
            "ended": links.ended()[:ENDED_SHOWN],
        },
        status=409 if refused else 200,
    )


def _revoke(request: MemberRequest, assessment: Assessment) -> HttpResponse:
    pressed = request.POST["revoke"]
    if not (pressed.isascii() and pressed.isdecimal() and len(pressed) < 19):
        raise Http404
    link = get_object_or_404(ShareLink, assessment=assessment, pk=pressed)
    actions.revoke(link=link)
    security.info("link revoked")
    messages.success(request, _("The link no longer works."))
    return redirect("report_share", key=assessment.key)


def _line(request: HttpRequest, link: ShareLink) -> Line:
    return Line(link, request.build_absolute_uri(reverse("shared_report", args=[link.token])))


@never_cache
@require_safe
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """Drawn without the request: whoever reads it is nobody to us, signed in or not."""
    link = access.share_link(token)
    readable = ShareLink.objects.readable().filter(pk=link.pk)
    works = actions.visit(link=link) if request.method == "GET" else readable.exists()
    if works:
        template, status = "assessments/shared_report.html", 200
        context = {
            "assessment": link.assessment,
            "link": link,
            "page": reports.build(link.assessment, with_resources=False),
            "shared": True,
        }
    else:
        template, status, context = "assessments/shared_gone.html", 410, {}
    return HttpResponse(
        render_to_string(template, context),
        status=status,
        headers={"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"},
    )
