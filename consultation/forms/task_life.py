"""The shape of what is typed about a task on its way: progress, returns, a handler's report, urging, bodies."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.days import DayInput
from compounds.photos.fields import PhotosField
from consultation.models import ReportKind, ResponsibleBody, ReturnAnswer


class ProgressForm(forms.Form):
    """How far the work is."""

    text = forms.CharField(
        label=_("How far is it?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In a few plain words: what is done, what is still to come."),
    )
    photos = PhotosField(label=_("Photos"), required=False)


class ReturnForm(forms.Form):
    """Why a body gives a task back."""

    reason = forms.CharField(
        label=_("Why can it not be done?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The branch reads it and decides who does it, or what else is to be agreed."),
    )


class BodyAndDayForm(forms.Form):
    """Who shall do it by when; both are asked for where somebody is to do it."""

    body = forms.ModelChoiceField(
        ResponsibleBody.objects.none(), label=_("Who does it"), required=False, empty_label=_("Please choose")
    )
    due_on = forms.DateField(label=_("By when"), required=False, widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["body"].queryset = ResponsibleBody.objects.in_use()  # type: ignore[attr-defined]

    def need_body_and_day(self, data: dict[str, Any]) -> None:
        """Add what is missing as errors beside the fields."""
        if not data.get("body") and "body" not in self.errors:
            self.add_error("body", _("Choose who does it."))
        day = data.get("due_on")
        if not day and "due_on" not in self.errors:
            self.add_error("due_on", _("Say by when."))
        elif day and day < self.today:
            self.add_error("due_on", _("This day has passed."))


class ReturnAnswerForm(BodyAndDayForm):
    """What the branch decides about a returned task."""

    answer = forms.TypedChoiceField(
        label=pgettext_lazy("returned task", "What becomes of it?"),
        choices=ReturnAnswer.choices,
        coerce=ReturnAnswer,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A word to those concerned"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the matter goes back: everybody concerned reads it."),
    )
    field_order = ["answer", "body", "due_on", "note"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == ReturnAnswer.AGAIN:
            self.need_body_and_day(data)
        elif "answer" in data and "note" in data and not data["note"]:
            self.add_error("note", _("Say why it goes back, so that everybody can follow."))
        return data


class HandlerNameForm(forms.Form):
    """Who somebody without an account is, and the second half of their link's key."""

    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    digits = forms.RegexField(
        r"^\s*[0-9]{4}\s*$",
        label=_("Last four digits of the registered phone"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
        error_messages={"invalid": _("Four digits.")},
    )


class HandlerForm(HandlerNameForm):
    """What somebody without an account reports through their link."""

    kind = forms.TypedChoiceField(
        label=_("What do you report?"),
        choices=[(ReportKind.PROGRESS, _("It goes on, not done yet")), (ReportKind.DONE, _("It is done"))],
        coerce=ReportKind,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("In a few words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What, where, when."),
    )
    photos = PhotosField(label=_("Photos of how it is now"), required=False)


class NudgeForm(forms.Form):
    """The branch's words with an urging."""

    words = forms.CharField(
        label=_("What to tell them"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class BodyForm(forms.ModelForm):
    """One responsible body."""

    contact_phone = forms.RegexField(
        r"^(?=(?:[^0-9]*[0-9]){4})[0-9+ -]{4,20}$",
        label=_("Contact phone"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("Its last four digits open the links that are sent to this body's workers."),
        error_messages={"invalid": _("Digits only, at least four.")},
    )

    class Meta:
        model = ResponsibleBody
        fields = ["name", "kind", "contact_name", "contact_phone", "supervisor"]
        help_texts = {"supervisor": _("The office to turn to when it is late, such as the street's housing office.")}
