"""Two editors with one row: the second is told, shown both, and loses nothing that was typed."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from assessments.actions.revision import ChangedMeanwhile, take
from assessments.changes import UNDO_DAYS
from assessments.effects import effects_of_deleting
from assessments.forms.revision import RevisionedForm, RevisionedRowForm, differences
from assessments.models.revisioned import Revisioned


class TwoEditorsMixin(admin.ModelAdmin):
    delete_confirmation_template = "admin/assessments/delete_confirmation.html"

    @property
    def is_revisioned(self) -> bool:
        return issubclass(self.model, Revisioned)

    # --- The page of one row ------------------------------------------------------------------

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if self.is_revisioned:
            form = type(form.__name__, (RevisionedForm, form), {})
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The count of saves goes into the form by the template, not into its fields."""
        return [name for name in super().get_fields(request, obj) if name != "revision"]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ChangedMeanwhile:
            # Between our look and our write: nothing is written, and a second look will tell.
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if getattr(form, "is_stale", False):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["differences"] = differences(form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and self.is_revisioned:
            take(row=obj, seen=form.cleaned_data["revision"])
        super().save_model(request, obj, form, change)

    # --- The list -----------------------------------------------------------------------------

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form = super().get_changelist_form(request, **kwargs)
        if self.is_revisioned:
            form = type(form.__name__, (RevisionedRowForm, form), {})
        return form

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = super().changelist_view(request, *args, **kwargs)
        except ChangedMeanwhile:
            response = super().changelist_view(request, *args, **kwargs)
        found = getattr(response, "context_data", None) or {}
        if (cl := found.get("cl")) and cl.formset is not None and cl.formset.is_bound:
            keep_stored_lines(cl)
        return response

    # --- Deleting -----------------------------------------------------------------------------

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.is_revisioned:
            return super().delete_view(request, object_id, extra_context)
        seen = request.POST.get("revision")
        if seen is not None and seen != str(obj.revision):
            return look_again(request, obj)
        context = {
            "effects": effects_of_deleting(obj),
            "revision": obj.revision,
            "undo_days": UNDO_DAYS,
        }
        try:
            return super().delete_view(request, object_id, context | (extra_context or {}))
        except ChangedMeanwhile:
            return look_again(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """In the transaction, so that nobody saves between our look and this."""
        if self.is_revisioned and (seen := request.POST.get("revision")) is not None:
            take(row=obj, seen=int(seen))
        super().delete_model(request, obj)


def look_again(request: HttpRequest, row: Any) -> HttpResponse:
    message = _("“%(row)s” was changed after you opened this page. Look again.")
    messages.error(request, message % {"row": row})
    return HttpResponseRedirect(request.get_full_path())


def keep_stored_lines(cl: Any) -> None:
    """Each line beside the row it is about, even if others have put them in new order.

    The columns of a row that is gone cannot be shown; nor were lines sent for which there is none.
    """
    stored = [form for form in cl.formset.forms if form.instance.pk]
    if any(not form.instance.pk for form in cl.formset.initial_forms):
        message = _("A row of this list is gone: somebody else deleted it. Open the page again.")
        cl.formset.non_form_errors().append(message)
    cl.formset.forms = stored
    cl.result_list = [form.instance for form in stored]
