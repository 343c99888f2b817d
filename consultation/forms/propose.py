"""The shape of what the branch types: hands by hand, merges, splits, asks back, visits again, hands out."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from consultation.models import Category, Issue, ResponsibleBody, VisitOutcome, Voice
from consultation.services.step2_combine import closer


def words(label: Any, *, most: int = 500, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A few lines in somebody's own words."""
    box = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, widget=box, required=required, help_text=help_text)


class MoveForm(forms.Form):
    """One matter's new place on the draft, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why by hand?"),
        max_length=200,
        help_text=_("Printed on the list."),
        error_messages={"required": _("Say why: everybody will read it on the list.")},
    )


class MergeForm(forms.Form):
    """The matter that goes on, by its number or from those alike."""

    into = forms.CharField(
        label=_("Number of the matter that goes on"),
        max_length=12,
        help_text=_("Such as 2026-0012."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = words(_("Why they are the same"), required=False)

    def __init__(self, *args: Any, issue: Issue, visible: QuerySet[Issue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue, self.visible = issue, visible

    def clean_into(self) -> Issue:
        number: str = self.cleaned_data["into"].strip()
        found = self.visible.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no matter with this number."))
        if found.pk == self.issue.pk:
            raise forms.ValidationError(_("This is the matter itself."))
        if closer(self.issue.openness, found.openness) != found.openness:
            raise forms.ValidationError(
                _("It is open to more people than this one, who would then read what was told here.")
            )
        return found


class SplitForm(forms.Form):
    """The second matter, and where each voice stands."""

    title = forms.CharField(label=_("Title of the second matter"), max_length=80)
    said = words(_("What the second matter is about"), most=2000)
    category = forms.ModelChoiceField(
        Category.objects.filter(active=True), label=_("Category"), empty_label=_("Choose")
    )

    SIDES = [("stay", _("stays here")), ("go", _("goes along")), ("both", _("behind both"))]

    def __init__(self, *args: Any, voices: list[Voice], first: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voices = voices
        for voice in voices:
            # Whose words the matter carries stays with it.
            sides = [side for side in self.SIDES if side[0] != "go" or voice.person_id != first]
            self.fields[f"voice_{voice.pk}"] = forms.ChoiceField(
                choices=sides, widget=forms.RadioSelect, initial="stay"
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        side = {voice.pk: data.pop(f"voice_{voice.pk}", "stay") for voice in self.voices}
        data["going"] = {pk for pk, where in side.items() if where != "stay"}
        data["staying"] = {pk for pk, where in side.items() if where != "go"}
        if self.voices and not (data["going"] and data["staying"]):
            self.add_error(None, _("Let at least one voice stay and at least one go along."))
        return data


class QuestionForm(forms.Form):
    """What the branch wants to know before it proposes."""

    question = words(
        _("What do you want to know?"), help_text=_("It is shown to whoever brought the matter, above everything else.")
    )


class VisitAgainForm(forms.Form):
    """One call at the door of a household that stands behind the matter."""

    voice = forms.ModelChoiceField(
        Voice.objects.none(),
        label=_("Whose household"),
        error_messages={"required": _("Choose whose household it is.")},
    )
    outcome = forms.TypedChoiceField(
        label=_("How was it?"),
        choices=VisitOutcome.choices,
        coerce=VisitOutcome,
        widget=forms.RadioSelect,
        initial=VisitOutcome.TALKED,
    )
    visited_on = forms.DateField(label=_("Day"), widget=DayInput)
    note = words(_("What was said"))

    def __init__(self, *args: Any, voices: QuerySet[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].queryset = voices.filter(household__isnull=False)  # type: ignore[attr-defined]

    def clean_visited_on(self) -> Any:
        day = self.cleaned_data["visited_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class HandOutForm(forms.Form):
    """Who does what by when, without a meeting."""

    body = forms.ModelChoiceField(
        ResponsibleBody.objects.filter(active=True), label=_("Who does it?"), empty_label=_("Choose")
    )
    task = words(_("What is to be done"), most=1000)
    due_on = forms.DateField(label=_("By when"), widget=DayInput)
    danger = forms.BooleanField(
        label=_("It is dangerous"),
        required=False,
        help_text=_("Done first, discussed afterwards: the next meeting hears of it among the earlier promises."),
    )
    reason = words(_("Why at once"), required=False, rows=2, help_text=_("Needed when it is dangerous."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("danger") and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say what the danger is."))
        return data

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return day
