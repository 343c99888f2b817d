"""The shape of a hold: what is waited for, and what came of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.models import HoldReason


class HoldForm(forms.Form):
    """What a matter waits for."""

    reason = forms.TypedChoiceField(
        label=_("What does it wait for?"),
        choices=HoldReason.choices,
        coerce=HoldReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it waits for.")},
    )
    question = forms.CharField(
        label=_("What exactly"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        help_text=_("Such as: Does the family agree that the pipe runs through its kitchen? Name no door."),
    )


class AnswerForm(forms.Form):
    """What came of it."""

    answer = forms.CharField(
        label=_("What came of it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )
