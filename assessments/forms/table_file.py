from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from assessments.exporters.tables import Table
from assessments.importers.sheets import LARGEST_FILE, Row, Unreadable
from assessments.importers.tables import read_table, too_large


class TableFileForm(forms.Form):
    """The file that somebody chose; `rows` once it is valid."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV in UTF-8 or XLSX, at most 5 MB and 5,000 rows."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.rows: list[Row] = []

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(too_large())
        try:
            self.rows = read_table(
                file.name, file.read(), columns=self.table.columns, key=self.table.key
            )
        except Unreadable as reason:
            raise ValidationError(str(reason)) from None
        return file
