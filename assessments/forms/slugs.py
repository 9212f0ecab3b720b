"""Short names: made from the title when left empty, fixed once something published uses them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SLUG_LENGTH = 80


class SlugForm(forms.ModelForm):
    """`slug_from` names the field whose text a new short name is made of."""

    slug_from = "name"
    slug_is_fixed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("slug")
        if field is None:
            return
        field.required = False
        if self.slug_is_fixed:
            field.disabled = True
            field.help_text = gettext_lazy("Published under this name, so it stays as it is.")
        elif not self.instance.pk:
            field.help_text = gettext_lazy("Left empty, it is made from the name.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if "slug" not in self.fields or self.slug_is_fixed or cleaned.get("slug"):
            return cleaned
        if "slug" in self.errors or self.slug_from in self.errors:
            return cleaned
        slug = slugify(str(cleaned.get(self.slug_from, "")))[:SLUG_LENGTH].strip("-_")
        if not slug:
            message = _("Give a short name of lower-case letters a-z, digits and hyphens.")
            self.add_error("slug", ValidationError(message, code="required"))
        cleaned["slug"] = slug
        return cleaned


def fix_slug(form: SlugForm, published: set[str]) -> None:
    """For forms of a formset, which learn only after they were made what is published."""
    slug = form.initial.get("slug")
    if isinstance(form.instance, Model) and form.instance.pk and slug in published:
        form.slug_is_fixed = True
        form.fields["slug"].disabled = True
