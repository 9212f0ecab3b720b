"""Strings from the pages of an assessment, turned into domain values."""

from dataclasses import dataclass
from typing import Any, Self

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.domain.definition import Definition, Level, Skill
from assessments.domain.onet_scale import examples, gives_examples
from assessments.domain.questions import Question
from assessments.models import Answer, DegreeLevel, LastDone, QualificationAnswer
from assessments.models.assessment import EXAMPLE_LENGTH

from .characters import MemberTextField

CANNOT_JUDGE = "cannot-judge"
OTHER_FIELD = "other"
LONGEST_REVISION = 10  # digits; int() refuses thousands of them
WITHOUT_FIELD = (DegreeLevel.NONE, DegreeLevel.SECONDARY)


@dataclass(frozen=True)
class LevelOption:
    value: str
    word: str
    anchor: str
    note: str = ""


def level_option(skill: Skill, level: Level, *, by_example: bool) -> LevelOption:
    """Where the scale has examples at a few levels, a note says how the others lie to them."""
    anchor, note = skill.anchor(level.value), ""
    if by_example and not anchor:
        near = examples(skill, level.value)
        if level.value == 0:
            note = _("not at all, or not yet")
        elif near.below and near.above:
            note = _("between the two examples")
        elif near.above:
            note = _("easier than the example below")
        elif near.below:
            note = _("harder than the example above")
    return LevelOption(str(level.value), level.word, anchor, note)


class StyledForm(forms.Form):
    """Errors come from the server alone, so that every browser says the same."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    use_required_attribute = False

    @property
    def seen_revision(self) -> int:
        """What the page showed, also while the rest of the form has errors."""
        shown = str(self["revision"].value())
        return int(shown) if shown.isdecimal() and len(shown) <= LONGEST_REVISION else 0

    def as_shown_again(self, revision: int) -> Self:
        """The same form with everything typed in it, as seen beside the newer answer."""
        self.data = dict(self.data.items(), revision=str(revision))
        return self

    def helper_with(self, *fields: Field) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout("revision", *fields)
        return helper


class AnswerForm(StyledForm):
    last_done = forms.ChoiceField(
        label=gettext_lazy("Last done without help"),
        choices=LastDone.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    example = MemberTextField(
        label=gettext_lazy("An example (optional)"),
        help_text=gettext_lazy(
            "Useful from the third level up. Only you see it, unless you share it."
        ),
        max_length=EXAMPLE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        error_messages={
            "max_length": gettext_lazy(
                "Shorten your example to %(limit_value)d characters: it has %(show_value)d"
            ),
        },
    )

    def __init__(
        self, *args: Any, question: Question, definition: Definition, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question, self.role = question, definition
        skill = definition.skill(question.skill)
        scale = definition.scale_of(question.skill)
        self.by_example = gives_examples(scale)
        self.options = tuple(
            level_option(skill, level, by_example=self.by_example) for level in scale.levels
        )
        self.fields["level"] = forms.ChoiceField(
            label=skill.name,
            choices=[
                *((option.value, option.word) for option in self.options),
                (CANNOT_JUDGE, _("I can’t judge this")),
            ],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Select your level for %(skill)s") % {"skill": skill.name},
                "invalid_choice": _("Select one of the levels for %(skill)s")
                % {"skill": skill.name},
            },
        )
        self.order_fields(["revision", "level", "last_done", "example"])

    @property
    def is_blank(self) -> bool:
        """Nothing was chosen or typed."""
        return not any(
            self.data.get(name, "").strip() for name in ("level", "last_done", "example")
        )

    def clean_level(self) -> int | None:
        level = self.cleaned_data["level"]
        return None if level == CANNOT_JUDGE else int(level)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "level" in data and data["level"] is None:
            data["last_done"] = ""
        return data

    @property
    def sent(self) -> dict[str, Any] | None:
        """What the page sent before without hearing back; see `actions.assessment.Seen`."""
        if "sent-level" not in self.data:
            return None
        before = AnswerForm(self.data, prefix="sent", question=self.question, definition=self.role)
        return before.said if before.is_valid() else None

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("level", "last_done", "example")}

    def option_at(self, level: int | None) -> LevelOption | None:
        return next((option for option in self.options if option.value == str(level)), None)

    @staticmethod
    def initial_from(answer: Answer | None) -> dict[str, Any]:
        if answer is None:
            return {"revision": 0}
        return {
            "level": CANNOT_JUDGE if answer.level is None else str(answer.level),
            "last_done": answer.last_done,
            "example": answer.example,
            "revision": answer.revision,
        }


class QualificationForm(StyledForm):
    degree = forms.ChoiceField(
        label=gettext_lazy("Your highest finished degree"),
        choices=DegreeLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Select your highest finished degree")},
    )

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = forms.ChoiceField(
            label=_("Its main field"),
            help_text=_("Only for a degree from a college or university."),
            choices=[
                *((one.slug, one.name) for one in definition.fields),
                (OTHER_FIELD, _("Another field")),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
        self.helper = self.helper_with(
            Field("degree", template="assessments/_choice_list.html"),
            Field("field", template="assessments/_choice_list.html"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        degree = data.get("degree")
        if degree in WITHOUT_FIELD:
            data["field"] = ""
        elif degree and not data.get("field") and "field" not in self.errors:
            self.add_error("field", _("Select the main field of your degree"))
        return data

    @staticmethod
    def initial_from(answer: QualificationAnswer | None) -> dict[str, Any]:
        if answer is None:
            return {"revision": 0}
        return {"degree": answer.degree, "field": answer.field, "revision": answer.revision}
