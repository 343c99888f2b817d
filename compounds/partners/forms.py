"""What the district types about a partner's system."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.partners import handled
from compounds.partners.models import Client, Grant, Secret
from compounds.partners.scopes import Scope


class ClientForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Client
        fields = ["name", "scopes", "per_minute", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" not in self.fields:
            # Who only reads is shown values, and no fields.
            return
        self.fields["name"].required = True
        self.fields["name"].label = _("Name of the system")
        self.fields["name"].help_text = _("It stands in each compound's history, such as: 12345 hotline.")
        self.fields["name"].widget.attrs["maxlength"] = 60

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > 60:
            raise forms.ValidationError(_("At most 60 characters."))
        return name


class SecretForm(forms.ModelForm):
    """A secret is called back, and nothing else of it is changed."""

    call_back = forms.BooleanField(label=_("Call it back now"), required=False)

    class Meta:
        model = Secret
        fields: list[str] = []

    def save(self, commit: bool = True) -> Secret:  # noqa: FBT001 - as Django has it
        if self.cleaned_data["call_back"] and self.instance.revoked_at is None:
            self.instance.revoked_at = timezone.now()
        secret: Secret = super().save(commit)
        return secret


class GrantForm(forms.ModelForm):
    handles = forms.MultipleChoiceField(
        label=_("Handles tasks of"),
        choices=handled.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every body of that kind: a water company's system would act for the power company too."),
    )

    class Meta:
        model = Grant
        fields = ["district", "community", "compound", "handles"]
