"""Differences between versions of a role, grouped, and said as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.domain.carrying import Carrying
from assessments.domain.differences import Change, Part
from assessments.wording import say_change

HEADINGS = [
    (gettext_lazy("Requirements"), {Part.REQUIREMENT, Part.GROUP}),
    (gettext_lazy("Skills"), {Part.SKILL, Part.ANCHOR, Part.SCALE, Part.LEVEL}),
    (gettext_lazy("Qualifications"), {Part.QUALIFICATION, Part.FIELD}),
    (gettext_lazy("The role’s page"), {Part.ROLE, Part.PASSAGE, Part.FACT}),
    (gettext_lazy("Resources"), {Part.RESOURCE, Part.LINK}),
]


@dataclass(frozen=True)
class Section:
    heading: str
    sentences: list[str]


def sections(changes: Iterable[Change]) -> list[Section]:
    changes = list(changes)
    found = [
        Section(str(heading), [say_change(change) for change in changes if change.part in parts])
        for heading, parts in HEADINGS
    ]
    return [section for section in found if section.sentences]


def say_carrying(carrying: Carrying) -> str:
    """The difference as somebody who is answering meets it."""
    new, reworded, gone = (len(those) for those in (carrying.new, carrying.reworded, carrying.gone))
    said = []
    if new:
        said.append(ngettext("%(n)s question is new", "%(n)s questions are new", new) % {"n": new})
    if reworded:
        said.append(
            (
                ngettext("%(n)s was reworded", "%(n)s were reworded", reworded)
                if new
                else ngettext(
                    "%(n)s question was reworded", "%(n)s questions were reworded", reworded
                )
            )
            % {"n": reworded}
        )
    if gone:
        said.append(
            ngettext(
                "%(n)s of your answers is no longer needed",
                "%(n)s of your answers are no longer needed",
                gone,
            )
            % {"n": gone}
        )
    if not said:
        return _("The definition changed: your questions stay as they are")
    return _("The definition changed: %(changes)s") % {"changes": ", ".join(said)}
