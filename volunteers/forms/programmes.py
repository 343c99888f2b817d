"""The shape of a programme, a venue and an agreement with a partner."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.days import DayInput
from compounds.kernel.phones import PhoneField
from compounds.kernel.words import WordsField
from volunteers.models import PartnerOrganisation, Programme, ProgrammeKind, Venue


class _Named(forms.Form):
    """A name that only one of them has; ``row`` is the one to be changed, if it is not a new one."""

    model: Any

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if row:
            self.initial = {name: getattr(row, name) for name in self.fields} | dict(self.initial)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.model.objects.exclude(pk=self.row.pk if self.row else None)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("This name is there already."))
        return name


class ProgrammeForm(_Named):
    """A named series of activities."""

    model = Programme
    name = WordsField(label=pgettext_lazy("of a thing", "Name"), max_length=40)
    kind = forms.ChoiceField(label=_("What kind"), choices=ProgrammeKind.choices)
    about = WordsField(label=_("What it is"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    partner = forms.ModelChoiceField(PartnerOrganisation.objects.all(), label=_("With which partner"), required=False)
    since = forms.DateField(label=_("Since"), widget=DayInput)
    active = forms.BooleanField(label=_("In use: new activities can belong to it"), required=False, initial=True)


class VenueForm(_Named):
    """A place where people meet."""

    model = Venue
    name = WordsField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    where = WordsField(label=_("Where is it"), max_length=120, required=False)
    seats = forms.IntegerField(
        label=_("How many people fit in"),
        min_value=1,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    active = forms.BooleanField(label=_("In use: new activities can be there"), required=False, initial=True)


class PartnerForm(_Named):
    """An agreement: with whom, on what, from when to when, and whom to call there."""

    model = PartnerOrganisation
    name = WordsField(label=_("Name of the organisation"), max_length=80)
    about = WordsField(
        label=pgettext_lazy("partner", "What was agreed"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agreed_on = forms.DateField(label=_("Agreement of"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Agreement until"), required=False, widget=DayInput, help_text=_("Empty: until it is ended.")
    )
    contact_name = WordsField(label=_("Whom to call there"), max_length=60, required=False)
    contact_phone = PhoneField(label=pgettext_lazy("partner", "Their phone"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("ends_on") and data.get("agreed_on") and data["ends_on"] < data["agreed_on"]:
            self.add_error("ends_on", _("An agreement cannot end before it starts."))
        return data
