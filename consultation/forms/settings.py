"""Weights as the branch secretary sets them: the same bounds as the row itself."""

from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from consultation.models import ConsultationSettings

WEIGHTS = [
    "per_household",
    "households_at_most",
    "urgent",
    "soon",
    "frail",
    "families",
    "per_waiting_day",
    "waiting_at_most",
]


class SettingsForm(forms.ModelForm):
    """All weights at once."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = ConsultationSettings
        fields = WEIGHTS
        widgets = {name: forms.TextInput(attrs={"inputmode": "numeric"}) for name in fields}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.updated_at.isoformat())

    def clean_seen(self) -> Any:
        seen = parse_datetime(self.cleaned_data["seen"])
        if seen is None:
            raise forms.ValidationError(_("Open this page again."))
        return seen

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for less, more in (("soon", "urgent"), ("families", "frail")):
            if less in data and more in data and data[less] > data[more]:
                self.add_error(less, _("Not more than for “%(more)s”.") % {"more": self.fields[more].label})
        parts = [data[name] for name in ("households_at_most", "urgent", "frail", "waiting_at_most") if name in data]
        if sum(parts) > 100:
            self.add_error(
                "households_at_most", _("Together they give %(sum)s points; at most 100.") % {"sum": sum(parts)}
            )
        return data

    @property
    def weights(self) -> list:
        return [self[name] for name in WEIGHTS]
