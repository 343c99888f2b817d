"""What is typed around invitations: how somebody was told, who signs up, and what a signed sheet says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.models import ToldHow


class ToldForm(forms.Form):
    how = forms.ChoiceField(label=_("How"), choices=ToldHow.choices)


class SignUpForm(forms.Form):
    """Open to everybody: a name, maybe a door, maybe words to be read out."""

    name = forms.CharField(label=_("Your name"), max_length=60)
    door = forms.CharField(label=_("Your door"), max_length=40, required=False, help_text=_("Only the branch sees it."))
    statement = forms.CharField(
        label=_("What should be read out if you cannot come"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SheetForm(forms.Form):
    """The signed sheet: whose signature stands on it. ``waiting`` are those who could still sign in, by party."""

    people = forms.MultipleChoiceField(label=_("Who has signed"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, waiting: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = waiting  # type: ignore[attr-defined]
        self.fields["people"].error_messages["required"] = str(_("Tick at least one signature."))
