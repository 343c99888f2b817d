"""The shape of what is typed in step 5: a rating, a closing, taking a matter up again."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.words import WordsField
from compounds.organisation.models import Person
from consultation.forms.step1_visit import likely_witnesses
from consultation.models import Outcome, ResponsibleBody, Voice
from consultation.models.step5_evaluate import SATISFIED_FROM

STARS = [
    (1, pgettext_lazy("rating", "Bad")),
    (2, pgettext_lazy("rating", "Poor")),
    (3, pgettext_lazy("rating", "All right")),
    (4, pgettext_lazy("rating", "Good")),
    (5, pgettext_lazy("rating", "Very good")),
]


class RatingForm(forms.Form):
    """One to five, and why when it is below three."""

    stars = forms.TypedChoiceField(
        label=_("How well was it done?"),
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    reason = WordsField(
        label=_("What is not right yet?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for 1 or 2, so that the branch knows what to do."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        low = "stars" in data and data["stars"] < SATISFIED_FROM
        if low and "reason" in data and not data["reason"]:
            self.add_error("reason", _("Please say in a few words what is not right."))
        return data


class VoiceForm(forms.Form):
    """Whose voice it is about: one that stands for a household."""

    voice = forms.ModelChoiceField(
        Voice.objects.none(),
        label=_("Whose household"),
        error_messages={"required": _("Choose whose household it is.")},
    )

    def __init__(self, *args: Any, voices: QuerySet[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].queryset = voices.filter(household__isnull=False)  # type: ignore[attr-defined]


class RatingAtDoorForm(VoiceForm, RatingForm):
    """One household's rating, taken down by somebody at its door."""

    witnessed_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who else was there"), required=False, empty_label=_("Nobody")
    )
    field_order = ["voice", "stars", "reason", "witnessed_by"]

    def __init__(self, *args: Any, recorder: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witnessed_by"].queryset = likely_witnesses(recorder)  # type: ignore[attr-defined]


class ClosingForm(forms.Form):
    """How a matter ends."""

    outcome = forms.TypedChoiceField(
        label=_("How does it end?"),
        choices=Outcome.choices,
        coerce=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ends.")},
    )
    answerable = forms.ModelChoiceField(
        ResponsibleBody.objects.all(),
        label=_("Whose is it, when it is not ours?"),
        required=False,
        empty_label=_("None of these"),
    )
    note = WordsField(
        label=_("A word to those concerned"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == Outcome.NOT_OURS and not data.get("answerable") and "answerable" not in self.errors:
            self.add_error("answerable", _("Say whose it is."))
        return data


class TakingUpForm(forms.Form):
    """Why a matter goes back to the branch."""

    note = WordsField(
        label=_("Why is it taken up again?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is not right yet, in the words of those who said so."),
    )
