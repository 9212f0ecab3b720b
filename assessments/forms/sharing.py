from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import ShareLink
from assessments.models.assessment import new_key

DAYS = {7: _("7 days"), 30: _("30 days"), 90: _("90 days")}


class ShareForm(forms.Form):
    """The least is chosen beforehand. `press` makes two presses of one page the same press."""

    scope = forms.ChoiceField(
        label=_("What it shows"),
        choices=ShareLink.Scope.choices,
        initial=ShareLink.Scope.STATEMENT,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select what the link shows"),
            "invalid_choice": _("Select one of the three: what the link shows"),
        },
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        choices=[(str(days), words) for days, words in DAYS.items()],
        coerce=int,
        initial="7",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select how long the link works"),
            "invalid_choice": _("Select one of the three: how long the link works"),
        },
    )
    press = forms.RegexField(
        r"\A[A-Za-z0-9_-]{22}\Z", initial=new_key, widget=forms.HiddenInput, required=False
    )
    use_required_attribute = False

    def clean_press(self) -> str:
        return self.cleaned_data["press"] or new_key()
