"""What is typed about hours. People say hours; the ledger keeps minutes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from volunteers.models import Team, Volunteer


class HoursField(forms.DecimalField):
    """Hours such as 2 or 1.5; cleaned to whole minutes."""

    def __init__(self, *, least: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}))
        words = {"max_value": _("A day has 24 hours."), "min_value": _("Hours cannot be less than nothing.")}
        kwargs["error_messages"] = words | kwargs.get("error_messages", {})
        super().__init__(min_value=least, max_value=24, max_digits=5, decimal_places=2, **kwargs)

    @staticmethod
    def shown(minutes: int) -> Decimal:
        """Minutes as they stand in the field."""
        hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"))
        return hours.quantize(Decimal(1)) if hours == int(hours) else hours.normalize()

    @staticmethod
    def minutes_of(hours: Decimal) -> int:
        return round(hours * 60)

    def clean(self, value: Any) -> Any:
        hours = super().clean(value)
        return None if hours is None else self.minutes_of(hours)


class CorrectForm(forms.Form):
    """What a line counts from now on, and why."""

    hours = HoursField(label=_("How many hours was it really?"), help_text=_("0 if it does not count at all."))
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("The volunteer reads it."), widget=forms.Textarea(attrs={"rows": 3})
    )


class DisputeForm(forms.Form):
    words = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=300,
        help_text=_("Such as: I stayed until five o'clock."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """Whoever leads the team answers: the right time, or why it stays."""

    hours = HoursField(label=_("How many hours does it count?"), help_text=_("As it is: leave the number as it is."))
    words = forms.CharField(
        label=_("Your answer"),
        max_length=300,
        help_text=_("The volunteer reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ByHandForm(forms.Form):
    """A stretch of service that no attendance list has."""

    volunteer = forms.ModelChoiceField(label=_("Volunteer"), queryset=Volunteer.objects.none())
    on = forms.DateField(label=_("Day"), widget=DayInput)
    hours = HoursField(label=_("How many hours?"), least=0, help_text=_("For example 1.5."))
    reason = forms.CharField(label=_("What they did"), max_length=300)

    def __init__(self, *args: Any, teams: list[Team] | None, **kwargs: Any) -> None:
        """``teams``: whose members may be chosen; None: everybody."""
        super().__init__(*args, **kwargs)
        rows = Volunteer.objects.active().select_related("person")
        if teams is not None:
            rows = rows.filter(memberships__team__in=teams).distinct()
        self.fields["volunteer"].queryset = rows  # type: ignore[attr-defined]
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return on

    def clean_hours(self) -> int:
        minutes: int = self.cleaned_data["hours"]
        if minutes < 1:
            raise forms.ValidationError(_("Write down more than nothing."))
        return minutes
