"""Resources and, for each skill they serve, from which level to which."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Resource, ResourceLink

from .fields import SearchURLField, words_of
from .places import PlacedForm
from .slugs import SlugForm


class ResourceForm(SlugForm, PlacedForm):
    search_url = SearchURLField(
        label=gettext_lazy("Address of its search"),
        required=False,
        max_length=500,
        help_text=Resource._meta.get_field("search_url").help_text,
    )

    class Meta:
        model = Resource
        fields = [
            "name",
            "slug",
            "provider",
            "kind",
            "cost",
            "url",
            "search_url",
            "purpose",
            "position",
        ]


class ResourceLinkForm(forms.ModelForm):
    hours = forms.IntegerField(
        label=gettext_lazy("hours"),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
        help_text=ResourceLink._meta.get_field("hours").help_text,
    )

    class Meta:
        model = ResourceLink
        fields = ["skill", "from_level", "to_level", "url", "reason", "hours"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        skill, start, end = (cleaned.get(name) for name in ("skill", "from_level", "to_level"))
        if skill is None or start is None or end is None:
            return cleaned
        words = words_of(skill)
        top = max(words, default=0)
        if end > top:
            message = _("“%(skill)s” goes up to %(top)s (%(word)s). Choose that or less.")
            params = {"skill": skill, "top": top, "word": words.get(top, "")}
            self.add_error("to_level", ValidationError(message, params=params))
        if start >= end:
            message = _("Choose a level above %(start)s, or lower the one it starts from.")
            self.add_error("to_level", ValidationError(message, params={"start": start}))
        return cleaned
