"""What is typed around a meeting: cancelling it, hands, views that differ, and written answers."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.organisation.models import Person
from compounds.photos.fields import PhotoField
from consultation.forms.step3_meet import seated_name
from consultation.models import Attendance, Party


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why it does not take place"), max_length=200)


class Hands(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=0, max_value=9999, widget=widget, **kwargs)


class HandsForm(forms.Form):
    """Three numbers, together no more than ``people``."""

    in_favour = Hands(label=_("In favour"))
    against = Hands(label=_("Against"))
    abstained = Hands(label=_("Abstained"))

    def __init__(self, *args: Any, people: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and sum(data.values()) > self.people:
            raise forms.ValidationError(_("These are more hands than people who sit: %(n)s.") % {"n": self.people})
        return data


class DissentForm(forms.Form):
    """What somebody thinks differently; without a name it is one deliberator's."""

    attendance = forms.ModelChoiceField(
        Attendance.objects.none(),
        label=_("Whose view"),
        required=False,
        empty_label=_("one deliberator (no name)"),
    )
    text = forms.CharField(label=_("What they think"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, attendances: QuerySet[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].queryset = attendances  # type: ignore[attr-defined]
        self.fields["attendance"].label_from_instance = seated_name  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """The written answer of a party that stayed away, with a photo or scan of the paper."""

    party = forms.ChoiceField(label=_("Which party"))
    given_by = forms.ModelChoiceField(Person.objects.none(), label=_("Who signed"), empty_label=_("Please choose"))
    given_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    agrees = forms.TypedChoiceField(
        label=_("Their answer"),
        choices=[("yes", _("agrees")), ("no", _("does not agree"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("Remark or reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    paper = PhotoField(label=_("Photo or scan of the signed paper"))

    def __init__(self, *args: Any, parties: list[Party], people: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["party"].choices = [(party.value, party.label) for party in parties]  # type: ignore[attr-defined]
        self.fields["given_by"].queryset = people  # type: ignore[attr-defined]

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("agrees") is False and not data.get("remark"):
            self.add_error("remark", _("Say it in a few words."))
        return data
