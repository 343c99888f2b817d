"""What is typed about who came: at the door, by whoever takes attendance, from the sheet, and how long they served."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.phones import PhoneField
from volunteers.forms.hours import HoursField
from volunteers.models import ForWhom, Participation, Slot, Volunteer
from volunteers.services.sign_up import Who, called


class DoorForm(forms.Form):
    """On the attendee's own phone: who they are, and as what they came where the list does not say."""

    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(label=_("Phone"), widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}))


class WalkInForm(forms.Form):
    """Somebody who is not on the list: one of the volunteers, or a name."""

    came = forms.ChoiceField(
        label=_("As what are they here?"), choices=ForWhom.choices, widget=forms.RadioSelect, initial=ForWhom.RESIDENTS
    )
    volunteer = forms.ModelChoiceField(
        label=_("One of our volunteers"),
        queryset=Volunteer.objects.active().select_related("person"),
        required=False,
        empty_label=_("somebody else: write the name"),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("Only if they want to be told of the next time."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("volunteer") and not data.get("name", "").strip():
            self.add_error("name", _("Write down a name, or choose a volunteer."))
        return data

    def who(self, slot: Slot) -> Who:
        data = self.cleaned_data
        return Who(volunteer=data["volunteer"]) if data["volunteer"] else called(data["name"], data["phone"], slot=slot)


class SheetForm(forms.Form):
    """The signed sheet: whose signature stands on it."""

    rows = forms.ModelMultipleChoiceField(
        label=_("Who has signed"),
        queryset=Participation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one signature.")},
    )

    def __init__(self, *args: Any, waiting: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rows"]
        rows = Participation.objects.filter(pk__in=[row.pk for row in waiting])
        field.queryset = rows.select_related("slot", "volunteer__person", "person")
        field.choices = [(row.pk, row.who) for row in waiting]


class CloseForm(forms.Form):
    """How long each volunteer served, in hours; what is suggested is the length of their slot."""

    def __init__(self, *args: Any, rows: list[tuple[Participation, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row, minutes in rows:
            self.fields[f"row-{row.pk}"] = HoursField(label=row.who, initial=HoursField.shown(minutes))

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields]

    @property
    def minutes(self) -> dict[int, int]:
        """By key of the place. What was left as suggested stays what it was to the minute."""
        given = {}
        for row, suggested in self.rows:
            typed = self.cleaned_data[f"row-{row.pk}"]
            same = typed == HoursField.minutes_of(HoursField.shown(suggested))
            given[row.pk] = suggested if same else typed
        return given
