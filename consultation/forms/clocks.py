"""Time limits of a compound and of its categories: what is left empty is the district's, or the compound's."""

from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import sentences
from compounds.workdays import limits
from consultation import clock_limits
from consultation.limits import LIMITS as KNOWN
from consultation.models import Category, ConsultationSettings, OutsideDeadline
from consultation.steps import LIMITS, Step

_NUMBER = {"inputmode": "numeric"}


class ClocksForm(forms.ModelForm):
    """All time limits at once; each says what the district has set."""

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = ConsultationSettings
        fields = list(KNOWN)
        widgets = {key: forms.TextInput(attrs=_NUMBER) for key in KNOWN}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.updated_at.isoformat())
        district = limits.of_district()
        for key, limit in KNOWN.items():
            usual = _("District: %(value)s.") % {"value": limit.said(district[key])}
            self.fields[key].help_text = sentences(limit.help, usual)
            self.fields[key].widget.attrs["placeholder"] = str(district[key])

    def clean_seen(self) -> Any:
        seen = parse_datetime(self.cleaned_data["seen"])
        if seen is None:
            raise forms.ValidationError(_("Open this page again."))
        return seen

    def grouped(self) -> list[tuple[str, list[Any]]]:
        """The fields under the name of what they are about."""
        groups: dict[str, list[Any]] = {}
        for key, limit in KNOWN.items():
            groups.setdefault(str(limit.group), []).append(self[key])
        return list(groups.items())


class CategoryLimitsForm(forms.Form):
    """The working days of each step for one category."""

    def __init__(self, *args: Any, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = clock_limits.read()
        for step in LIMITS:
            usual = here.values[f"{step.value}_days"]
            self.fields[step.value] = forms.IntegerField(
                label=step.label,
                required=False,
                min_value=1,
                max_value=250,
                widget=forms.TextInput(attrs=_NUMBER | {"placeholder": str(usual)}),
                help_text=_("Otherwise: %(value)s.") % {"value": KNOWN[f"{step.value}_days"].said(usual)},
            )
            self.initial[step.value] = category.own_limits.get(step)

    def days(self) -> dict[Step, int | None]:
        return {step: self.cleaned_data[step.value] for step in LIMITS}


class OutsideForm(forms.ModelForm):
    """An order from outside: whose, which, and its two times."""

    class Meta:
        model = OutsideDeadline
        fields = ["source", "order_number", "contact_by", "answer_by"]
        widgets = {
            name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            for name in ("contact_by", "answer_by")
        }
        help_texts = {
            "order_number": _("As it stands on the order, so that it is found again there."),
            "contact_by": _("By when whoever called is to be spoken with; empty when the order names no time."),
            "answer_by": _("It goes before our own limits, and no hold stops it."),
        }
