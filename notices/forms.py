"""The shape of what people type about postings and reminders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField, sentences
from compounds.organisation.models import OrganisationSettings
from compounds.photos.fields import PhotoField
from compounds.workdays import limits
from notices.models import SPOT_KINDS, PlaceKind, PostingPlace
from notices.reminding import quiet


class TickForm(forms.Form):
    """The proof that a posting hangs at one place."""

    proof = PhotoField(label=_("Photo or screenshot"), help_text=_("So that everybody can see that it hangs there."))

    def __init__(self, *args: Any, place: PostingPlace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place.kind == PlaceKind.WECHAT_GROUP:
            self.fields["proof"].label = _("Screenshot")
            self.fields["proof"].help_text = _("So that everybody can see that it went round there.")


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


class QuietForm(forms.ModelForm):
    """From when to when it is quiet; what is left empty is the district's."""

    class Meta:
        model = OrganisationSettings
        fields = ["quiet_from", "quiet_until"]
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in fields}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district = limits.of_district()
        for limit in (quiet.FROM, quiet.UNTIL):
            usual = _("District: %(value)s.") % {"value": limit.said(district[limit.key])}
            self.fields[limit.key].help_text = sentences(limit.help, usual)
            self.fields[limit.key].required = False
