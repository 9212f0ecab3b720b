from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from assessments.models import RoleVersion

from .characters import LinesField


class PublishForm(forms.Form):
    """`latest` and the hash of the `draft` are what the editor has seen compared; when either
    has changed since, nothing is published.
    """

    note = LinesField(
        label=gettext_lazy("Note"),
        max_length=RoleVersion._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What changed and why, in a sentence or two."),
        error_messages={
            "required": gettext_lazy("Write a note: what changed, and why?"),
            "max_length": gettext_lazy("Shorten the note to 500 characters or fewer."),
        },
    )
    latest = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    draft = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    data: QueryDict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
