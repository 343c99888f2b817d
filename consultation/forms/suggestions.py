"""A suggestion in a few lines."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField
from compounds.organisation.models import Building
from consultation.models import Category


class SuggestionForm(forms.Form):
    """What could be better, and how."""

    title = WordsField(label=_("In one sentence"), max_length=80)
    said = WordsField(
        label=_("What do you suggest, and why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000}),
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(active=True), label=_("Category"), empty_label=_("Choose")
    )
    building = forms.ModelChoiceField(
        Building.objects.select_related("unit"), label=_("Where"), required=False, empty_label=_("The whole compound")
    )
    sheet = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
