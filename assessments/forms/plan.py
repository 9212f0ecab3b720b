"""Strings from the pages of the plan, turned into values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Plan, PlanItem
from assessments.models.plan import MOST_HOURS, MOST_HOURS_A_WEEK, NOTES_LENGTH
from assessments.plan_pages import GapToPlan, Line, Offer

from .assessment import StyledForm
from .characters import MemberTextField

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def _whole_number(text: Any) -> dict[str, Any]:
    return {"invalid": text, "min_value": text, "max_value": text}


class DayField(forms.DateField):
    """Written as 2026-03-27, which browsers with a date picker also send."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            validators=[
                MinValueValidator(EARLIEST, gettext_lazy("Choose a day from the year 2000 on")),
                MaxValueValidator(LATEST, gettext_lazy("Choose a day before the year 2100")),
            ],
            widget=forms.DateInput(format="%Y-%m-%d"),
            **kwargs,
        )


class SettingsForm(StyledForm):
    hours_a_week = forms.IntegerField(
        label=gettext_lazy("Hours a week"),
        min_value=1,
        max_value=MOST_HOURS_A_WEEK,
        error_messages={
            "required": gettext_lazy("Write how many hours a week you have"),
            **_whole_number(gettext_lazy("Write the hours a week as a whole number from 1 to 80")),
        },
    )
    starts_on = DayField(
        label=gettext_lazy("Start"),
        error_messages={
            "required": gettext_lazy("Choose the day you start"),
            "invalid": gettext_lazy("Write the start as year-month-day, such as 2026-03-27"),
        },
    )
    budget = forms.ChoiceField(
        label=gettext_lazy("Resources"),
        choices=Plan.Budget.choices,
        error_messages={
            "required": gettext_lazy("Select which resources to use"),
            "invalid_choice": gettext_lazy("Select which resources to use"),
        },
    )

    @staticmethod
    def initial_from(plan: Plan) -> dict[str, Any]:
        return {
            "hours_a_week": plan.hours_a_week,
            "starts_on": plan.starts_on,
            "budget": plan.budget,
            "revision": plan.revision,
        }


@dataclass(frozen=True)
class Choice:
    """A resource in a list of radio buttons."""

    value: str
    offer: Offer
    is_chosen: bool


