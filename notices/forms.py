"""The shape of what people type about postings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.photos.fields import PhotoField


class TickForm(forms.Form):
    """The proof that a posting hangs at one place."""

    proof = PhotoField(label=_("Photo or screenshot"), help_text=_("So that everybody can see that it hangs there."))
