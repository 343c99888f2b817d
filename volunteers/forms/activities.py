"""The shape of what people type about an activity: what it is, when and where, and why it is cancelled."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.words import WordsField
from volunteers.models import Activity, ActivityKind, ForWhom, PartnerOrganisation, Programme, Repeat, Team, Venue
from volunteers.services.activities import Places, clash, clash_in_words

# How far ahead, or back for what is written down afterwards; beyond is a slip of the finger.
FARTHEST = timedelta(days=366)
# From here on, an end before the beginning is on the next morning.
_EVENING, _MORNING = time(18), time(7)
CLOSES = [
    ("begin", _("until it begins")),
    ("day_before", _("until the evening before, at eight")),
    ("week_before", _("until a week before, at eight in the evening")),
]


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class _OfActivity(forms.Form):
    """Of a new activity, or of one that is there; ``today`` is the local day."""

    def __init__(self, *args: Any, today: date, activity: Activity | None = None, **kwargs: Any) -> None:
        self.today, self.activity = today, activity
        super().__init__(*args, **kwargs)


class WhatForm(_OfActivity):
    """What an activity is, and whose."""

    title = WordsField(label=_("What is it called"), max_length=80)
    kind = forms.ChoiceField(label=_("What kind"), choices=[("", _("Please choose")), *ActivityKind.choices])
    text = WordsField(
        label=_("What awaits people, and what to bring"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), required=False)
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Which team does it"), required=False)
    partner = forms.ModelChoiceField(PartnerOrganisation.objects.none(), label=_("With which partner"), required=False)
    in_public = forms.BooleanField(
        label=_("Shown on the public board"),
        required=False,
        initial=True,
        help_text=_("Take the tick out for a visit to somebody's home."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        activity, today = self.activity, self.today
        chosen = (activity.programme_id, activity.team_id, activity.partner_id) if activity else (None, None, None)
        fields: dict[str, Any] = self.fields
        fields["programme"].queryset = _with(Programme.objects.all(), Programme.objects.filter(active=True), chosen[0])
        fields["team"].queryset = _with(Team.objects.all(), Team.objects.active(today), chosen[1])
        paired = PartnerOrganisation.objects.paired(today)
        fields["partner"].queryset = _with(PartnerOrganisation.objects.all(), paired, chosen[2])
        if activity:
            keys = dict(zip(("programme", "team", "partner"), chosen, strict=True))
            self.initial = {name: getattr(activity, name) for name in WHAT} | keys | dict(self.initial)

    def what(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WHAT}


class WhenForm(_OfActivity):
    """When it is, where, and until when one can sign up. Times are local (Asia/Shanghai)."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    begins = forms.TimeField(label=_("Begins"), widget=ClockInput)
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput)
    venue = forms.ModelChoiceField(Venue.objects.none(), label=_("Where"), required=False)
    place = WordsField(
        label=_("The spot, or another place in words"),
        max_length=80,
        required=False,
        help_text=_("For example: in front of building 3."),
    )
    closes = forms.ChoiceField(label=_("Sign-up is open"), choices=CLOSES, initial="begin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.activity.venue_id if self.activity else None
        fields: dict[str, Any] = self.fields
        fields["venue"].queryset = _with(Venue.objects.all(), Venue.objects.filter(active=True), chosen)
        if self.activity:
            self.initial = _when_of(self.activity) | dict(self.initial)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not -FARTHEST <= day - self.today <= FARTHEST:
            raise forms.ValidationError(_("That is more than a year away."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if {"day", "begins", "ends"} <= data.keys():
            self._clean_times(data)
        if not data.get("venue") and not data.get("place") and not {"venue", "place"} & self.errors.keys():
            self.add_error("venue", _("Choose a place, or say in words where it is."))
        if data.get("venue") and "starts_at" in data:
            besides = self.activity.pk if self.activity else None
            if other := clash(data["venue"], data["starts_at"], data["ends_at"], besides=besides):
                words = _("Taken: “%(title)s” is there on %(begins)s to %(ends)s. Choose another time or place.")
                self.add_error("venue", words % clash_in_words(other))
        return data

    def when(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "sign_up_until", "venue", "place")}

    def _clean_times(self, data: dict[str, Any]) -> None:
        begins, ends = data["begins"], data["ends"]
        over_night = ends < begins and begins >= _EVENING and ends <= _MORNING
        if ends <= begins and not over_night:
            self.add_error("ends", _("An activity ends after it begins."))
            return
        data["starts_at"] = _at(data["day"], begins)
        data["ends_at"] = _at(data["day"] + timedelta(days=over_night), ends)
        data["sign_up_until"] = closing(data.get("closes", "begin"), data["starts_at"])


class MoveForm(WhenForm):
    """Another time or place for what is planned: not in the past."""

    def clean_day(self) -> date:
        day = super().clean_day()
        if day < self.today:
            raise forms.ValidationError(_("This day has passed."))
        return day


class PlanForm(WhenForm, WhatForm):
    """A new activity: what, when, where, for how many people, and whether it comes again."""

    volunteers = forms.IntegerField(
        label=_("How many volunteers are needed"),
        min_value=0,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Empty: as many as come. 0: nobody signs up as a volunteer."),
    )
    residents = forms.IntegerField(
        label=_("How many residents can come"),
        min_value=0,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Empty: as many as come. 0: residents do not sign up."),
    )
    repeat = forms.ChoiceField(label=_("Does it come again"), choices=Repeat.choices, required=False)
    repeat_until = forms.DateField(
        label=_("Repeats until"), required=False, widget=DayInput, help_text=_("Empty: until somebody stops it.")
    )

    field_order = [
        *("title", "kind", "day", "begins", "ends", "venue", "place", "volunteers", "residents", "text"),
        *("repeat", "repeat_until", "programme", "team", "partner", "closes", "in_public"),
    ]

    @property
    def main(self) -> Iterable[forms.BoundField]:
        return [self[name] for name in self.field_order[:10]]

    @property
    def more(self) -> Iterable[forms.BoundField]:
        """What most activities do without."""
        return [self[name] for name in self.field_order[10:]]

    @property
    def has_more(self) -> bool:
        return any(self[name].errors for name in self.field_order[10:])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("repeat_until"):
            if not data.get("repeat"):
                self.add_error("repeat", _("Choose how it comes again, or take the last day out."))
            elif data.get("day") and data["repeat_until"] <= data["day"]:
                self.add_error("repeat_until", _("This is not after the first one."))
        return data

    def facts(self) -> dict[str, Any]:
        """The fields of the row; valid forms only."""
        data = self.cleaned_data
        return self.what() | self.when() | {"repeat": data["repeat"], "repeat_until": data["repeat_until"]}

    def places(self) -> Places:
        return {name: self.cleaned_data[name] for name in ForWhom.values}


class CancelForm(forms.Form):
    """Why it is cancelled; those who signed up read it."""

    why = WordsField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def closing(closes: str, starts_at: datetime) -> datetime:
    """Until when one can sign up, by one of the three answers."""
    day = timezone.localdate(starts_at)
    if closes == "day_before":
        return _at(day - timedelta(days=1), time(20))
    if closes == "week_before":
        return _at(day - timedelta(days=7), time(20))
    return starts_at


WHAT = ("title", "kind", "text", "programme", "team", "partner", "in_public")


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _when_of(activity: Activity) -> dict[str, Any]:
    begins, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    closes = [name for name, _words in CLOSES if closing(name, activity.starts_at) == activity.sign_up_until]
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "venue": activity.venue_id,
        "place": activity.place,
        "closes": closes[0] if closes else "begin",
    }


def _with[Q: QuerySet[Any]](rows: Q, usual: Q, chosen: int | None) -> Q:
    """Those in use, and the one that stands there, in use or not."""
    return rows.filter(pk__in=usual.values("pk")) | rows.filter(pk=chosen) if chosen else usual
