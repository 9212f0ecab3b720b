from django import forms

from assessments.actions.guest import Choice

GUESTS, ACCOUNTS = "guest", "account"
MOST_REVISIONS = 2**31 - 1


class ChoiceForm(forms.Form):
    """Two buttons; all else is what the page showed."""

    keep = forms.ChoiceField(choices=[(GUESTS, GUESTS), (ACCOUNTS, ACCOUNTS)])
    guests = forms.CharField(max_length=22)
    guests_revision = forms.IntegerField(min_value=0, max_value=MOST_REVISIONS)
    accounts = forms.CharField(max_length=22)
    accounts_revision = forms.IntegerField(min_value=0, max_value=MOST_REVISIONS)

    @property
    def choice(self) -> Choice:
        values = dict(self.cleaned_data)
        return Choice(keep_guests=values.pop("keep") == GUESTS, **values)
