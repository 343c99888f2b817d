"""The shape of what people type about honours."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.words import WordsField
from compounds.organisation.models import Household, Person
from compounds.photos.fields import PhotoField
from volunteers.honours_wall import Line
from volunteers.models import Honour, HonourFor, HonourKind

FIRST_YEAR = 2010
_NUMBER = forms.TextInput(attrs={"inputmode": "numeric"})


class YearField(forms.IntegerField):
    """A year for which something can be given: this one, or one before."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Year"), min_value=FIRST_YEAR, widget=_NUMBER, **kwargs)

    def clean(self, value: Any) -> Any:
        year = super().clean(value)
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(_("That year has not begun."))
        return year


class WhoForm(forms.Form):
    """Who is searched for, or was chosen: a person, or the household that they live in."""

    q = WordsField(label=_("Name"), max_length=60, required=False)
    person = forms.ModelChoiceField(Person.objects.none(), required=False)
    household = forms.ModelChoiceField(Household.objects.none(), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], households: QuerySet[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["household"].queryset = households  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """What somebody is proposed for, and why."""

    kind = forms.ModelChoiceField(HonourKind.objects.none(), label=_("Which honour"), empty_label=None)
    year = YearField()
    reason = WordsField(
        label=_("For what"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence; it hangs in public. Without what others would rather not read about themselves."),
    )
    agreed = forms.BooleanField(
        label=_("They agree to be named in public"),
        required=False,
        help_text=_("On the sheet, on the board and on the honours wall. You can write this down later, too."),
    )
    family = WordsField(
        label=_("What the family wants to be called"),
        max_length=40,
        required=False,
        help_text=_("For example “Li Guifang's family”. Left empty, the entrance stands there."),
    )

    def __init__(self, *args: Any, receiver: Person | Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given_to = HonourFor.PERSON if isinstance(receiver, Person) else HonourFor.HOUSEHOLD
        kinds = HonourKind.objects.filter(active=True, given_to=given_to)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        if given_to == HonourFor.PERSON:
            del self.fields["family"]


class AgreementForm(forms.Form):
    """Whether somebody agrees to be named in public, and as what."""

    agreed = forms.BooleanField(
        label=_("They agree to be named in public"),
        required=False,
        help_text=_("Without the tick no page for everybody names them."),
    )
    family = WordsField(label=_("What the family wants to be called"), max_length=40, required=False)

    def __init__(self, *args: Any, honour: Honour, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if honour.person_id:
            del self.fields["family"]


class ChosenForm(forms.Form):
    """Those of a list that were ticked; what is not on the list any more is left out, the service tells."""

    honour = forms.ModelMultipleChoiceField(Honour.objects.none(), required=False)

    def __init__(self, *args: Any, rows: QuerySet[Honour], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["honour"].queryset = rows  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why it is given up, or taken back."""

    why = WordsField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RewardForm(forms.ModelForm):
    """What goes with the honour, worth how much, and from whom."""

    class Meta:
        model = Honour
        fields = ["reward", "reward_value", "reward_donor"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reward"].help_text = _("For example “rice, 10 kg”. Empty: no reward.")
        self.fields["reward_value"].widget = forms.TextInput(attrs={"inputmode": "decimal"})
        self.fields["reward_donor"].help_text = _("Who paid for it: the branch, a shop, a neighbour who agrees.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reward_value") is not None and data["reward_value"] <= 0:
            self.add_error("reward_value", _("More than nothing."))
        if not data.get("reward") and (data.get("reward_value") or data.get("reward_donor")):
            self.add_error("reward", _("Say what it is."))
        return data


class ReceiptForm(forms.Form):
    """That it was handed over, with the signed receipt."""

    on = forms.DateField(label=_("Received on"), widget=DayInput)
    receipt = PhotoField(label=_("Photo of the signed receipt"))

    def __init__(self, *args: Any, honour: Honour, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.honour = honour

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        if self.honour.given_on and on < self.honour.given_on:
            raise forms.ValidationError(_("The honour was given after that day."))
        return on


class KindForm(forms.ModelForm):
    """One kind of honour: its names, to whom, from which figures, and what stands on the certificate."""

    position = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999, widget=_NUMBER)
    suggest_least = forms.IntegerField(
        label=_("From how many on"),
        min_value=1,
        max_value=9999,
        widget=_NUMBER,
        help_text=_("Hours, households spoken with, neighbours helped, or quarters won. Figures only suggest people."),
    )
    wording = WordsField(
        label=_("Words on the certificate"),
        max_length=150,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In Chinese; {year} stands for the year."),
    )

    class Meta:
        model = HonourKind
        fields = [
            "name",
            "name_en",
            "position",
            "given_to",
            "suggest_by",
            "suggest_least",
            "wording",
            "posted",
            "active",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name in Chinese")
        self.fields["name_en"].label = _("Name in English")
        self.fields["posted"].help_text = _(
            "Names hang for five working days and anybody may object. Without the tick it is given once approved."
        )
        if self.instance.pk and self.instance.honours.exists():
            # What was given to people stays for people.
            self.fields["given_to"].disabled = True


class ObjectionAnswerForm(forms.Form):
    """Whether an objection is right, about whom, and why."""

    UPHOLD, DISMISS = "uphold", "dismiss"
    verdict = forms.ChoiceField(
        label=_("Is it right?"),
        choices=[
            (UPHOLD, _("Yes: whoever is ticked below is not honoured")),
            (DISMISS, _("No: everybody stays on the list")),
        ],
        widget=forms.RadioSelect,
    )
    against = forms.TypedMultipleChoiceField(
        label=_("About whom"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    answer = WordsField(
        label=_("The answer, with its reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever objected reads it by their code."),
    )

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.honour.pk, f"{one.name} · {one.honour.kind}") for one in lines]
        self.fields["against"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") == self.UPHOLD and not data.get("against"):
            self.add_error("against", _("Tick whom it is about."))
        return data


class CheckForm(forms.Form):
    """What stands on a certificate, typed off."""

    number = forms.CharField(label=_("Number"), max_length=20, help_text=_("For example 2026-0007."))
    code = forms.CharField(label=_("Code on the certificate"), max_length=30, help_text=_("Twelve letters and digits."))
