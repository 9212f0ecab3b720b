"""What we keep about a person: shown, taken away, brought back, deleted."""

import zlib
from datetime import UTC
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments import my_data
from assessments.access import MemberRequest, members_only
from assessments.actions import account
from assessments.actions import my_data as actions
from assessments.actions.erasing import CannotBeNoted
from assessments.actions.forgetting import import_slot
from assessments.exporters import my_data as exporter
from assessments.forms.my_data import DeleteForm, ExportFileForm, in_words
from assessments.importers.my_data import MyData, parse

# Each costs seconds of a processor at worst.
LIMITS = {"export": "20/h/user", "import": "30/h/user"}
KEPT_FOR = 30 * 60  # seconds between the choice of a file and its confirmation
IN_MEMORY = 1024 * 1024
OUT_OF_ORDER = 503


@login_required
@require_safe
def my_data_page(request: MemberRequest) -> HttpResponse:
    return render(request, "assessments/my_data.html", {"kept": my_data.kept(request.user)})


@login_required
@require_safe
def my_data_export(request: MemberRequest) -> HttpResponseBase:
    if request.method == "HEAD":  # costs nothing, so that nobody has to be counted
        return HttpResponse(content_type="application/zip")
    if not _may(request, "export"):
        return ratelimit.respond_429(request)
    moment = timezone.now()
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the response closes it
    try:
        exporter.write(cast(BinaryIO, file), request.user, moment=moment)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = f"careerpath-data-{moment.astimezone(UTC):%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _may(request: HttpRequest, action: str) -> bool:
    usage = ratelimit.consume(request, app="my_data", action=action, config=LIMITS, limit_get=True)
    return usage is not None


# --- Bringing an export back --------------------------------------------------------------------


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def my_data_import(request: MemberRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    if is_sent and not _may(request, "import"):
        return ratelimit.respond_429(request)
    form = ExportFileForm(*((request.POST, request.FILES) if is_sent else ()))
    if is_sent and form.is_valid() and form.read:
        found = actions.foresee(by=request.user, data=form.read)
        if not found.problems:
            _keep(request, form.read)
            return redirect("my_data_import_check")
        form.add_error("file", cast(Any, in_words(list(found.problems))))
    return render(request, "assessments/my_data_import.html", {"form": form})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def my_data_import_check(request: MemberRequest) -> HttpResponse:
    """What will happen; and, pressed, it happens."""
    data = _kept(request)
    if data is None:
        messages.info(
            request,
            _("We no longer have that file: it was brought in, or half an hour has passed."),
        )
        return redirect("my_data_import")
    if request.method == "POST":
        try:
            done = actions.bring_back(
                by=request.user, data=data, digest=request.POST.get("digest", "")
            )
        except (actions.Stale, actions.Refused):
            messages.warning(
                request,
                _("Nothing was brought in: something here changed meanwhile. Look once more."),
            )
            return redirect("my_data_import_check")
        cache.delete(import_slot(request.user.pk))
        messages.success(request, _in_words(done))
        return redirect("my_data")
    found = actions.foresee(by=request.user, data=data)
    return render(request, "assessments/my_data_import_check.html", {"found": found, "data": data})


def _in_words(done: actions.Done) -> str:
    message = _(
        "Brought in. Reports: %(reports)s. Unfinished assessments: %(opened)s. "
        "Skills in your plan: %(planned)s."
    )
    return message % {"reports": done.reports, "opened": done.opened, "planned": done.planned}


# Between the two steps the file lies in the cache, which all processes share: one of each person.


def _keep(request: MemberRequest, data: MyData) -> None:
    packed = zlib.compress(data.as_text().encode())
    cache.set(import_slot(request.user.pk), packed, KEPT_FOR)


def _kept(request: MemberRequest) -> MyData | None:
    packed = cache.get(import_slot(request.user.pk))
    return parse(zlib.decompress(packed).decode()) if packed else None


# --- Deleting -----------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def my_data_delete(request: MemberRequest) -> HttpResponse:
    kept = my_data.kept(request.user)
    form = DeleteForm(
        request.POST if request.method == "POST" else None,
        subscribed=kept.subscribed or kept.waiting_for_yes,
    )
    refused = account.is_last_superuser(request.user)
    status = 409 if refused and request.method == "POST" else 200
    if request.method == "POST" and not refused and form.is_valid():
        try:
            account.delete(user=request.user, and_newsletter=form.and_newsletter)
        except account.LastSuperuser:
            refused, status = True, 409
        except CannotBeNoted:
            status = OUT_OF_ORDER
        else:
            logout(request)
            return redirect("my_data_gone")
    return render(
        request,
        "assessments/my_data_delete.html",
        {"kept": kept, "form": form, "refused": refused, "out_of_order": status == OUT_OF_ORDER},
        status=status,
    )


@never_cache
@require_safe
def my_data_gone(request: HttpRequest) -> HttpResponse:
    return render(request, "assessments/my_data_gone.html")
