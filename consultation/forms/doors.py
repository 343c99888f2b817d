"""What is tapped or typed about a call at a door."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from consultation.models import VisitOutcome


class TapForm(forms.Form):
    """One of the four outcomes, and the doors it holds for."""

    outcome = forms.TypedChoiceField(choices=VisitOutcome.choices, coerce=VisitOutcome)


class VisitForm(TapForm):
    """One visit with its day and a note."""

    outcome = forms.TypedChoiceField(
        label=_("How did the visit go?"),
        choices=VisitOutcome.choices,
        coerce=VisitOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    visited_on = forms.DateField(label=_("Day"), widget=DayInput, initial=timezone.localdate)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_("What is good to know before the next visit."),
    )

    def clean_visited_on(self) -> date:
        day: date = self.cleaned_data["visited_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
