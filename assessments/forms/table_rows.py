"""The forms of the editing area, filled in from the rows of a table.

They check what the pages check; only what a page lets one choose is named by its slug here.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from assessments.actions.catalogue import set_alternatives, set_anchors
from assessments.exporters.tables import BETWEEN_SKILLS, LEVELS, text_of
from assessments.models import (
    Requirement,
    RequirementGroup,
    ResourceLink,
    Role,
    Scale,
    Skill,
)
from assessments.models import Resource as ResourceRow

from .catalogue import anchor_field, skill_form_for
from .characters import plain_line, plain_text
from .fields import HttpsURLField, level_field
from .requirement import RequirementForm, check_alternatives
from .resource import ResourceForm, ResourceLinkForm

MOST_ALTERNATIVES = 20
PLAIN: dict[type[Any], Callable[[str], None]] = {
    models.CharField: plain_line,
    models.TextField: plain_text,
}


class NamedField(forms.Field):
    """One of `rows`, named by its slug."""

    def __init__(self, rows: Mapping[str, Any], what: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows
        self.what = what

    def find(self, slug: str) -> Any:
        if slug in self.rows:
            return self.rows[slug]
        close = get_close_matches(slug[:80], self.rows, n=1)
        if close:
            message = _("There is no %(what)s “%(slug)s”. Did you mean “%(close)s”?")
            params = {"what": self.what, "slug": slug, "close": close[0]}
            raise ValidationError(message, params=params)
        message = _("There is no %(what)s “%(slug)s”. Write its short name, or add it first.")
        raise ValidationError(message, params={"what": self.what, "slug": slug})

    def to_python(self, value: Any) -> Any:
        slug = str(value or "").strip()
        return self.find(slug) if slug else None


class NamedListField(NamedField):
    def to_python(self, value: Any) -> list[Any]:
        slugs = [slug.strip() for slug in str(value or "").split(BETWEEN_SKILLS) if slug.strip()]
        if len(slugs) > MOST_ALTERNATIVES:
            message = _("Name at most %(most)s skills.")
            raise ValidationError(message, params={"most": MOST_ALTERNATIVES})
        if len(set(slugs)) < len(slugs):
            raise ValidationError(_("Name each skill only once."))
        return [self.find(slug) for slug in slugs]


class YesNoField(forms.Field):
    ANSWERS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}

    def to_python(self, value: Any) -> bool | None:
        word = str(value or "").strip().lower()
        if word and word not in self.ANSWERS:
            raise ValidationError(_("Write yes or no."))
        return self.ANSWERS.get(word)


class TableRow(forms.ModelForm):
    """One row. `field_of` names the field of a column; `stored_cells` is what it would become."""

    def __init__(self, cells: Mapping[str, str], **kwargs: Any) -> None:
        self.columns = tuple(cells)
        data = {
            self.field_of(name): text.replace("\r\n", "\n").replace("\r", "\n")
            for name, text in cells.items()
        }
        # Somebody who changes the row meanwhile is noticed by the import as a whole.
        data["revision"] = str(getattr(kwargs.get("instance"), "revision", ""))
        super().__init__(data, **kwargs)

    def full_clean(self) -> None:
        """As strict as the pages, with messages that say what to write in a cell."""
        for db_field in self._meta.model._meta.fields:
            field = self.fields.get(db_field.name)
            rule = PLAIN.get(type(db_field))
            if rule and type(field) is forms.CharField:
                field.validators = [*field.validators, rule]
        for name, field in self.fields.items():
            if name == "slug":
                field.required = True
            if isinstance(field, forms.ChoiceField):
                choices: Any = field.choices
                words = ", ".join(str(value) for value, _word in choices if value != "")
                field.error_messages["invalid_choice"] = _("Write one of: %(words)s.") % {
                    "words": words
                }
            field.error_messages["required"] = _("This must not be empty.")
        super().full_clean()

    @staticmethod
    def field_of(column: str) -> str:
        return column

    def stored_cells(self) -> dict[str, str]:
        return {name: text_of(self.cleaned_data.get(self.field_of(name))) for name in self.columns}

    def store(self) -> None:
        self.save()


def skill_row_form(scale: Scale) -> type[Any]:
    levels = list(scale.levels.all())
    beyond = [level for level in LEVELS if level not in {one.value for one in levels}]
    base: Any = skill_form_for(scale, levels)

    class SkillRow(TableRow, base):
        def __init__(self, cells: Mapping[str, str], **kwargs: Any) -> None:
            super().__init__(cells, **kwargs)
            self.fields["scale"] = NamedField({scale.slug: scale}, scale._meta.verbose_name)
            for level in beyond:
                self.fields[anchor_field(level)] = forms.CharField(required=False)

        @staticmethod
        def field_of(column: str) -> str:
            level = column.removeprefix("level_")
            return column if level == column else anchor_field(int(level))

        def clean(self) -> dict[str, Any] | None:
            cleaned = super().clean() or self.cleaned_data
            for level in beyond:
                if cleaned.get(anchor_field(level)):
                    message = _("“%(scale)s” has no level %(level)s. Empty this cell.")
                    params = {"scale": scale, "level": level}
                    self.add_error(anchor_field(level), ValidationError(message, params=params))
            return cleaned

        def store(self) -> None:
            skill = self.save()
            set_anchors(skill=skill, sentences=self.sentences())

    return SkillRow


class RequirementRow(TableRow, RequirementForm):
    essential = YesNoField()

    def __init__(
        self,
        cells: Mapping[str, str],
        *,
        roles: Mapping[str, Role],
        groups: Mapping[str, Mapping[str, RequirementGroup]],
        skills: Mapping[str, Skill],
        **kwargs: Any,
    ) -> None:
        super().__init__(cells, **kwargs)
        of_role = groups.get(cells["role"].strip(), {})
        self.fields |= {
            "role": NamedField(roles, Role._meta.verbose_name),
            "group": NamedField(of_role, _("group of this role")),
            "skills": NamedListField(skills, Skill._meta.verbose_name),
            "level": level_field(dict.fromkeys(range(1, 8), "")),
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if skills := cleaned.get("skills"):
            try:
                check_alternatives(skills, cleaned.get("level"))
            except ValidationError as error:
                self.add_error("skills", error)
        return cleaned

    def full_clean(self) -> None:
        super().full_clean()
        if "role" in self.errors:
            self.errors.pop("group", None)  # what its groups are is not known either

    def store(self) -> None:
        set_alternatives(requirement=self.save(), skills=self.cleaned_data["skills"])


class ResourceTableRow(TableRow, ResourceForm):
    url = HttpsURLField(max_length=500)


class LinkRow(TableRow, ResourceLinkForm):
    url = HttpsURLField(max_length=500)

    class Meta:
        model = ResourceLink
        fields = ["resource", *ResourceLinkForm.Meta.fields]

    def __init__(
        self,
        cells: Mapping[str, str],
        *,
        resources: Mapping[str, ResourceRow],
        skills: Mapping[str, Skill],
        **kwargs: Any,
    ) -> None:
        super().__init__(cells, **kwargs)
        self.fields |= {
            "resource": NamedField(resources, ResourceRow._meta.verbose_name),
            "skill": NamedField(skills, Skill._meta.verbose_name),
        }


# --- Which form a row gets --------------------------------------------------------------------

RowForm = Callable[..., Any]


class UnknownScale(ValidationError):
    pass


def by_slug(rows: Any) -> dict[str, Any]:
    return {row.slug: row for row in rows}


def skills() -> dict[str, Skill]:
    return by_slug(Skill.objects.select_related("scale").prefetch_related("scale__levels"))


def skill_forms() -> RowForm:
    """A skill keeps the scale it began with; a new one gets that of its row."""
    scales = by_slug(Scale.objects.prefetch_related("levels"))
    known = NamedField(scales, Scale._meta.verbose_name)
    classes = {slug: skill_row_form(scale) for slug, scale in scales.items()}

    def form(cells: Mapping[str, str], instance: Skill | None) -> Any:
        wanted = cells["scale"].strip()
        kept = instance.scale.slug if instance else wanted
        if instance and instance.element is not None:
            raise UnknownScale(_("This skill was imported from O*NET, and is not changed here."))
        if not kept:
            raise UnknownScale(_("This must not be empty."))
        if kept != wanted:
            message = _("This skill is measured on “%(scale)s”, and its sentences are for that.")
            raise UnknownScale(message % {"scale": kept})
        try:
            known.find(kept)
        except ValidationError as error:
            raise UnknownScale(error.messages[0]) from None
        return classes[kept](cells, instance=instance)

    return form


def requirement_forms() -> RowForm:
    groups: dict[str, dict[str, RequirementGroup]] = {}
    for group in RequirementGroup.objects.select_related("role"):
        groups.setdefault(group.role.slug, {})[group.slug] = group
    roles, found = by_slug(Role.objects.filter(origin=Role.Origin.CURATED)), skills()

    def form(cells: Mapping[str, str], instance: Requirement | None) -> Any:
        return RequirementRow(cells, instance=instance, roles=roles, groups=groups, skills=found)

    return form


def resource_forms() -> RowForm:
    return lambda cells, instance: ResourceTableRow(cells, instance=instance)


def link_forms() -> RowForm:
    resources, found = by_slug(ResourceRow.objects.all()), skills()
    return lambda cells, instance: LinkRow(
        cells, instance=instance, resources=resources, skills=found
    )


FORMS: dict[str, Callable[[], RowForm]] = {
    "skill": skill_forms,
    "requirement": requirement_forms,
    "resource": resource_forms,
    "resourcelink": link_forms,
}
