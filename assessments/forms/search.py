"""Strings from the address of the list of roles, turned into what to look for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.models import DegreeLevel
from assessments.search import Criteria

from .characters import member_text

LONGEST_TEXT = 100
HIGHEST_PAY = 10_000_000


class AmountField(forms.DecimalField):
    """Takes "$60,000" and "5 %" as people write them; `wrong` says how to write it."""

    KINDS = ("invalid", "min_value", "max_value", "max_digits")
    KINDS_OF_DIGITS = ("max_decimal_places", "max_whole_digits")

    def __init__(self, *, wrong: Any, **kwargs: Any) -> None:
        messages = dict.fromkeys((*self.KINDS, *self.KINDS_OF_DIGITS), wrong)
        super().__init__(error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = str(value or "")
        for mark in ("$", "%", ",", " ", "\N{NO-BREAK SPACE}"):
            text = text.replace(mark, "")
        return super().to_python(text)


class SearchForm(forms.Form):
    """Everything may be left out. `zones` are the job zones of the newest release, by number."""

    use_required_attribute = False

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=LONGEST_TEXT,
        validators=[member_text],
        error_messages={"max_length": gettext_lazy("Search for at most 100 characters")},
    )
    zone = forms.TypedChoiceField(
        label=gettext_lazy("Preparation it takes (job zone)"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("Choose a job zone from the list")},
    )
    education = forms.ChoiceField(
        label=gettext_lazy("Typically asks for no more than"),
        required=False,
        choices=[("", gettext_lazy("Any education")), *DegreeLevel.choices],
        error_messages={"invalid_choice": gettext_lazy("Choose an education from the list")},
    )
    pay = AmountField(
        label=gettext_lazy("Median pay at least"),
        required=False,
        min_value=0,
        max_value=HIGHEST_PAY,
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("US dollars a year, such as 60,000"),
        wrong=gettext_lazy("Write the pay as a number of dollars a year, such as 60,000"),
    )
    growth = AmountField(
        label=gettext_lazy("Growth at least"),
        required=False,
        min_value=-100,
        max_value=1_000,
        max_digits=6,
        decimal_places=2,
        help_text=gettext_lazy("Per cent in ten years, such as 5"),
        wrong=gettext_lazy("Write the growth as a number of per cent, such as 5"),
    )
    rated = forms.BooleanField(label=gettext_lazy("Only roles you can assess"), required=False)

    def __init__(self, data: Mapping[str, Any], *, zones: Mapping[int, str]) -> None:
        super().__init__(data, auto_id="search_%s")
        any_zone = ("", gettext_lazy("Any preparation"))
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            any_zone,
            *((str(number), f"{number} {name}".strip()) for number, name in zones.items()),
        ]

    def criteria(self) -> Criteria:
        found = self.cleaned_data
        pay = found["pay"]
        return Criteria(
            text=found["q"],
            job_zone=found["zone"],
            education=found["education"],
            pay=None if pay is None else int(pay),
            growth=found["growth"],
            assessable=found["rated"],
        )
