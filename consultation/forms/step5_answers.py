"""The shape of the answers of step 5: to a dissatisfied rating, a month later, from above, from a mediator."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.photos.fields import PhotoField
from consultation.forms.step1_visit import DoorMixin
from consultation.forms.step5_evaluate import STARS
from consultation.models import (
    Category,
    FollowUpOutcome,
    Issue,
    MediationOutcome,
    Openness,
    Outcome,
    ReferralLevel,
    ResponsibleBody,
)
from consultation.services.correction import Written
from consultation.services.referral import Next
from consultation.steps import Step


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, **options)


def _words(label: Any, *, length: int = 500, rows: int = 4, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "maxlength": length})
    return forms.CharField(label=label, max_length=length, widget=area, **options)


class ReopeningForm(forms.Form):
    """Taken up again, by whom, or refused; and the words that say so."""

    BODY, BRANCH, REFUSE = "body", "branch", "refuse"
    answer = forms.ChoiceField(
        label=_("What does the branch answer?"),
        choices=[
            (BODY, _("The same body does it again, by a new date")),
            (BRANCH, _("The branch takes it up again and sorts it anew")),
            (REFUSE, _("It stays as it is; the reason is posted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    words = _words(
        _("What is still to be done, or why not"),
        help_text=_("When refused, everybody reads this: no names and no doors."),
    )
    due_on = _day(_("New date"), required=False, help_text=_("Only when the same body does it again."))

    def __init__(self, *args: Any, public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not public:
            *others, (refuse, _posted) = self.fields["answer"].choices  # type: ignore[attr-defined]
            told = (refuse, _("It stays as it is; the household is told why"))
            self.fields["answer"].choices = [*others, told]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("answer") == self.BODY and "due_on" in data:
            _need_a_day_to_come(self, "due_on", data["due_on"])
        return data


class FollowUpForm(forms.Form):
    outcome = forms.TypedChoiceField(
        label=_("How is it now?"),
        choices=FollowUpOutcome.choices,
        coerce=FollowUpOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    note = _words(_("What did you see or hear?"), rows=3, required=False, help_text=_("Needed when it came back."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == FollowUpOutcome.CAME_BACK and "note" in data and not data["note"]:
            self.add_error("note", _("Please say in a few words what came back."))
        return data


class ReferralForm(forms.Form):
    """Whom to ask, what, until when."""

    level = forms.TypedChoiceField(
        label=_("Passed to"), choices=ReferralLevel.choices, coerce=ReferralLevel, widget=forms.RadioSelect
    )
    body = forms.ModelChoiceField(
        ResponsibleBody.objects.all(), label=_("Which body"), required=False, empty_label=_("None")
    )
    question = _words(_("What do you ask for?"), help_text=_("What you tried, and what you cannot settle yourselves."))
    due_on = _day(_("Answer expected by"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("level") == ReferralLevel.BODY and not data.get("body"):
            self.add_error("body", _("Choose which body."))
        elif data.get("level"):
            data["body"] = data.get("body") if data["level"] == ReferralLevel.BODY else None
        if "due_on" in data:
            _need_a_day_to_come(self, "due_on", data["due_on"])
        return data


class AnswerForm(forms.Form):
    """What came from above, and where it leads."""

    answer = _words(_("What was answered"))
    step = forms.TypedChoiceField(
        label=_("How does it go on?"),
        choices=[
            (Step.PROPOSE, _("The branch proposes again")),
            (Step.HANDLE, _("A body handles it")),
            (Step.EVALUATE, _("It was done; the neighbours rate it")),
            (Step.CLOSED, _("It is closed")),
        ],
        coerce=Step,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it goes on.")},
    )
    body = forms.ModelChoiceField(
        ResponsibleBody.objects.all(), label=_("Which body handles it"), required=False, empty_label=_("None")
    )
    due_on = _day(_("By when"), required=False)
    outcome = forms.TypedChoiceField(
        label=_("How does it end?"),
        choices=[("", _("Only when it is closed")), *Outcome.choices],
        coerce=Outcome,
        required=False,
        empty_value=None,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        step = data.get("step")
        if step == Step.HANDLE and not data.get("body"):
            self.add_error("body", _("Choose which body."))
        if step == Step.HANDLE and "due_on" in data:
            _need_a_day_to_come(self, "due_on", data["due_on"])
        if step == Step.CLOSED and not data.get("outcome"):
            self.add_error("outcome", _("Choose how it ends."))
        return data

    @property
    def to(self) -> Next:
        data = self.cleaned_data
        match data["step"]:
            case Step.HANDLE:
                return Next(Step.HANDLE, body=data["body"], due_on=data["due_on"])
            case Step.CLOSED:
                return Next(Step.CLOSED, outcome=data["outcome"])
            case step:
                return Next(step)


class MediationForm(forms.Form):
    mediator = forms.CharField(label=_("Who mediates"), max_length=60)
    parties = _words(_("Between whom"), length=300, rows=3, help_text=_("Only the branch reads this."))


class MediationEndForm(forms.Form):
    """What came of it; an agreement needs its document."""

    met_on = _day(_("They met on"))
    outcome = forms.TypedChoiceField(
        label=_("What came of it?"),
        choices=MediationOutcome.choices,
        coerce=MediationOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    agreement = PhotoField(label=_("Photo of the agreement"), required=False)
    note = _words(_("A word about it"), rows=3, required=False, help_text=_("Only the branch reads this."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("met_on") and data["met_on"] > timezone.localdate():
            self.add_error("met_on", _("This day is still to come."))
        failed = data.get("outcome") == MediationOutcome.FAILED
        if data.get("outcome") and not failed and "agreement" in data and not data["agreement"]:
            self.add_error("agreement", _("An agreement is kept as a photo of its document."))
        if failed and "note" in data and not data["note"]:
            self.add_error("note", _("Please say in a few words why not."))
        return data


class ReportForm(forms.Form):
    """To whom it was reported, and when."""

    to = forms.CharField(label=_("Reported to"), max_length=80, help_text=_("Such as: the street's emergency office"))
    reported_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    note = _words(_("A word about it"), length=300, rows=3, required=False)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue = issue

    def clean_reported_at(self) -> datetime:
        at: datetime = self.cleaned_data["reported_at"]
        if at > timezone.now():
            raise forms.ValidationError(_("This moment is still to come."))
        if at < self.issue.created_at.replace(second=0, microsecond=0):
            raise forms.ValidationError(_("The matter was not written down yet at that time."))
        return at


class CorrectionForm(DoorMixin):
    """Title, category and place as they should have been."""

    title = forms.CharField(label=_("In one sentence"), max_length=80)
    category = forms.ModelChoiceField(Category.objects.filter(active=True), label=_("Category"), empty_label=None)
    place_note = forms.CharField(label=_("Where exactly"), required=False, max_length=80)
    reason = forms.CharField(label=_("Why is it corrected?"), max_length=200)
    # A matter's own place ends at the entrance; doors belong to voices.
    door = None  # type: ignore[assignment]
    field_order = ["title", "category", "where", "place_note", "reason"]

    @classmethod
    def start(cls, issue: Issue) -> dict[str, Any]:
        """What the form begins with."""
        where = f"e{issue.entrance_id}" if issue.entrance_id else f"b{issue.building_id}" if issue.building_id else ""
        kept = {"title": issue.title, "category": issue.category_id, "place_note": issue.place_note}
        return {**kept, "where": where}

    @property
    def written(self) -> Written:
        data = self.cleaned_data
        return Written(data["title"], data["category"], data["building"], data["entrance"], data["place_note"])


class OpennessForm(forms.Form):
    openness = forms.TypedChoiceField(
        label=_("Who may know"), choices=Openness.choices, coerce=Openness, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("New title"),
        max_length=80,
        required=False,
        help_text=_("A confidential matter is opened under a new title only: no names, no doors."),
    )
    reason = forms.CharField(label=_("Why is it changed?"), max_length=200)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue = issue

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        opened = self.issue.openness == Openness.CONFIDENTIAL and data.get("openness") not in {
            None,
            Openness.CONFIDENTIAL,
        }
        if opened and "title" in data and data["title"].strip() in {"", self.issue.title}:
            self.add_error("title", _("Others read it only under a new title."))
        return data


class OpenRatingForm(forms.Form):
    """One to five, by anybody."""

    stars = forms.TypedChoiceField(
        label=_("How well was it done?"),
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )
    said = _words(
        _("A word to the branch"),
        length=300,
        rows=3,
        required=False,
        help_text=_("Those who serve here read it; it is not shown on the board."),
    )


def _need_a_day_to_come(form: forms.Form, name: str, day: date | None) -> None:
    if day is None:
        form.add_error(name, _("Name a day."))
    elif day < timezone.localdate():
        form.add_error(name, _("This day has passed."))