class ItemForm(StyledForm):
    SAVED = ("status", "notes", "due_on", "hours", "link")

    item = forms.IntegerField(widget=forms.HiddenInput, required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("How far are you?"),
        choices=PlanItem.Status.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Select how far you are"),
            "invalid_choice": gettext_lazy("Select how far you are"),
        },
    )
    due_on = DayField(
        label=gettext_lazy("A date of your own (optional)"),
        help_text=gettext_lazy("Shown beside the computed one; it moves nothing."),
        required=False,
        error_messages={
            "invalid": gettext_lazy("Write the date as year-month-day, such as 2026-03-27")
        },
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours it takes you (optional)"),
        help_text=gettext_lazy("In place of the estimate. Empty it to go back to the estimate."),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
        error_messages=_whole_number(
            gettext_lazy("Write the hours as a whole number from 1 to 5000")
        ),
    )
    link = forms.ChoiceField(
        label=gettext_lazy("Learn with"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Select one of the resources listed")},
    )
    notes = MemberTextField(
        label=gettext_lazy("Notes (optional)"),
        help_text=gettext_lazy("Only you see them."),
        max_length=NOTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        error_messages={
            "max_length": gettext_lazy(
                "Shorten your notes to %(limit_value)d characters: they have %(show_value)d"
            ),
        },
    )

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._line = line
        self.offers = {offer.id: offer for offer in line.offers}
        if line.learning.offer:
            self.offers.setdefault(line.learning.offer.id, line.learning.offer)
        choices = [(str(id), offer.suggestion.resource.name) for id, offer in self.offers.items()]
        link = self.fields["link"]
        assert isinstance(link, forms.ChoiceField)  # noqa: S101  for mypy
        link.choices = choices

    def choices(self) -> Iterator[Choice]:
        chosen = str(self["link"].value() or "")
        for id, offer in self.offers.items():
            yield Choice(str(id), offer, chosen == str(id))

    @property
    def seen_item(self) -> int:
        shown = str(self["item"].value())
        return int(shown) if shown.isdecimal() and len(shown) <= 18 else 0

    def clean_link(self) -> int | None:
        """Where nothing can be chosen, and where nothing was, what was chosen stays."""
        link = self.cleaned_data["link"]
        return int(link) if link else self._line.item.link_id

    def as_seen_beside(self, current: PlanItem) -> Self:
        self.data = dict(self.data.items(), item=str(current.pk))
        return self.as_shown_again(current.revision)

    @staticmethod
    def initial_from(line: Line) -> dict[str, Any]:
        item, learning = line.item, line.learning
        return {
            "item": item.pk,
            "revision": item.revision,
            "status": item.status,
            "due_on": item.due_on,
            "hours": item.hours,
            "notes": item.notes,
            "link": str(learning.offer.id) if learning.offer else "",
        }


@dataclass(frozen=True)
class GapRow:
    """One gap with its box to tick and its list of resources."""

    gap: GapToPlan
    id: str
    is_ticked: bool
    link: forms.BoundField | None


class AddForm(forms.Form):
    use_required_attribute = False
    gaps = forms.MultipleChoiceField(
        label=gettext_lazy("Skills"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Select at least one skill to plan"),
            "invalid_choice": gettext_lazy("Select among the skills of this report"),
        },
    )

    def __init__(self, *args: Any, gaps: tuple[GapToPlan, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gaps = gaps
        field = self.fields["gaps"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  for mypy
        field.choices = [(one.requirement.slug, one.skill.name) for one in gaps]
        for one in gaps:
            if one.offers:
                self.fields[_link(one)] = forms.ChoiceField(
                    label=_("Learn %(skill)s with") % {"skill": one.skill.name},
                    choices=[(str(offer.id), _words(offer)) for offer in one.offers],
                    required=False,
                    error_messages={
                        "invalid_choice": _("Select one of the resources listed for %(skill)s")
                        % {"skill": one.skill.name}
                    },
                )

    def rows(self) -> Iterator[GapRow]:
        """Those that may be added; what is in the plan already is listed apart."""
        ticked = self["gaps"].value() or []
        for number, one in enumerate(gap for gap in self._gaps if gap.is_offered):
            yield GapRow(
                gap=one,
                id=f"id_gaps_{number}",
                is_ticked=one.requirement.slug in ticked,
                link=self[_link(one)] if one.offers else None,
            )

    @property
    def chosen(self) -> dict[str, int | None]:
        """Slugs of requirements, with the link chosen for each: the best where none was."""
        by_slug = {one.requirement.slug: one for one in self._gaps}
        return {slug: self._link_for(by_slug[slug]) for slug in self.cleaned_data["gaps"]}

    def _link_for(self, gap: GapToPlan) -> int | None:
        if not gap.offers:
            return None
        return int(self.cleaned_data.get(_link(gap)) or gap.offers[0].id)


def _link(gap: GapToPlan) -> str:
    return f"link-{gap.requirement.slug}"


def _words(offer: Offer) -> str:
    """Of a resource, in a list to choose from."""
    resource, link = offer.suggestion.resource, offer.suggestion.link
    words = {
        "name": resource.name,
        "kind": resource.kind,
        "cost": COSTS.get(resource.cost, resource.cost),
        "hours": link.hours,
    }
    if link.hours is None:
        return _("%(name)s: %(kind)s, %(cost)s") % words
    return _("%(name)s: %(kind)s, %(cost)s, %(hours)s hours") % words


COSTS = {
    "free": gettext_lazy("free"),
    "paid": gettext_lazy("paid"),
    "free-and-paid": gettext_lazy("free and paid"),
}
