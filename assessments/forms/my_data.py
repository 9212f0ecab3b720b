"""Bringing an export back, and deleting an account."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.importers.my_data import LARGEST_FILE, MyData, Problem, Wrong, parse, unpack
from assessments.importers.sheets import Unreadable


class ExportFileForm(forms.Form):
    """The zip that somebody chose; `read` once it is valid."""

    file = forms.FileField(
        label=gettext_lazy("Your export"),
        help_text=gettext_lazy("The zip file as you downloaded it, at most 5 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        error_messages={
            "required": gettext_lazy("Choose the zip file of your export"),
            "invalid": gettext_lazy("Choose the zip file of your export"),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read: MyData | None = None
        self.helper = _helper("file")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            message = _("The file is larger than %(most)s MB. Choose the zip we gave you.")
            raise ValidationError(message % {"most": LARGEST_FILE // 1024 // 1024})
        try:
            self.read = parse(unpack(file.read()))
        except Unreadable as reason:
            raise ValidationError(str(reason)) from None
        except Wrong as wrong:
            raise ValidationError(in_words(wrong.problems)) from None
        return file


def in_words(problems: list[Problem]) -> list[str]:
    return [_("%(place)s: %(text)s") % {"place": one.place, "text": one.text} for one in problems]


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, delete my account and everything in it"),
        error_messages={
            "required": gettext_lazy("Tick the box if you want to delete your account")
        },
    )
    newsletter = forms.BooleanField(
        label=gettext_lazy("Unsubscribe me from the newsletter, too"), required=False, initial=True
    )
    use_required_attribute = False

    def __init__(self, *args: Any, subscribed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not subscribed:
            del self.fields["newsletter"]
        self.helper = _helper(*reversed(self.fields))

    @property
    def and_newsletter(self) -> bool:
        """Whoever was not asked has nothing to keep."""
        return bool(self.cleaned_data.get("newsletter", True))


def _helper(*names: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*(Field(name, template="account/_field.html") for name in names))
    return helper
