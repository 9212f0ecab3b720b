"""Scales with their levels; skills with one sentence for each level of their scale."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.domain.anchors import MAX_LENGTH, problems_of
from assessments.domain.crosswalk import ELEMENT
from assessments.domain.publishing import STYLED_SCALE
from assessments.models import Anchor, Correspondence, Scale, ScaleLevel, Skill
from assessments.wording import anchor_problem

from .fields import SentenceField
from .places import PlacedForm
from .rows import NamedRows
from .slugs import SlugForm

ANCHOR_PREFIX = "anchor_"


class ScaleForm(SlugForm):
    class Meta:
        model = Scale
        fields = ["name", "slug"]


class ScaleLevelFormSet(NamedRows):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        if any("value" not in form.fields for form in self.forms):
            return  # the scale is in use: its numbers are not up for change
        kept = [form for form in self.forms if form not in self.deleted_forms]
        values = [form.cleaned_data["value"] for form in kept if form.cleaned_data]
        if len(values) < 2:
            raise ValidationError(_("A scale needs at least two levels."))
        if sorted(values) != list(range(len(values))):
            raise ValidationError(
                _("Number the levels 0, 1, 2 and so on, without a gap and each only once.")
            )


class CorrespondenceForm(PlacedForm):
    within = "skill"

    class Meta:
        model = Correspondence
        fields = ["kind", "code", "loose", "position"]
        help_texts = {
            "code": gettext_lazy("An element’s id, like 2.B.3.e, or a technology’s name."),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        is_element = cleaned.get("kind") == Correspondence.Kind.ELEMENT
        if is_element and "code" in cleaned and not ELEMENT.fullmatch(cleaned["code"]):
            message = _("Write the id of an element, like 2.B.3.e")
            self.add_error("code", ValidationError(message, code="invalid"))
        return cleaned


class SkillForm(SlugForm):
    """Made for one scale by `skill_form_for`: its levels are its fields."""

    scale: Scale
    levels: tuple[ScaleLevel, ...] = ()

    class Meta:
        model = Skill
        fields = ["name", "slug", "category", "scale", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "scale" in self.fields:
            # Its sentences are written for one scale, so a skill keeps the one it began with.
            self.fields["scale"].disabled = True
            self.initial["scale"] = self.scale.pk
        if self.instance.pk:
            for anchor in self.instance.anchors.all():
                self.initial[anchor_field(anchor.level)] = anchor.text

    def sentences(self) -> dict[int, str]:
        return {
            level.value: self.cleaned_data.get(anchor_field(level.value), "")
            for level in self.levels
        }

    def clean(self) -> dict[str, Any] | None:
        """What publishing would refuse is refused at once; only a missing sentence can wait.

        Sentences that nobody touched do not stand in the way of a save.
        """
        cleaned = super().clean()
        if self.scale.slug != STYLED_SCALE:
            return cleaned
        touched = {
            level.value for level in self.levels if anchor_field(level.value) in self.changed_data
        }
        for problem in problems_of(self.sentences()):
            if levels := touched.intersection(problem.levels):
                said = ValidationError(anchor_problem(problem), code=problem.kind)
                self.add_error(anchor_field(max(levels)), said)
        return cleaned


def anchor_field(level: int) -> str:
    return f"{ANCHOR_PREFIX}{level}"


def skill_form_for(scale: Scale, levels: Iterable[ScaleLevel]) -> type[SkillForm]:
    levels = tuple(levels)
    fields = {anchor_field(level.value): sentence_field(scale, level) for level in levels}
    return type("SkillForm", (SkillForm,), {"scale": scale, "levels": levels, **fields})


def sentence_field(scale: Scale, level: ScaleLevel) -> SentenceField:
    longest = Anchor._meta.get_field("text").max_length
    at_most = MAX_LENGTH if scale.slug == STYLED_SCALE else longest
    limit = _("At most %(number)s characters.") % {"number": at_most}
    return SentenceField(
        label=f"{level.value} {level.word}",
        required=False,
        max_length=longest,
        help_text=format_html("{} – {}", level.meaning, limit) if level.meaning else limit,
        widget=CountedTextarea(attrs={"rows": 4, "cols": 24, "data-at-most": at_most}),
    )


class CountedTextarea(forms.Textarea):
    """With its number of characters behind it, of at most `data-at-most`."""

    def render(self, name: str, value: Any, *args: Any, **kwargs: Any) -> SafeString:
        length, at_most = len(str(value or "").strip()), self.attrs["data-at-most"]
        return format_html(
            '{}<p class="help count{}">{} / {}</p>',
            super().render(name, value, *args, **kwargs),
            " too-many" if length > at_most else "",
            length,
            at_most,
        )
