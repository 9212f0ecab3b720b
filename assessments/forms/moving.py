from django import forms

from .assessment import StyledForm


class MoveForm(StyledForm):
    """`number` is the version the page offered, `revision` the assessment's when it was shown."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
