"""Why somebody needs a phone number."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=_("What do you need the number for?"),
        max_length=200,
        help_text=_("Your name and this reason are kept."),
    )
