"""Every change of every row: to read, to take away as a file, to put back."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.actions.restoring import (
    CannotPutBack,
    ChangedSinceShown,
    latest_of,
    put_back,
)
from assessments.change_words import Line, Names, lines_between
from assessments.changes import KINDS, Change, changes, describe, describe_one, past_of
from assessments.domain.cells import guarded
from assessments.forms.changes import ChangesForm
from assessments.models import User
from assessments.models.history import ADDED, CHANGED, DELETED
from assessments.models.revisioned import Revisioned

PAGE = 25
WINDOW = 500
LONGEST_NUMBER = 18  # digits; int() refuses thousands of them
VERBS = {
    ADDED: ("change", "delete"),
    CHANGED: ("change",),
    DELETED: ("change", "add"),
}


def may(request: HttpRequest, verb: str, kind: str) -> bool:
    meta = KINDS[kind]._meta
    return request.user.has_perm(f"{meta.app_label}.{get_permission_codename(verb, meta)}")


def may_put_back(request: HttpRequest, kind: str, history_type: str) -> bool:
    return all(may(request, verb, kind) for verb in VERBS[history_type])


def filters(request: HttpRequest) -> ChangesForm:
    kinds = tuple(kind for kind in KINDS if may(request, "view", kind))
    if not kinds:
        raise PermissionDenied
    return ChangesForm(request.GET, kinds=kinds, people=people())


def people() -> QuerySet[User]:
    """Whoever changed something, found by that: not among all accounts."""
    parts = [past_of(kind).objects.order_by().values("history_user") for kind in KINDS]
    return User.objects.filter(pk__in=parts[0].union(*parts[1:])).order_by("email")


@require_safe
def changes_view(request: HttpRequest) -> HttpResponse:
    form = filters(request)
    found = changes(form.wanted()) if form.is_valid() else past_of("role").objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = describe(page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": _("Changes"),
        "form": form,
        "page": page,
        "changes": [
            (change, not change.is_too_old and can_come_back(request, change)) for change in shown
        ],
        "query": query.urlencode(),
    }
    return TemplateResponse(request, "admin/assessments/changes.html", context)


def can_come_back(request: HttpRequest, change: Change) -> bool:
    added_root = change.record.history_type == ADDED and issubclass(KINDS[change.kind], Revisioned)
    return not added_root and may_put_back(request, change.kind, change.record.history_type)


@require_safe
def export_view(request: HttpRequest) -> StreamingHttpResponse:
    form = filters(request)
    if not form.is_valid():
        raise Http404
    response = StreamingHttpResponse(
        csv_lines(changes(form.wanted())), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="changes.csv"'
    return response


def csv_lines(found: Any) -> Iterator[str]:
    """One line for each field that changed; read in windows, so that memory stays small."""
    head = [
        _("When"),
        _("Who"),
        _("What"),
        _("Kind"),
        _("Name"),
        _("Field"),
        _("Before"),
        _("After"),
    ]
    yield "\ufeff" + csv_line(head)
    start = 0
    while window := list(found[start : start + WINDOW]):
        for change in describe(window):
            about = [
                change.when.isoformat(timespec="seconds"),
                change.who,
                change.what,
                change.kind_name,
                change.title,
            ]
            for line in change.lines or [Line("", "", "")]:
                yield csv_line([*about, line.label, line.before, line.after])
        start += WINDOW


def csv_line(cells: list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow([guarded(cell) for cell in cells])
    return out.getvalue()


@require_http_methods(["GET", "HEAD", "POST"])
def put_back_view(request: HttpRequest, kind: str, history_id: int) -> HttpResponse:
    """Shows what the row is now and what it would be; a press makes it so."""
    if kind not in KINDS:
        raise Http404
    if not may(request, "change", kind):  # others do not learn which are on record
        raise PermissionDenied
    change = describe_one(kind, history_id)
    if change is None:
        raise Http404
    if not may_put_back(request, kind, change.record.history_type):
        raise PermissionDenied
    reasons: tuple[str, ...] = ()
    if request.method == "POST":
        shown = request.POST.get("seen", "")
        is_number = shown.isdecimal() and len(shown) <= LONGEST_NUMBER
        seen = int(shown) if is_number else 0 if shown else None
        try:
            row = put_back(kind=kind, history_id=history_id, seen=seen)
        except ChangedSinceShown:
            reasons = (_("It was changed after you opened this page. Compare again."),)
        except CannotPutBack as refusal:
            reasons = refusal.reasons
        else:
            said = _("Put back: %(row)s.") % {"row": row or change.title}
            root = KINDS[getattr(KINDS[kind], "part_of", kind)]
            admin.site.get_model_admin(root).message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(page_of(row) or reverse("admin:assessments_changes"))
    context = {
        **admin.site.each_context(request),
        "title": _("Put back: %(row)s") % {"row": change.title},
        "change": change,
        "lines": what_it_does(change),
        "reasons": reasons,
        "seen": latest_of(kind, change.record.id),
    }
    return TemplateResponse(request, "admin/assessments/put_back.html", context)


def what_it_does(change: Change) -> tuple[Line, ...]:
    """From what is stored now, not from what that change left."""
    past = past_of(change.kind)
    now = past.objects.filter(pk=latest_of(change.kind, change.record.id)).first()
    then = change.before
    if now is not None and now.history_type == DELETED:
        now = None
    names = Names(KINDS, [row for row in (now, then) if row is not None])
    return lines_between(KINDS[change.kind], now, then, names)


def page_of(row: Any) -> str:
    """The page on which the row is edited: its own, or its root's."""
    if row is None:
        return ""
    root = row if isinstance(row, Revisioned) else getattr(row, row.part_of)
    return reverse(f"admin:assessments_{root._meta.model_name}_change", args=[root.pk])


def pages() -> list[URLPattern]:
    """To stand before the admin's own addresses."""
    wrap = admin.site.admin_view
    base = "assessments/changes/"
    return [
        path(base, wrap(changes_view), name="assessments_changes"),
        path(f"{base}export/", wrap(export_view), name="assessments_changes_export"),
        path(
            f"{base}<slug:kind>/<int:history_id>/put-back/",
            wrap(put_back_view),
            name="assessments_put_back",
        ),
    ]
