from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.organisation.spreadsheet.reading import MOST_BYTES


class UploadForm(forms.Form):
    """One spreadsheet of at most 10 MB."""

    file = forms.FileField(
        label=_("Spreadsheet (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"}), help_text=_("At most 10 MB.")
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("It is larger than 10 MB."))
        if not upload.name.lower().endswith(".xlsx"):
            raise forms.ValidationError(_("Only .xlsx is read. Open the file and save it as an Excel workbook."))
        return upload


class ExportForm(forms.Form):
    """Whether phone numbers go with it, and why."""

    phones = forms.BooleanField(label=_("With phone numbers"), required=False)
    reason = forms.CharField(
        label=_("What the phone numbers are needed for"),
        max_length=200,
        required=False,
        help_text=_("It is written down with your name."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("phones") and not data.get("reason"):
            self.add_error("reason", _("Phone numbers leave the system only with a reason."))
        return data
