"""The shape of what is typed in step 4: a report, a look on the spot, the text of a posting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField
from compounds.photos.fields import PhotoField, PhotosField

POSTED_LENGTH = 200


class ReportForm(forms.Form):
    """What the responsible body did."""

    report = WordsField(
        label=_("What was done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In a few plain words: what, where, when."),
    )
    photos = PhotosField(label=_("Photos of how it is now"), required=False)


class VerificationForm(forms.Form):
    """What somebody found who went and looked."""

    passed = forms.TypedChoiceField(
        label=_("What did you find?"),
        choices=[("yes", _("It is done")), ("no", _("It is not done yet"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = WordsField(
        label=_("What is missing"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is not done yet: the responsible body reads it."),
    )
    photo = PhotoField(label=_("Photo taken on the spot"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("passed") is False and "note" in data and not data["note"]:
            self.add_error("note", _("Say what is missing, so that it can be put right."))
        return data


class CompletionForm(forms.Form):
    """What neighbours read about the finished work."""

    text = WordsField(
        label=_("What neighbours will read"),
        max_length=POSTED_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It hangs in public: no names, no doors."),
    )
