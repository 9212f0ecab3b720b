"""Whole tables out and in: the buttons above a list, and the pages behind them."""

import json
import zlib
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_permission_codename
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from assessments.exporters.sheets import CSV_TYPE, XLSX_EXPORTER, XLSX_TYPE, csv_file
from assessments.exporters.tables import Table
from assessments.forms.table_file import TableFileForm
from assessments.forms.table_import import MOST_WRITES, Plan, Refused, Stale, TooMuch, apply, plan
from assessments.importers.sheets import Row

KEPT_FOR = 60 * 60  # seconds between the difference and the confirmation
NOT_FILTERS = ("p", "o", "all", "e")


def too_much() -> str:
    message = _("More than %(most)s rows are new or changed. Split the file, and import in parts.")
    return message % {"most": MOST_WRITES}


class BulkAdmin(admin.ModelAdmin):
    table: Table
    change_list_template = "admin/assessments/bulk_change_list.html"

    def get_urls(self) -> list[Any]:
        name = f"assessments_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("export.csv", view(self.export_csv), name=f"{name}_export_csv"),
            path("export.xlsx", view(self.export_xlsx), name=f"{name}_export_xlsx"),
            *super().get_urls(),
        ]

    def may(self, request: HttpRequest, verb: str) -> bool:
        """To all that the table writes."""
        return request.user.is_active and all(
            request.user.has_perm(
                f"{model._meta.app_label}.{get_permission_codename(verb, model._meta)}"
            )
            for model in self.table.models
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        filters = request.GET.copy()
        for name in NOT_FILTERS:
            filters.pop(name, None)
        context = {
            "filters": filters.urlencode(),
            "may_import": self.may(request, "change"),
            "import_address": self.address("import"),
            "csv_address": self.address("export_csv"),
            "xlsx_address": self.address("export_xlsx"),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def address(self, page: str) -> str:
        return reverse(f"admin:assessments_{self.opts.model_name}_{page}")

    # --- Out ----------------------------------------------------------------------------------

    def export_csv(self, request: HttpRequest) -> HttpResponse:
        return self.export(request, ".csv")

    def export_xlsx(self, request: HttpRequest) -> HttpResponse:
        return self.export(request, ".xlsx")

    def export(self, request: HttpRequest, ending: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self.address("changelist"))
        wanted = self.model._default_manager.filter(pk__in=listed.order_by().values("pk"))
        rows = [self.table.cells(row) for row in self.table.rows(wanted)]
        columns = self.table.columns
        if ending == ".csv":
            response = HttpResponse(csv_file(columns, rows), content_type=CSV_TYPE)
        else:
            content = import_string(XLSX_EXPORTER)(columns, rows, self.table.numbers)
            response = HttpResponse(content, content_type=XLSX_TYPE)
        name = slugify(str(self.opts.verbose_name_plural)) or self.table.name
        response["Content-Disposition"] = f'attachment; filename="{name}{ending}"'
        return response

    # --- In -----------------------------------------------------------------------------------

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.may(request, "change"):
            raise PermissionDenied
        if request.method == "POST" and "token" in request.POST:
            return self.confirmed(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = TableFileForm(*sent, table=self.table)
        if not form.is_valid():
            return self.page(request, form)
        try:
            found = self.plan(request, form.rows)
        except TooMuch:
            form.add_error("file", too_much())
            return self.page(request, form)
        token = get_random_string(22)
        self.keep(request, token, form.rows)
        return self.page(request, form, found, token)

    def plan(self, request: HttpRequest, rows: list[Row]) -> Plan:
        return plan(self.table, rows, may_add=self.may(request, "add"))

    def confirmed(self, request: HttpRequest) -> HttpResponse:
        token = request.POST["token"]
        rows = self.kept(request, token)
        if rows is None:
            messages.error(request, _("That was too long ago. Choose the file again."))
            return HttpResponseRedirect(self.address("import"))
        try:
            done = apply(
                self.table,
                rows,
                may_add=self.may(request, "add"),
                digest=request.POST.get("digest", ""),
            )
        except (Stale, TooMuch):
            message = _("Nothing was written: somebody changed these rows meanwhile. Look again.")
            return self.shown_again(request, rows, token, message)
        except Refused:
            message = _("Nothing was written: a row can no longer be imported.")
            return self.shown_again(request, rows, token, message)
        cache.delete(self.cache_key(request, token))
        self.log(request, done)
        message = _("Imported: %(new)s new, %(changed)s changed, %(unchanged)s as they were.")
        counts = {
            "new": len(done.new),
            "changed": len(done.changed),
            "unchanged": len(done.unchanged),
        }
        self.message_user(request, message % counts, messages.SUCCESS)
        return HttpResponseRedirect(self.address("changelist"))

    def shown_again(
        self, request: HttpRequest, rows: list[Row], token: str, message: str
    ) -> HttpResponse:
        messages.warning(request, message)
        form = TableFileForm(table=self.table)
        try:
            return self.page(request, form, self.plan(request, rows), token)
        except TooMuch:
            messages.error(request, too_much())
            return self.page(request, form)

    def log(self, request: HttpRequest, done: Plan) -> None:
        user_id: Any = request.user.pk
        for flag, outcomes in ((ADDITION, done.new), (CHANGE, done.changed)):
            rows: Any = [outcome.form.instance for outcome in outcomes]
            if rows:
                LogEntry.objects.log_actions(
                    user_id, rows, flag, change_message=_("Imported from a file.")
                )

    def page(
        self,
        request: HttpRequest,
        form: TableFileForm,
        found: Plan | None = None,
        token: str = "",
    ) -> HttpResponse:
        title = _("Import: %(what)s") % {"what": self.opts.verbose_name_plural}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "form": form,
            "plan": found,
            "token": token,
            "table": self.table,
            "bad": found.bad if found else [],
            "writes": found.writes if found else [],
            "csv_address": self.address("export_csv"),
            "xlsx_address": self.address("export_xlsx"),
            "list_address": self.address("changelist"),
        }
        return TemplateResponse(request, "admin/assessments/import.html", context)

    # Between the two steps the rows lie in the cache, which all processes share: each for whom
    # they are shown to, and for this table alone.

    def cache_key(self, request: HttpRequest, token: str) -> str:
        safe = slugify(token)[:40]
        return f"import-{self.table.name}-{request.user.pk}-{safe}"

    def keep(self, request: HttpRequest, token: str, rows: list[Row]) -> None:
        texts = json.dumps([[row.number, row.cells] for row in rows])
        cache.set(self.cache_key(request, token), zlib.compress(texts.encode()), KEPT_FOR)

    def kept(self, request: HttpRequest, token: str) -> list[Row] | None:
        found = cache.get(self.cache_key(request, token))
        if found is None:
            return None
        return [Row(number, cells) for number, cells in json.loads(zlib.decompress(found))]
