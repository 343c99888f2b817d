"""Whether somebody may be called by whoever handles their matter, and what the number is needed for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.phones import PhoneField
from compounds.kernel.words import WordsField
from compounds.organisation.models import Household, Person
from consultation.forms.task_life import HandlerNameForm
from consultation.services.ringing import Consent


class ConsentMixin(forms.Form):
    """The speaker agrees to be rung, or not. For a form that cleans a ``household`` and the speaker's name."""

    speaker_field = "name"

    may_ring = forms.BooleanField(
        label=_("They agree that whoever handles it may ring them"),
        required=False,
        help_text=_("Such as the property company or a craftsman. They can take it back at any time."),
    )
    phone = PhoneField(
        label=_("Their phone"), required=False, help_text=_("Empty: the number that is known. It is shown masked.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("may_ring"):
            self._check_number(data)
        elif data.get("phone"):
            self.add_error("may_ring", _("Without their consent the number is not kept. Tick here, or empty it."))
        return data

    def consent(self) -> Consent | None:
        """What was agreed, for the services; None when nothing was."""
        return Consent(self.cleaned_data["phone"]) if self.cleaned_data["may_ring"] else None

    def _check_number(self, data: dict[str, Any]) -> None:
        speaker = self.known_speaker(data.get(self.speaker_field, ""), data.get("household"))
        known, typed = speaker.phone if speaker else "", data.get("phone", "")
        if "phone" in self.errors:
            return
        if not (known or typed):
            self.add_error("phone", _("Write down the number at which they may be called."))
        elif known and typed and known != typed:
            self.add_error(
                "phone",
                _("Another number is known. Leave this empty to use that one, or ask the branch to correct it."),
            )

    def known_speaker(self, name: str, household: Household | None) -> Person | None:
        """Who that is, when they are known at that door."""
        return Person.objects.filter(name=name.strip(), household=household).first() if name and household else None


class NumberForm(forms.Form):
    """A number for somebody who agreed and whose number nobody knew."""

    phone = PhoneField(label=_("Their phone"), required=False)


class RingReasonForm(forms.Form):
    reason = WordsField(
        label=_("What do you need the number for?"),
        max_length=200,
        help_text=_("Such as: to agree on a time. Your name and this reason are kept."),
    )


class RingByLinkForm(RingReasonForm, HandlerNameForm):
    """The same through a handler's link: the link's question comes with it."""

    field_order = ["reason", "name", "digits"]
