"""What is typed after an activity: how many it served, in a few words, with photos; and more places before it."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.words import WordsField
from compounds.photos.fields import PhotosField
from volunteers.forms.activities import ClockInput
from volunteers.models import Activity, ForWhom

_NUMERIC = {"inputmode": "numeric"}


class SumUpForm(forms.Form):
    """That it was held, and what came of it."""

    people_served = forms.IntegerField(
        label=_("How many people did it serve"), min_value=0, max_value=99999, widget=forms.TextInput(attrs=_NUMERIC)
    )
    elderly_served = forms.IntegerField(
        label=_("Elderly people among them"),
        min_value=0,
        max_value=99999,
        required=False,
        widget=forms.TextInput(attrs=_NUMERIC),
        help_text=_("Empty if nobody counted them."),
    )
    summary = WordsField(
        label=_("What came of it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, without names of residents."),
    )
    photos = PhotosField(label=_("Photos"), required=False, help_text=_("Only with people who do not mind being seen."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        served, elderly = data.get("people_served"), data.get("elderly_served")
        if served is not None and elderly is not None and elderly > served:
            self.add_error("elderly_served", _("The elderly people are some of those served, not more."))
        return data


class SlotForm(forms.Form):
    """More places: for whom, what they are called, perhaps for a part of the time."""

    for_whom = forms.ChoiceField(label=pgettext_lazy("places", "For whom"), choices=ForWhom.choices)
    name = WordsField(
        label=_("What are these places called"),
        max_length=40,
        required=False,
        help_text=_("For example: setting up, first hour."),
    )
    places = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs=_NUMERIC),
        help_text=_("Empty: as many as come."),
    )
    begins = forms.TimeField(label=_("From"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=_("Until"), required=False, widget=ClockInput)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        begins, ends = data.pop("begins", None), data.pop("ends", None)
        data["starts_at"] = data["ends_at"] = None
        if begins and ends:
            data["starts_at"], data["ends_at"] = self._at(begins), self._at(ends)
            if not self.activity.starts_at <= data["starts_at"] < data["ends_at"] <= self.activity.ends_at:
                self.add_error("begins", _("These times lie outside the activity's own."))
        elif begins or ends:
            self.add_error("ends" if begins else "begins", _("Write both times, or neither."))
        others = self.activity.slots.filter(for_whom=data.get("for_whom", ""), name=data.get("name", ""))
        if "name" in data and others.exists():
            self.add_error("name", _("Places of this name are there already for them. Give these another name."))
        return data

    def _at(self, clock: time) -> datetime:
        """That time within the activity; of one over midnight, what is earlier than its beginning is the next day."""
        begins = timezone.localtime(self.activity.starts_at)
        at = timezone.make_aware(datetime.combine(begins.date(), clock))
        return (
            at + timedelta(days=1) if clock < begins.time() and at + timedelta(days=1) <= self.activity.ends_at else at
        )


class PlacesForm(forms.Form):
    """How many places there are from now on."""

    places = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs=_NUMERIC),
        help_text=_("Empty: as many as come."),
    )
