"""Which changes of the definitions somebody wants to see."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.changes import KINDS, Wanted
from assessments.models import User
from assessments.models.history import ADDED, CHANGED, DELETED

from .characters import LineField

CAN_COME_BACK = "deleted"
SHOWN = [
    ("", _("All changes")),
    (CAN_COME_BACK, _("Deleted, can be put back")),
    ("+", _("Additions")),
    ("~", _("Changes of what was there")),
    ("-", _("Deletions")),
]
HIGHEST_ID = 2**63 - 1


class ChangesForm(forms.Form):
    words = LineField(label=_("Role, skill or other name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("Everybody")
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    of = forms.RegexField(
        regex=r"^[a-z]{1,30}-[0-9]{1,18}$", required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, kinds: tuple[str, ...], people: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        self.kinds = kinds
        names = [(kind, capfirst(str(KINDS[kind]._meta.verbose_name))) for kind in kinds]
        kind_field: Any = self.fields["kind"]
        kind_field.choices = [("", _("Everything")), *sorted(names, key=lambda pair: pair[1])]
        person_field: Any = self.fields["person"]
        person_field.queryset = people

    def wanted(self) -> Wanted:
        """After `is_valid`; a filter that makes no sense shows nothing of the rest."""
        found = self.cleaned_data
        kind, _dash, row = found["of"].rpartition("-")
        show = found["show"]
        return Wanted(
            kinds=(found["kind"],) if found["kind"] else self.kinds,
            what=show if show in (ADDED, CHANGED, DELETED) else "",
            person=found["person"].pk if found["person"] else None,
            since=found["since"],
            until=found["until"],
            words=found["words"],
            of=(kind, int(row)) if kind in KINDS else None,
            deleted=show == CAN_COME_BACK,
        )
