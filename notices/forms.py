"""The shape of what people type about postings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField
from compounds.photos.fields import PhotoField
from notices.models import SPOT_KINDS


class TickForm(forms.Form):
    """The proof that a posting hangs at one place."""

    proof = PhotoField(label=_("Photo or screenshot"), help_text=_("So that everybody can see that it hangs there."))


class SpotNameForm(forms.Form):
    """What a place for postings is called."""

    name = WordsField(
        label=_("What it is called"),
        max_length=40,
        help_text=_("As the neighbours call it: “board at the south gate”."),
    )


class SpotForm(SpotNameForm):
    """One more place; what kind it is stays, for postings hang there as that."""

    field_order = ["kind", "name"]
    kind = forms.ChoiceField(
        label=_("What kind of place"),
        choices=[(kind.value, kind.label) for kind in SPOT_KINDS],
        widget=forms.RadioSelect,
    )
