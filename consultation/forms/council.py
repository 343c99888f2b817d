"""What is typed for the four seats and the council."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.organisation.models import Person
from consultation.models import LegalBasis, Party, ResponsibleBody


class SeatForm(forms.Form):
    """Which body fills the seat, on what basis, from when."""

    body = forms.ModelChoiceField(
        ResponsibleBody.objects.filter(active=True),
        label=_("A body known here"),
        required=False,
        empty_label=_("none of these"),
    )
    body_name = forms.CharField(
        label=_("Or its name"), max_length=80, required=False, help_text=_("For example: residents' representatives.")
    )
    legal_basis = forms.ChoiceField(label=_("On what basis"), choices=[("", _("Please choose")), *LegalBasis.choices])
    minimum = forms.IntegerField(
        label=_("Fewest people who must sit"),
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    starts_on = forms.DateField(label=_("Fills it from"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("body"):
            data["body_name"] = data["body"].name
        elif not data.get("body_name") and "body_name" not in self.errors and "body" not in self.errors:
            self.add_error("body_name", _("Choose a body, or write its name."))
        return data


class VacancyForm(forms.Form):
    """Why nobody can fill the seat, and until when at the latest."""

    vacancy_reason = forms.CharField(label=_("Why nobody fills it"), max_length=200)
    starts_on = forms.DateField(label=_("Vacant from"), widget=DayInput)
    ends_on = forms.DateField(label=_("Vacant until at the latest"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("It cannot end before it starts."))
        return data


class DeliberatorForm(forms.Form):
    """Who sits on the council, for which party, from when to when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=_("Please choose"))
    party = forms.ChoiceField(label=_("For which party"), choices=[("", _("Please choose")), *Party.choices])
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DayInput, required=False, help_text=_("Leave it empty if no end is set.")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], labels: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda one: labels.get(one.pk, one.name)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("It cannot end before it starts."))
        return data


class EndForm(forms.Form):
    on = forms.DateField(label=_("Last day"), widget=DayInput)

    def __init__(self, *args: Any, earliest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < self.earliest:
            raise forms.ValidationError(_("A term cannot end before it starts."))
        return on
