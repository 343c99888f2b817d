"""What a resident types about their own matter, and what the steward adds to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.phones import PhoneField
from compounds.kernel.words import plain
from compounds.organisation.models import Entrance, Household
from compounds.photos.fields import PhotosField
from consultation.forms.step1_visit import DoorMixin
from consultation.models import Issue, VisitOutcome
from consultation.services.reports import SOMEBODY, Sender


class ReportForm(forms.Form):
    """One matter in a resident's own words; who they are is theirs to say or not."""

    said = forms.CharField(
        label=_("What is the matter?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
        error_messages={"required": _("Please write in a few words what is the matter.")},
    )
    place_note = forms.CharField(
        label=_("Where exactly"),
        required=False,
        max_length=80,
        help_text=_("Such as: in the lift, garage B"),
    )
    photos = PhotosField(label=_("Photos"), required=False)
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    door = forms.CharField(
        label=_("Your door"),
        required=False,
        max_length=10,
        help_text=_("Such as 601."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = PhoneField(
        label=_("Phone"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    )
    may_call = forms.BooleanField(
        label=_("The steward or the branch may keep this number and ring me about this matter."), required=False
    )
    handlers_may_ring = forms.BooleanField(
        label=_("Whoever repairs it may see my name and ring me too."),
        required=False,
        help_text=_("Such as the property company or a craftsman, as long as they work on it."),
    )

    def __init__(self, *args: Any, entrance: Entrance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entrance = entrance

    def clean_door(self) -> Household | None:
        door = plain(self.cleaned_data["door"])
        if not door:
            return None
        found = self.entrance.households.filter(door=door).first()
        if found is None:
            raise forms.ValidationError(_("There is no door %(door)s in this entrance.") % {"door": door})
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("phone") and not data.get("may_call"):
            self.add_error("may_call", _("Without your consent we may not keep the number. Tick here, or empty it."))
        if data.get("handlers_may_ring") and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write down the number at which you may be called."))
        return data

    def sent(self) -> dict[str, Any]:
        """What ``reports.send`` takes."""
        data = self.cleaned_data
        known = ("name", "phone", "may_call", "handlers_may_ring")
        sender = Sender(household=data["door"], **{name: data[name] for name in known})
        return {**{name: data[name] for name in ("said", "place_note", "photos")}, "sender": sender}


class CompleteForm(DoorMixin):
    """Who sent it and which door, as far as anybody could find out."""

    title = forms.CharField(
        label=_("In one sentence"), max_length=80, help_text=_("What is the matter? No names here: everybody reads it.")
    )
    name = forms.CharField(
        label=_("Who says it"), required=False, max_length=60, help_text=_("Leave it empty if nobody could find out.")
    )
    spoken = forms.ChoiceField(
        label=_("Did you speak with them today?"),
        required=False,
        choices=[("", _("not yet")), *((o.value, o.label) for o in (VisitOutcome.TALKED, VisitOutcome.BY_PHONE))],
        widget=forms.RadioSelect,
    )

    field_order = ["title", "name", "where", "door", "spoken"]

    @classmethod
    def start(cls, issue: Issue) -> dict[str, str]:
        """What the sender gave, to be confirmed."""
        door = issue.report.household
        name = issue.spoken_by.name if issue.spoken_by else ""
        return {
            "title": issue.title,
            "name": "" if name == SOMEBODY else name,
            "where": f"e{issue.entrance_id}",
            "door": door.door if door else "",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("spoken") and not data.get("household") and "door" not in self.errors:
            self.add_error("door", _("Say at which door you spoke with them."))
        return data

    def completed(self) -> dict[str, Any]:
        """What ``reports.complete`` takes."""
        data = self.cleaned_data
        spoken = VisitOutcome(data["spoken"]) if data["spoken"] else None
        return {"title": data["title"], "name": data["name"], "household": data["household"], "spoken": spoken}
