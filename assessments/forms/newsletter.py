from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext as _

from assessments.forms.account import EMAIL, PlainWords
from assessments.forms.characters import plain_line
from assessments.forms.revision import RevisionedForm
from assessments.models import NewsletterIssue, Reminders


class SubscribeForm(PlainWords):
    words = {"email": EMAIL}

    email = forms.EmailField(
        validators=[plain_line],
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class NewsletterIssueForm(RevisionedForm):
    class Meta:
        model = NewsletterIssue
        fields = ("subject", "body")

    def what_happened(self) -> str:
        return _(
            "Somebody else saved this issue after you opened it, so nothing was saved. "
            "Compare both below. To keep what you typed, save again."
        )


class RemindersForm(forms.ModelForm):
    use_required_attribute = False

    class Meta:
        model = Reminders
        fields = ("plan_dates", "come_back")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["plan_dates"].label = _("When a date in my plan passes")
        self.fields["come_back"].label = _("Three months after a report")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *(Field(name, template="account/_field.html") for name in self.fields)
        )
