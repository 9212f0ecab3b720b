"""Two editors with one row: the page sends back the count of saves that it was shown at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.changes import last_change, say_when

STALE = "stale"


@dataclass(frozen=True)
class Difference:
    """One field: what is stored by now, beside what was typed."""

    label: str
    theirs: str
    yours: str


class SeenRevision(forms.IntegerField):
    """Never a change of its own, or every line of a list would be saved with it."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RevisionedForm(forms.ModelForm):
    """Refuses what was typed on an out-of-date page; sent once more, it is meant."""

    revision = SeenRevision(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_revision: int = self.instance.revision if self.instance.pk else 0
        self.initial["revision"] = self.stored_revision
        self.is_stale = False
        self.said = ""
        self.stored_name = str(self.instance) if self.instance.pk else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        self.errors.pop("revision", None)
        if self.instance.pk and cleaned.get("revision") != self.stored_revision:
            self.refuse()
        return cleaned

    def refuse(self) -> None:
        self.is_stale = True
        self.said = self.what_happened()
        self.add_error(None, ValidationError(self.said, code=STALE))
        # What is shown now is what the next press has seen.
        typed: Any = self.data
        self.data = shown_again = typed.copy()
        shown_again[self.add_prefix("revision")] = str(self.stored_revision)

    def what_happened(self) -> str:
        change = last_change(self.instance)
        message = _(
            "%(who)s changed “%(row)s” (%(when)s) after you opened it, so nothing was saved. "
            "Compare both below. To keep what you typed, save again."
        )
        who = change.who if change else _("Somebody")
        when = say_when(change.when) if change else _("just now")
        return message % {"who": who, "row": self.stored_name, "when": when}


class RevisionedRowForm(RevisionedForm):
    """One line of a list. A line that says what is stored anyway overwrites nothing."""

    def refuse(self) -> None:
        if self.has_changed():
            super().refuse()

    def what_happened(self) -> str:
        message = _("%(field)s: now %(theirs)s, yours %(yours)s.")
        both = [
            message % {"field": one.label, "theirs": one.theirs, "yours": one.yours}
            for one in differences_of(self)
        ]
        return " ".join([super().what_happened(), *both])


def differences(form: RevisionedForm, formsets: Iterable[Any]) -> list[Difference]:
    """Everything in which the page differs from what is stored, its parts included."""
    found = differences_of(form)
    for formset in formsets:
        found += differences_of_parts(formset)
    return found


def differences_of(form: Any, row: str = "") -> list[Difference]:
    """`initial` was read just now: it is what the others have stored."""
    found = []
    for name in form.changed_data:
        field = form.fields[name]
        if name in ("revision", forms.formsets.DELETION_FIELD_NAME):
            continue
        label = str(field.label or name)
        found.append(
            Difference(
                label=f"{row}: {label}" if row else label[:1].upper() + label[1:],
                theirs=in_words(field, form.get_initial_for_field(field, name)),
                yours=in_words(field, form[name].data),
            )
        )
    return found


def differences_of_parts(formset: Any) -> list[Difference]:
    kind = str(formset.model._meta.verbose_name)
    shown = set()
    found = []
    for form in formset.forms:
        posted = form.data.get(form.add_prefix(formset.model._meta.pk.name), "")
        shown.add(posted)
        if form.instance.pk is None and posted:
            found.append(Difference(kind, _("deleted"), str(form.instance)))
        else:
            name = f"{kind} “{form.row_name}”" if form.instance.pk else _("new %s") % kind
            found += differences_of(form, name)
    added = [row for row in formset.get_queryset() if str(row.pk) not in shown]
    return found + [Difference(kind, _("added: %(row)s") % {"row": row}, "–") for row in added]


def in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    value = field.prepare_value(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words_of_one(field, one) for one in value) or "–"
    return in_words_of_one(field, value) or "–"


def in_words_of_one(field: forms.Field, value: Any) -> str:
    value = getattr(value, "pk", value)
    choices = getattr(field.widget, "choices", None)
    if choices and value not in (None, ""):
        for key, label in choices:
            if str(key) == str(value):
                return str(label)
    return "" if value is None else str(value)
