"""What is typed to sign up: by oneself without an account, or by a steward for somebody else."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.phones import PhoneField
from volunteers.models import Activity, ForWhom, Slot, Volunteer
from volunteers.services.sign_up import Who, called


class SlotChoice(forms.ModelChoiceField):
    """Which places; where there is one kind only, nothing is asked."""

    def label_from_instance(self, slot: Any) -> str:
        kind = _("For volunteers") if slot.for_whom == ForWhom.VOLUNTEERS else _("For residents")
        hours = (
            f"{timezone.localtime(slot.starts_at):%H:%M}–{timezone.localtime(slot.ends_at):%H:%M}"
            if slot.starts_at
            else ""
        )
        return " · ".join(part for part in (slot.name, str(kind), hours) if part)


class _SlotMixin(forms.Form):
    slot = SlotChoice(
        label=_("What would you like to do?"),
        queryset=Slot.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose one.")},
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = activity.slots.all()
        self.fields["slot"].queryset = slots  # type: ignore[attr-defined]
        only = list(slots[:2])
        if len(only) == 1:
            self.fields["slot"].widget = forms.HiddenInput()
            self.fields["slot"].initial = only[0]


class OpenSignUpForm(_SlotMixin):
    """Open to everybody: a name, a number, and that we may keep both."""

    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("So that somebody can tell you when the day changes."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    agreed = forms.BooleanField(
        label=_("Those who organise this may keep my name and number for it."),
        error_messages={"required": _("Without your consent we may not keep your name. Tick here.")},
    )


class SignUpForForm(_SlotMixin):
    """A steward signs up somebody else: one of the volunteers, or a name."""

    volunteer = forms.ModelChoiceField(
        label=_("One of our volunteers"),
        queryset=Volunteer.objects.active().select_related("person"),
        required=False,
        empty_label=_("somebody else: write the name"),
    )
    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    agreed = forms.BooleanField(
        label=_("They asked for it, and agree that we keep their name and number for it."),
        error_messages={"required": _("Ask them first, then tick here.")},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("volunteer") and not data.get("name", "").strip():
            self.add_error("name", _("Write down a name, or choose a volunteer."))
        return data

    @property
    def who(self) -> Who:
        data = self.cleaned_data
        return (
            Who(volunteer=data["volunteer"])
            if data["volunteer"]
            else called(data["name"], data["phone"], slot=data["slot"])
        )
