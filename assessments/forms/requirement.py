"""Requirements: a level, and the skill or skills of which the best one counts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.models import Requirement, RequirementGroup, RequirementSkill, Role, Skill

from .fields import importance_field, level_field, words_of
from .places import PlacedForm
from .rows import NamedRows
from .slugs import SlugForm


class RequirementForm(SlugForm, PlacedForm):
    """`role`, once known, stays; the groups on offer are that role's."""

    within = "role"
    slug_from = "title"
    role: Role | None = None
    importance = importance_field()

    class Meta:
        model = Requirement
        fields = [
            "role",
            "group",
            "title",
            "slug",
            "level",
            "importance",
            "essential",
            "reason",
            "position",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "level" in self.fields:
            self.fields["level"] = level_field(words_of_requirement(self.instance))
        field: Any = self.fields.get("role")
        if field is not None:
            field.queryset = Role.objects.filter(origin=Role.Origin.CURATED)
        if self.role is not None and field is not None:
            field.disabled = True
            field.queryset = Role.objects.filter(pk=self.role.pk)
            field.choices = [(self.role.pk, str(self.role))]
            self.initial["role"] = self.role.pk
        if "group" in self.fields:
            self.offer_groups()

    def offer_groups(self) -> None:
        groups = RequirementGroup.objects.select_related("role")
        field: Any = self.fields["group"]
        if self.role is not None:
            field.queryset = groups.filter(role=self.role)
            field.error_messages["invalid_choice"] = _(
                "Choose a group of this role. Other roles have groups of their own."
            )
        else:
            field.queryset = groups.order_by("role__title", "position", "pk")
            field.label_from_instance = lambda group: f"{group.role}: {group}"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        role, group = cleaned.get("role"), cleaned.get("group")
        if role and group and group.role_id != role.pk:
            message = _("“%(group)s” is a group of another role. Choose one of “%(role)s”.")
            self.add_error("group", ValidationError(message, params={"group": group, "role": role}))
        return cleaned


class RequirementRowForm(forms.ModelForm):
    """One line of the list of requirements."""

    importance = importance_field()

    class Meta:
        model = Requirement
        fields = ["level", "importance", "essential", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "level" in self.fields:
            self.fields["level"] = level_field(words_of_requirement(self.instance))


class AlternativeForm(PlacedForm):
    within = "requirement"

    class Meta:
        model = RequirementSkill
        fields = ["skill", "position"]


class AlternativesFormSet(NamedRows):
    """The skills that count. They share one scale, and it reaches the required level."""

    def get_queryset(self) -> Any:
        """Those read along with the requirement; none for whoever may see none."""
        if not hasattr(self, "_queryset"):
            found: Any = self.queryset
            any_shown = self.instance.pk and not found.query.is_empty()
            self._queryset = list(self.instance.alternatives.all()) if any_shown else []
        return self._queryset

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form not in self.deleted_forms]
        skills = [form.cleaned_data["skill"] for form in kept if form.cleaned_data.get("skill")]
        if not skills:
            raise ValidationError(_("Name at least one skill that counts for this requirement."))
        check_alternatives(skills, self.instance.level)


def check_alternatives(skills: Sequence[Skill], level: int | None) -> None:
    """They share one scale, and it reaches the required level."""
    params: dict[str, Any]
    first = skills[0]
    for other in skills[1:]:
        if other.scale_id != first.scale_id:
            message = _(
                "“%(first)s” is measured on “%(scale)s”, “%(other)s” on “%(other_scale)s”. "
                "Skills of which any one is enough need the same scale."
            )
            params = {
                "first": first,
                "scale": first.scale,
                "other": other,
                "other_scale": other.scale,
            }
            raise ValidationError(message, params=params)
    words = words_of(first)
    if words and level and level > max(words):
        message = _(
            "Level %(level)s is above the top of “%(scale)s”. Choose %(top)s (%(word)s) or less."
        )
        top = max(words)
        params = {
            "level": level,
            "scale": first.scale,
            "top": top,
            "word": words[top],
        }
        raise ValidationError(message, params=params)


def words_of_requirement(requirement: Requirement) -> dict[int, str]:
    """The levels of its first skill's scale; with no skill yet, plain numbers."""
    alternatives = list(requirement.alternatives.all()) if requirement.pk else []
    if alternatives:
        return words_of(alternatives[0].skill)
    return dict.fromkeys(range(1, 8), "")
