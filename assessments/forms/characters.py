"""What people type, without characters that nobody sees; the rule itself is in the domain."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.domain.text import first_unwanted, name_of


def plain_line(text: str) -> None:
    """One line of an editor's text, as a role file takes it."""
    if "\n" in text or "\r" in text:
        raise ValidationError(_("Write this on one line, without line breaks."), code="lines")
    _refuse(text, allowed="", direction=False)


def plain_text(text: str) -> None:
    """The same with line breaks."""
    _refuse(text, allowed="\n", direction=False)


def member_text(text: str) -> None:
    """What a member writes may come from anywhere: tabs, and any direction of writing."""
    _refuse(text, allowed="\n\t", direction=True)


def plain_address(text: str) -> None:
    """An e-mail address without the quoted names that the standard allows: those may hold markup,
    spaces and control characters, and hardly anybody has one."""
    if '"' in text or not text.isprintable():
        raise ValidationError(_("Enter an e-mail address like name@example.org"), code="invalid")


NUL = "\0"  # every CharField refuses it already, in Django's words


def _refuse(text: str, *, allowed: str, direction: bool) -> None:
    if char := first_unwanted(text, allowed=allowed + NUL, direction=direction):
        message = _("Remove the character %(name)s: it cannot be seen, or is none.")
        raise ValidationError(message, code="unwanted", params={"name": name_of(char)})


class LineField(forms.CharField):
    default_validators = [plain_line]


class LinesField(forms.CharField):
    """A line break counts as one character, as in the browser, not as the two that it sends."""

    default_validators = [plain_text]

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class MemberTextField(LinesField):
    default_validators = [member_text]
