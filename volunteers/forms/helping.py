"""A request for help as it is told at a door, and what became of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.phones import PhoneField
from compounds.kernel.words import WordsField
from volunteers.forms.places import AtDoorMixin
from volunteers.models import Skill, Volunteer
from volunteers.services.helping import Need


class AskForm(AtDoorMixin):
    """What a neighbour needs, where, and how they are reached."""

    skill = forms.ChoiceField(label=_("What kind of help"), choices=[("", _("Please choose")), *Skill.choices])
    text = WordsField(
        label=_("What they need"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
        help_text=_("So that somebody can say yes or no. No name and no door here: whoever is asked reads it."),
    )
    asker_name = WordsField(label=_("Who asks"), max_length=60, required=False)
    asker_phone = PhoneField(label=_("Their phone"), required=False)
    needed_by = forms.DateField(label=_("Needed by"), required=False, widget=DayInput)
    agreed = forms.BooleanField(
        label=_("They agree that whoever helps learns name, door and phone, until the help is given."),
        error_messages={"required": _("Ask them first: without that nobody can come to them.")},
    )
    field_order = ["skill", "text", "needed_by", "entrance", "door", "asker_name", "asker_phone", "agreed"]

    def clean_needed_by(self) -> Any:
        day = self.cleaned_data["needed_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("That day is over."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data["household"] and not data["asker_phone"]:
            self.add_error("door", _("Name a door or a phone, so that the helper can reach them."))
        return data

    def need(self, *, issue_number: str = "") -> Need:
        """What ``services.helping.ask`` takes."""
        data = self.cleaned_data
        kept = ("text", "household", "asker_name", "asker_phone", "needed_by")
        return Need(skill=Skill(data["skill"]), issue_number=issue_number, **{name: data[name] for name in kept})


class DoneForm(forms.Form):
    """How long the help took, and on which day."""

    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"),
        min_value=1,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    served_on = forms.DateField(label=_("On which day"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["served_on"].initial = timezone.localdate()

    def clean_served_on(self) -> Any:
        day = self.cleaned_data["served_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day


class ThanksForm(forms.Form):
    words = WordsField(
        label=_("The thanks, in their own words"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )


class WithdrawForm(forms.Form):
    why = WordsField(label=_("Why is it no longer needed?"), max_length=300)


class PickForm(forms.Form):
    volunteer = forms.ModelChoiceField(Volunteer.objects.active(), widget=forms.HiddenInput)


class DigitsForm(forms.Form):
    """By link: the last digits of one's own phone, before somebody else's door is shown."""

    digits = forms.CharField(
        label=_("The last four digits of your own phone"),
        max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
