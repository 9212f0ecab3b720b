"""A role and the parts of its page."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from assessments.domain.publishing import RESERVED_SLUGS
from assessments.models import (
    Counterpart,
    DegreeLevel,
    Fact,
    FieldOfStudy,
    Passage,
    Qualification,
    RequirementGroup,
    Role,
)

from .fields import importance_field
from .places import PlacedForm
from .rows import KnownRows, NamedRows
from .slugs import SlugForm, fix_slug

DEGREES = [(value, label) for value, label in DegreeLevel.choices if value != DegreeLevel.NONE]


class RoleForm(SlugForm, PlacedForm):
    slug_from = "title"

    class Meta:
        model = Role
        fields = ["title", "slug", "summary", "position"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", gettext("A page of the site has this name. Choose another."))
        return cleaned


class FieldOfStudyForm(SlugForm, PlacedForm):
    class Meta:
        model = FieldOfStudy
        fields = ["name", "slug", "position"]


class GroupForm(SlugForm, PlacedForm):
    within = "role"
    slug_from = "title"

    class Meta:
        model = RequirementGroup
        fields = ["title", "slug", "intro", "position"]


class PassageForm(PlacedForm):
    within = "role"

    class Meta:
        model = Passage
        fields = ["kind", "title", "text", "position"]


class CounterpartForm(PlacedForm):
    within = "role"

    class Meta:
        model = Counterpart
        fields = ["code", "position"]


class FactForm(SlugForm, PlacedForm):
    within = "role"
    slug_from = "label"

    class Meta:
        model = Fact
        fields = [
            "label",
            "slug",
            "value",
            "value_to",
            "unit",
            "occupation",
            "source",
            "source_url",
            "source_date",
            "note",
            "position",
        ]


class QualificationForm(SlugForm, PlacedForm):
    within = "role"
    slug_from = "title"
    importance = importance_field()
    degrees = forms.MultipleChoiceField(
        label=gettext_lazy("Degrees that count"),
        choices=DEGREES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Any one of those ticked is enough."),
        error_messages={"required": gettext_lazy("Tick at least one degree.")},
    )

    class Meta:
        model = Qualification
        fields = [
            "title",
            "slug",
            "degrees",
            "fields",
            "essential",
            "importance",
            "reason",
            "position",
        ]
        error_messages = {
            "fields": {"required": gettext_lazy("Tick at least one field of study.")},
        }


class PartFormSet(KnownRows, forms.BaseInlineFormSet):
    """Parts of a role. The short names that are published stay; choices are read only once."""

    names_cells = False
    published: frozenset[str] = frozenset()
    _fields_of_study: list[tuple[int, str]] | None = None

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "slug" in form.fields:
            fix_slug(form, set(self.published))
        if "fields" in form.fields:
            if self._fields_of_study is None:
                rows = FieldOfStudy.objects.all()
                self._fields_of_study = [(row.pk, row.name) for row in rows]
            form.fields["fields"].widget.choices = self._fields_of_study


class PartRows(PartFormSet, NamedRows):
    """The same as lines of a table."""

    names_cells = True
