"""Order by number: a row without one goes to the end."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy


class PlacedForm(forms.ModelForm):
    """`within` names the row that owns the ordered ones; without it all rows are one list."""

    within: str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("position"):
            field.required = False
            field.help_text = gettext_lazy("Left empty, it goes to the end.")
            if not self.instance.pk:
                field.initial = self.initial["position"] = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if "position" in self.fields and cleaned.get("position") is None:
            cleaned["position"] = self.instance.position if self.instance.pk else self.end()
        return cleaned

    def end(self) -> int:
        rows = type(self.instance)._default_manager.all()
        if self.within:
            owner = self.cleaned_data.get(self.within)
            key = owner.pk if owner else getattr(self.instance, f"{self.within}_id")
            rows = rows.filter(**{self.within: key})
        last = rows.aggregate(last=Max("position"))["last"]
        return 1 if last is None else last + 1
