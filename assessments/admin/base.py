from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import NestedObjects, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_permission_codename
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DEFAULT_DB_ALIAS, models
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.characters import LineField, LinesField
from assessments.forms.fields import HttpsURLField, SentenceField, SkillField
from assessments.forms.rows import KnownRows
from assessments.models import Role, RoleVersion

from .editors import TwoEditorsMixin
from .once import once

DRAFT = gettext_lazy(
    "Nothing that members see has changed yet: publishing a role takes its draft to them."
)
TEXTS = {models.CharField: LineField, models.TextField: LinesField}
LONG_SENTENCE = 300  # characters: from here on, a line gets a box of several
SENTENCES = {"meaning", "reason"}  # so do these, of 200


class PartsMixin:
    """Fields as editors get them, on pages and in their inline rows alike."""

    formfield_overrides: ClassVar[Mapping[type[Any], Mapping[str, Any]]] = {
        models.URLField: {"form_class": HttpsURLField}
    }

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        if db_field.name == "skill":
            return SkillField(label=db_field.verbose_name, help_text=db_field.help_text)
        if (form_class := TEXTS.get(type(db_field))) and not db_field.choices:
            long = (db_field.max_length or 0) >= LONG_SENTENCE
            if form_class is LineField and (long or db_field.name in SENTENCES):
                form_class = SentenceField
                rows = 4 if long else 3
                kwargs["widget"] = Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
            kwargs.setdefault("form_class", form_class)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Each kind of row has its own page; the pop-up windows only get in the way.
            field.widget = field.widget.widget
        return field


class KeptRolesFilter(admin.RelatedFieldListFilter):
    """By the roles that editors keep: an import brings a thousand others.

    A link may still ask for one of those.
    """

    def has_output(self) -> bool:
        return super().has_output() or bool(self.lookup_val)

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        ordering = self.field_admin_ordering(field, request, model_admin)
        kept = {"origin": Role.Origin.CURATED}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=kept)


class ByKeyMixin(admin.ModelAdmin):
    """Rows are found by their key: Django has no answer to an empty name of another field.

    And only for those who may see them: others do not learn which keys there are.
    """

    list_per_page = 50  # a browser lays out all of them before it shows the first

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _refuse_nameless_field(request)
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any | None = None,
    ) -> HttpResponse:
        # Something new begins at its first field, for which Django has a script. What was refused
        # begins at the top, where it says why.
        if add and not context["errors"]:
            first = next(iter(context["adminform"].form.visible_fields()), None)
            if first:
                first.field.widget.attrs["autofocus"] = True
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _refuse_nameless_field(request)
        return super().delete_view(request, *args, **kwargs)

    def history_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Django looks for the row first, and forbids only what it has found.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, *args, **kwargs)


def _refuse_nameless_field(request: HttpRequest) -> None:
    if "" in (request.POST.get(TO_FIELD_VAR), request.GET.get(TO_FIELD_VAR)):
        raise BadRequest("A row is asked for by a field without a name")


class NoAnswersMixin(ByKeyMixin):
    """Lists that tell nothing of what members did, whatever their address asks."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        about_members = lookup.startswith("assessments")
        return not about_members and super().lookup_allowed(lookup, value, request)


class DefinitionAdmin(PartsMixin, NoAnswersMixin, TwoEditorsMixin):
    """What all editors' pages share. `slug_source` fills the short name of a new row, and
    `draft_note` follows what is said of a success; empty where members see it at once.
    """

    slug_source: str | None = None
    draft_note: str | Promise = DRAFT

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        if obj is None and self.slug_source and self.has_add_permission(request):
            return {"slug": [self.slug_source]}
        return {}

    def message_user(
        self,
        request: HttpRequest,
        message: Any,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        if level == messages.SUCCESS and self.draft_note:
            message = format_html(
                '{} {} <a href="{}">{}</a>',
                message,
                self.draft_note,
                reverse("admin:assessments_role_changelist"),
                _("To the roles"),
            )
        super().message_user(request, message, level, extra_tags, fail_silently)

    def slug_is_published(self, obj: Any) -> bool:
        return False

    def why_it_stays(self, obj: Any) -> str:
        """Why this row cannot be deleted, and what to do about it; empty when it can."""
        return ""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        context["show_delete"] = not (obj is not None and self.why_it_stays(obj))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and self.slug_is_published(obj):
            form = type(form.__name__, (form,), {"slug_is_fixed": True})
        return form

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, formset=KnownRows, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        may_delete = obj is not None and self.has_delete_permission(request, obj)
        if may_delete and (reason := self.why_it_stays(obj)):
            messages.error(request, reason)
            return HttpResponseRedirect(self.address_of(obj))
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes with it in numbers, not row by row."""
        collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=objs)
        collector.collect(objs)
        model_objs: dict[Any, set[Any]] = collector.model_objs
        counts = {
            model._meta.verbose_name_plural: len(rows)
            for model, rows in model_objs.items()
            if not model._meta.auto_created
        }
        registry = self.admin_site._registry
        closed = {
            model._meta.verbose_name
            for model in model_objs
            if model in registry and not may_delete(request, model)
        }
        return list(map(str, objs)), counts, closed, list(map(str, collector.protected))

    def address_of(self, obj: Any) -> str:
        return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])

    def links(self, rows: Any) -> str:
        """Rows as a list of links to their pages, with a few words behind each."""
        items = [(self.address_of(row), str(row), words) for row, words in rows]
        if not items:
            return _("None yet.")
        list_of = format_html_join("", '<li><a href="{}">{}</a> {}</li>', items)
        return format_html_join("", '<ul class="plain-list">{}</ul>', [(list_of,)])


def may_delete(request: HttpRequest, model: Any) -> bool:
    """Asked of the person, not of the row's own page: a list to read may go with its owner."""
    name = get_permission_codename("delete", model._meta)
    return request.user.has_perm(f"{model._meta.app_label}.{name}")


def names_in_print(slug: str) -> bool:
    """Whether any published version, of whatever role, holds something of this short name."""
    return RoleVersion.objects.naming(slug).exists()


def printed_reason(row: Any) -> str:
    """Why a row that some version names stays; empty when none does."""
    version = RoleVersion.objects.naming(row.slug).select_related("role").order_by("-pk").first()
    if version is None:
        return ""
    message = _(
        "“%(row)s” cannot be deleted: version %(number)s of “%(role)s” is published with it. "
        "Leave it unused instead: then no new version has it."
    )
    return message % {"row": row, "number": version.number, "role": version.role}


@once
def latest_version_of(role: Any) -> RoleVersion | None:
    return RoleVersion.objects.latest_of(role)


@once
def slugs_in_print(role: Any) -> dict[str, frozenset[str]]:
    """The short names of a role's parts in its newest published version."""
    version = latest_version_of(role)
    if version is None:
        return {}
    definition = version.definition
    parts: dict[str, tuple[Any, ...]] = {
        "groups": definition.groups,
        "facts": definition.facts,
        "requirements": definition.requirements,
        "qualifications": definition.qualifications,
    }
    return {name: frozenset(row.slug for row in rows) for name, rows in parts.items()}
