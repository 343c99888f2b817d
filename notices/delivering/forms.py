"""The shape of what people type about robots, and about how they want to be told."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField
from compounds.organisation.models import Building
from notices.channels import robot as channel
from notices.models import Outlet

# The key is a UUID; what else may stand there would only hide where it goes.
_KEY = re.compile(r"key=[0-9A-Za-z-]{8,64}")


class SecretInput(forms.TextInput):
    """Seen while it is typed, and never filled in again."""

    def format_value(self, value: Any) -> str | None:
        return None


class RobotForm(forms.Form):
    """One robot. Its address is a secret: typed, checked, kept, and never shown again."""

    name = WordsField(label=_("Which group"), max_length=40, help_text=_("As the neighbours call it."))
    building = forms.ModelChoiceField(
        label=_("Whose group it is"),
        queryset=Building.objects.none(),
        required=False,
        empty_label=_("the whole compound’s"),
    )
    # The name keeps it off the page of a refused form (kernel.errors).
    secret_webhook = forms.CharField(
        label=_("Address of the robot (webhook)"),
        max_length=300,
        widget=SecretInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "In WeCom: open the group, add a group robot, copy its webhook address. Whoever knows it can write in the "
            "group, so it is not shown again."
        ),
    )

    def __init__(self, *args: Any, robot: Outlet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = Building.objects.select_related("unit")
        if robot:
            self.fields["secret_webhook"].required = False
            self.fields["secret_webhook"].help_text = _(
                "Ends in %(hint)s. Leave it empty to keep it; a new one is used at once."
            ) % {"hint": robot.hint}

    def clean_secret_webhook(self) -> str:
        address: str = self.cleaned_data["secret_webhook"].strip()
        if address and not (channel.allowed(address) and _KEY.fullmatch(address.partition("?")[2])):
            raise forms.ValidationError(
                _("This is no address of a WeCom robot: it begins with https://qyapi.weixin.qq.com and ends in a key.")
            )
        return address

    def answers(self) -> dict[str, Any]:
        """As the service takes them."""
        return {
            "name": self.cleaned_data["name"],
            "building": self.cleaned_data["building"],
            "webhook": self.cleaned_data["secret_webhook"],
        }


class WayForm(forms.Form):
    """How much of it comes by this way."""

    urgent_only = forms.TypedChoiceField(
        label=_("What comes"),
        choices=[("", _("everything: one digest a day, and at once what is urgent")), ("1", _("only what is urgent"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )


class MailForm(WayForm):
    field_order = ["email", "urgent_only"]
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("A code is sent there first."))


class CodeForm(forms.Form):
    """Six digits that came in a message; spaces between them do no harm."""

    code = forms.CharField(
        label=_("Code you received"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        return re.sub(r"\s", "", self.cleaned_data["code"])
