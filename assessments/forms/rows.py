"""Rows of a table that is edited in place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from assessments.models import Skill

from .fields import SkillField, skills_by_name

MOST_ROWS = 200  # more of them would keep the server busy for long


class RowField(forms.ModelChoiceField):
    """Which row a line of the form is about: one of those already read, without asking again."""

    def __init__(self, rows: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, widget=forms.HiddenInput, **kwargs)
        self.rows = rows

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        row = self.rows.get(str(value))
        if row is None:
            message = _("This row is gone: somebody else deleted it. Open the page again.")
            raise ValidationError(message, code="gone")
        return row


class KnownRows(forms.BaseModelFormSet):
    """A cell has no label of its own on the page: its column and its row are its name."""

    names_cells = True
    model: type[Model]
    error_messages: dict[str, Any]
    _rows: dict[str, Any] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A file may have brought more rows than that: their page must still be saved."""
        super().__init__(*args, **kwargs)
        self.absolute_max = max(MOST_ROWS, len(self.get_queryset()))
        self.max_num = min(self.max_num, self.absolute_max)
        message = _("Nothing was saved: this list takes at most %(most)s rows at once.")
        self.error_messages["too_many_forms"] = message % {"most": self.absolute_max}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if self._rows is None:
            self._rows = {str(row.pk): row for row in self.get_queryset()}
        name = self.model._meta.pk.name
        form.fields[name] = RowField(self._rows, initial=form.fields[name].initial)
        form.row_name = str(form.instance) if form.instance.pk else ""
        if index is not None:
            row = form.row_name or _("new row %d") % (index + 1)
            for field in form.fields.values():
                if not field.widget.is_hidden and self.names_cells:
                    field.widget.attrs["aria-label"] = f"{field.label}, {row}"

    def clean(self) -> None:
        super().clean()
        shown = {form.instance.pk for form in self.initial_forms}
        others = [row for row in (self._rows or {}).values() if row.pk not in shown]
        for form in self.extra_forms if others else ():
            if not form.errors and not form.cleaned_data.get("DELETE"):
                self._refuse_double(form, others)

    def _refuse_double(self, form: Any, others: list[Any]) -> None:
        """Rows that others added since are not on the page, so that it cannot find them twice."""
        for constraint in self.model._meta.constraints:
            if not (isinstance(constraint, UniqueConstraint) and constraint.fields):
                continue
            fields: list[Any] = [self.model._meta.get_field(one) for one in constraint.fields]
            rows = [form.instance, *others]
            mine, *theirs = ([getattr(row, one.attname) for one in fields] for row in rows)
            if mine in theirs:
                message = _("There is such a row already: somebody else added it.")
                form.add_error(None, ValidationError(message, code="double"))


class NamedRows(KnownRows, forms.BaseInlineFormSet):
    """Rows that name a skill share one list of all skills."""

    _skills: dict[str, Skill] | None = None

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if isinstance(form.fields.get("skill"), SkillField):
            form.fields["skill"].offer(self.skills)

    @property
    def skills(self) -> dict[str, Skill]:
        if self._skills is None:
            self._skills = skills_by_name(with_levels=self.is_bound)  # to check what was sent
        return self._skills

    def skill_names(self) -> list[Skill]:
        """For the list that the browser offers while somebody types a name."""
        return list(self.skills.values())
