from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.importers.yaml_nodes import is_https
from assessments.models import Skill

from .characters import plain_line

IMPORTANCE = [
    (1, gettext_lazy("1 Minor")),
    (2, gettext_lazy("2 Useful")),
    (3, gettext_lazy("3 Important")),
    (4, gettext_lazy("4 Very important")),
    (5, gettext_lazy("5 Crucial")),
]

HTTPS_CURE = gettext_lazy(
    "The address must start with https:// – copy it from the address bar of your browser."
)


class SentenceField(forms.CharField):
    """Typed in a box of several lines, kept as one."""

    default_validators = [plain_line]

    def to_python(self, value: Any) -> Any:
        return " ".join(str(super().to_python(value)).split())


def validate_https(address: str) -> None:
    """As in a role file, so that what editors save can be exported and read in again."""
    if not is_https(address):
        raise ValidationError(HTTPS_CURE, code="invalid")


class HttpsURLField(forms.URLField):
    default_validators = [validate_https]

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {"invalid": HTTPS_CURE} | (kwargs.get("error_messages") or {})
        super().__init__(**kwargs)
        self.widget = forms.URLInput(attrs={"class": "vURLField", "maxlength": self.max_length})


class SearchURLField(HttpsURLField):
    """An address with one place for the words to search for."""

    PLACE = "{query}"

    def clean(self, value: Any) -> str:
        text = str(value or "").strip()
        if not text:
            return ""
        if text.count(self.PLACE) != 1:
            message = _("Write {query} once, where the words to search for belong.")
            raise ValidationError(message, code="no-place")
        super().clean(text.replace(self.PLACE, "words"))
        return text


def importance_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Importance"), choices=IMPORTANCE, coerce=int, initial=3
    )


def level_field(words: dict[int, str]) -> forms.TypedChoiceField:
    """A required level, chosen by its word. Level 0 asks for nothing, so nobody requires it."""
    levels = [(value, f"{value} {word}") for value, word in words.items() if value > 0]
    top = max(words, default=0)
    return forms.TypedChoiceField(
        label=gettext_lazy("Required level"),
        choices=levels,
        coerce=int,
        error_messages={
            "invalid_choice": _("Choose a level from 1 to %(top)s, the top of this skill's scale.")
            % {"top": top}
        },
    )


class SkillField(forms.Field):
    """A skill chosen by typing its name; the browser offers names from one list for all rows.

    `skills` is filled in by the formset: asked for once, not once for each row.
    """

    LIST_ID = "skill-names"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"list": self.LIST_ID, "autocomplete": "off", "class": "vTextField"}
            ),
        )
        super().__init__(**kwargs)
        self.skills: dict[str, Skill] = {}
        self.names: dict[Any, str] = {}

    def offer(self, skills: dict[str, Skill]) -> None:
        self.skills = skills
        self.names = {skill.pk: skill.name for skill in skills.values()}

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            return str(value)
        return self.names.get(value, value)

    def to_python(self, value: Any) -> Skill | None:
        name = str(value or "").strip()
        if not name:
            return None
        skill = self.skills.get(name.casefold())
        if skill is None:
            message = _("There is no skill “%(name)s”. Choose one from the list, or add it first.")
            raise ValidationError(message, code="unknown", params={"name": name})
        return skill

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


def skills_by_name(*, with_levels: bool) -> dict[str, Skill]:
    skills = Skill.objects.select_related("scale")
    if with_levels:
        skills = skills.prefetch_related("scale__levels")
    return {skill.name.casefold(): skill for skill in skills}


def words_of(skill: Skill) -> dict[int, str]:
    return {level.value: level.word for level in skill.scale.levels.all()}
