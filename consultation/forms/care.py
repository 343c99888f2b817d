"""A household on the care list: why, how often, by whom, and on whose word."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.words import WordsField
from compounds.organisation.models import Person, Post
from consultation.models import CareEnd, CareReason, ConsentHow, VisitOutcome
from consultation.models.care import RHYTHM_DAYS
from consultation.services.care import Consent


class CareForm(forms.Form):
    """Why and how often somebody looks in, and who."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=CareReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Only the branch, the carer, the door's steward and its lead see it."),
    )
    note = WordsField(label=_("What to know"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rhythm_days = forms.IntegerField(
        label=_("Days between two visits"),
        min_value=RHYTHM_DAYS[0],
        max_value=RHYTHM_DAYS[1],
        initial=14,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    carer = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who looks in"),
        required=False,
        empty_label=_("The lead of the door's group, or the building's steward"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carer = self.fields["carer"]
        assert isinstance(carer, forms.ModelChoiceField)
        serving = Post.objects.serving(timezone.localdate()).values("person")
        carer.queryset = Person.objects.people().filter(pk__in=serving, erased_at=None)


class CareBeginForm(CareForm):
    """The same, with the consent on which it rests."""

    consent_by = WordsField(label=_("Who agreed"), max_length=60)
    consent_how = forms.ChoiceField(label=_("How"), choices=ConsentHow.choices, widget=forms.RadioSelect)
    consented_on = forms.DateField(label=_("On which day"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consented_on"].initial = timezone.localdate()

    def clean_consented_on(self) -> Any:
        day = self.cleaned_data["consented_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def begun(self) -> dict[str, Any]:
        """What ``services.care.begin`` takes."""
        data = self.cleaned_data
        consent = Consent(data["consent_by"], ConsentHow(data["consent_how"]), data["consented_on"])
        return {name: data[name] for name in ("reason", "note", "rhythm_days", "carer")} | {"consent": consent}


class CareEndForm(forms.Form):
    as_what = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=CareEnd.choices,
        widget=forms.RadioSelect,
        help_text=_("When the consent is withdrawn, the reason and the note are emptied at once."),
    )


class LookInForm(forms.Form):
    """What came of looking in."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=VisitOutcome.choices, widget=forms.RadioSelect)
    note = WordsField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500})
    )
