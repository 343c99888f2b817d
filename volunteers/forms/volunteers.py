"""What somebody says of themselves: what they can do, when, and whether they may be asked."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.phones import PhoneField
from compounds.kernel.words import WordsField
from compounds.organisation.models import Person
from volunteers.forms.places import AtDoorMixin
from volunteers.models import FreeTime, Skill, Volunteer
from volunteers.services.volunteers import Own

CONSENT = _("Name, skills and hours may be kept and shown to those who serve here; I can take that back at any time.")
THEIR_CONSENT = _(
    "They agreed: name, skills and hours are kept and shown to those who serve here; "
    "they can take that back at any time."
)


class OwnForm(forms.Form):
    """What one can do and when."""

    skills = forms.MultipleChoiceField(
        label=_("What can you do for neighbours?"),
        choices=Skill.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("You may leave it empty and still come to activities."),
    )
    about = WordsField(
        label=_("In your own words"),
        max_length=200,
        required=False,
        help_text=_("Such as: retired electrician, no work above two metres."),
    )
    free_times = forms.MultipleChoiceField(
        label=_("When do you usually have time?"),
        choices=FreeTime.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    takes_requests = forms.BooleanField(
        label=_("Neighbours' requests for help may be passed on to me"),
        required=False,
        initial=True,
        help_text=_("You are asked one at a time and may always say no."),
    )

    def own(self) -> Own:
        """What ``services.volunteers`` takes."""
        data = self.cleaned_data
        return Own(
            skills=data["skills"],
            about=data["about"],
            free_times=data["free_times"],
            takes_requests=data["takes_requests"],
            shows_identity=data.get("shows_identity"),
        )

    @classmethod
    def start(cls, volunteer: Volunteer) -> dict[str, Any]:
        """What was said before."""
        names = ("skills", "about", "free_times", "takes_requests", "shows_identity")
        return {name: getattr(volunteer, name) for name in names}


class MyOwnForm(OwnForm):
    """The same, filled in by oneself: a party member may show that they are one, somebody new agrees first."""

    shows_identity = forms.BooleanField(
        label=_("Show me to neighbours as a party member who can do this"),
        required=False,
        help_text=_("Your name, building, skills and times then stand on the public board."),
    )
    consent = forms.BooleanField(label=CONSENT, error_messages={"required": _("Without your consent we keep nothing.")})

    def __init__(self, *args: Any, volunteer: Volunteer | None, party_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not party_member:
            del self.fields["shows_identity"]
        if volunteer and not volunteer.withdrawn_on:
            del self.fields["consent"]


class TheirOwnForm(OwnForm):
    """The same, written down for a volunteer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in {
            "skills": _("What can they do for neighbours?"),
            "about": _("As they put it"),
            "free_times": _("When do they usually have time?"),
            "takes_requests": _("Neighbours' requests for help may be passed on to them"),
        }.items():
            self.fields[name].label = label
        for name in ("skills", "takes_requests"):
            self.fields[name].help_text = ""


class EnrolForm(AtDoorMixin, TheirOwnForm):
    """Somebody known here, or somebody new, with what they can do and from which day they are in the team."""

    person = forms.ModelChoiceField(Person.objects.people(), widget=forms.HiddenInput, required=False)
    name = WordsField(label=_("Name"), max_length=60, required=False)
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("It is shown with its middle hidden."))
    starts_on = forms.DateField(label=_("First day in the team"), widget=DayInput)
    consent = forms.BooleanField(
        label=THEIR_CONSENT, error_messages={"required": _("Nobody is enrolled without having agreed.")}
    )
    field_order = ["person", "name", "phone", "entrance", "door", "starts_on", "skills"]

    def __init__(self, *args: Any, chosen: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.fields["starts_on"].initial = timezone.localdate()
        if chosen:
            if known := Volunteer.objects.active().filter(person=chosen).first():
                self.initial.update(self.start(known))
            for name in ("name", "phone", "entrance", "door"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if self.chosen:
            return self.cleaned_data
        data = super().clean()
        name = data.get("name", "")
        if not name:
            self.add_error("name", _("Write the name of a new person, or choose somebody known here."))
        elif self._known(name, data.get("household")):
            self.add_error("name", _("Somebody of this name is known at that door. Search and choose them above."))
        return data

    def _known(self, name: str, household: Any) -> bool:
        return bool(household) and Person.objects.filter(name=name, household=household).exists()
