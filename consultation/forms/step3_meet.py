"""What is typed for step 3: calling a meeting, signing in, recusing, deciding, and answering the minutes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.words import WordsField
from compounds.organisation.models import Person
from consultation.models import (
    Answer,
    Attendance,
    AttendanceKind,
    Confirmation,
    DecisionOutcome,
    FundSource,
    Issue,
    Party,
    ResponsibleBody,
)
from consultation.seats import SeatState
from consultation.services.step3_meet import QUARTER, Answers, Promise

# These follow from the seats, or have a page of their own.
_FOLLOWING = (DecisionOutcome.PROVISIONAL, DecisionOutcome.OWNERS_VOTE, DecisionOutcome.LAPSED)


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


# How far ahead a meeting may be called, and a promise may reach; beyond is a slip of the finger.
FARTHEST_MEETING = timedelta(days=366)
FARTHEST_PROMISE = timedelta(days=3 * 366)


class MeetingForm(forms.Form):
    """When, where, and about what. Times are local (Asia/Shanghai)."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    time = forms.TimeField(label=_("Time"), widget=ClockInput)
    venue = WordsField(label=_("Where"), max_length=80)
    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(),
        label=_("Matters"),
        error_messages={
            "required": _("Choose at least one matter."),
            "invalid_choice": _("One of the matters is not free any more. The list below is up to date."),
        },
    )

    def __init__(self, *args: Any, issues: QuerySet[Issue], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["issues"].queryset = issues  # type: ignore[attr-defined]
        for issue in issues:
            self.fields[f"minutes_{issue.pk}"] = forms.IntegerField(
                label=_("Minutes planned"),
                min_value=1,
                max_value=240,
                initial=QUARTER,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day < self.today:
            raise forms.ValidationError(_("This day has passed."))
        if day > self.today + FARTHEST_MEETING:
            raise forms.ValidationError(_("That is more than a year away."))
        return day

    @property
    def minutes(self) -> dict[int, int]:
        """How long each matter may take, by its key, where that was filled in."""
        named = {
            name.removeprefix("minutes_"): value for name, value in self.cleaned_data.items() if "minutes_" in name
        }
        return {int(key): value for key, value in named.items() if value}

    @property
    def starts_at(self) -> datetime:
        """Only after ``is_valid``."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))


class SignInForm(forms.Form):
    """One person at one meeting. Who is invited sits for the party that is named; deliberators sit for their own."""

    kind = forms.ChoiceField(
        label=_("As what"),
        choices=[
            (AttendanceKind.INVITED, _("invited, sits for a party")),
            (AttendanceKind.OBSERVER, _("attends without a seat")),
            (AttendanceKind.DELIBERATOR, AttendanceKind.DELIBERATOR.label),
            (AttendanceKind.EXCUSED, AttendanceKind.EXCUSED.label),
        ],
    )
    person = forms.ModelChoiceField(Person.objects.people(), label=_("Who"), empty_label=_("Please choose"))
    party = forms.ChoiceField(
        label=_("For which party"), choices=[("", _("Please choose")), *Party.choices], required=False
    )

    # What the page offers for somebody else; the other two kinds have buttons of their own.
    OFFERED = (AttendanceKind.INVITED, AttendanceKind.OBSERVER)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == AttendanceKind.INVITED and not data.get("party") and "party" not in self.errors:
            self.add_error("party", _("Say which party this person sits for."))
        return data


class RecusalForm(forms.Form):
    """Who steps back from one item, and why."""

    attendance = forms.ModelChoiceField(Attendance.objects.none(), label=_("Who"), empty_label=_("Please choose"))
    reason = WordsField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, attendances: QuerySet[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].queryset = attendances  # type: ignore[attr-defined]
        self.fields["attendance"].label_from_instance = seated_name  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What becomes of one item. ``seats`` are those on which somebody sits; each may answer.

    Where consensus is not ``possible`` its fields are not asked for: the service says why it is not.
    """

    outcome = forms.ChoiceField(label=_("What becomes of it?"), choices=DecisionOutcome.choices)
    text = WordsField(label=_("What was agreed, or why not"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    body = forms.ModelChoiceField(
        ResponsibleBody.objects.filter(active=True),
        label=_("Who does it"),
        empty_label=_("Please choose"),
        required=False,
    )
    due_on = forms.DateField(label=_("To be done by"), widget=DayInput, required=False)
    cost = forms.DecimalField(
        label=_("Estimated cost (yuan)"),
        min_value=Decimal(0),
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    fund_source = forms.ChoiceField(
        label=_("Paid from"), choices=[("", _("Please choose")), *FundSource.choices], required=False
    )

    emergency_repair = forms.BooleanField(
        label=_("Emergency repair (Civil Code, article 281)"),
        required=False,
        help_text=_("It cannot wait for a vote: the owners' committee applies for money from the maintenance fund."),
    )

    # What consensus names besides the text, and what is said where it does not.
    NAMED = {
        "body": _("Say who does it."),
        "due_on": _("Say by when."),
        "cost": _("Say what it costs; 0 if nothing."),
        "fund_source": _("Say who pays."),
    }

    def __init__(
        self,
        *args: Any,
        seats: Iterable[SeatState],
        possible: bool,
        today: date,
        from_fund: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = [seat.party for seat in seats if seat.sitting]
        self.possible, self.today, self.from_fund = possible, today, from_fund
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            choice for choice in DecisionOutcome.choices if choice[0] not in _FOLLOWING
        ]
        for party in self.parties:
            self.fields[f"answer_{party}"] = forms.ChoiceField(
                label=party.label, choices=Answer.choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"remark_{party}"] = WordsField(
                label=_("%(party)s: reservation or reason") % {"party": party.label}, max_length=300, required=False
            )

    def answer_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Answer and remark, seat by seat, for the page."""
        return [(self[f"answer_{party}"], self[f"remark_{party}"]) for party in self.parties]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for party in self.parties:
            if data.get(f"answer_{party}") == Answer.RESERVATION and not data.get(f"remark_{party}"):
                self.add_error(f"remark_{party}", _("Write the reservation down in a few words."))
        if data.get("outcome") == DecisionOutcome.CONSENSUS and self.possible:
            self._clean_answers(data)
            self._clean_promise(data)
        return data

    def _clean_answers(self, data: dict[str, Any]) -> None:
        for party in self.parties:
            answer = data.get(f"answer_{party}")
            if not answer:
                self.add_error(f"answer_{party}", _("The answer is missing."))
            elif answer == Answer.NO:
                self.add_error(f"answer_{party}", _("With a no there is no consensus. Choose another result above."))

    def _clean_promise(self, data: dict[str, Any]) -> None:
        if data.get("fund_source") == FundSource.NONE and data.get("cost") is None and "cost" not in self.errors:
            data["cost"] = Decimal(0)
        for name in self.NAMED:
            if data.get(name) in {None, ""} and name not in self.errors:
                self.add_error(name, self.NAMED[name])
        if data.get("due_on") and data["due_on"] < self.today:
            self.add_error("due_on", _("This day has passed."))
        if data.get("due_on") and data["due_on"] > self.today + FARTHEST_PROMISE:
            self.add_error("due_on", _("That is more than three years away."))
        if data.get("fund_source") == FundSource.NONE and data.get("cost"):
            self.add_error("fund_source", _("It has a cost, so say who pays."))
        paid_from_fund = data.get("fund_source") == FundSource.MAINTENANCE_FUND
        if data.get("emergency_repair"):
            if data.get("fund_source") and not paid_from_fund:
                self.add_error("fund_source", _("An emergency repair under article 281 is paid from the fund."))
        elif paid_from_fund or self.from_fund:
            self.add_error("fund_source", _("Only the owners may decide to use the maintenance fund."))

    @property
    def outcome_chosen(self) -> DecisionOutcome:
        return DecisionOutcome(self.cleaned_data["outcome"])

    @property
    def answers(self) -> Answers:
        """What the seats answered; those that were not asked are left out."""
        data = self.cleaned_data
        return {
            party: (Answer(data[f"answer_{party}"]), data[f"remark_{party}"])
            for party in self.parties
            if data[f"answer_{party}"]
        }

    @property
    def promise(self) -> Promise | None:
        """Who does it by when, if that was filled in."""
        values = {name: self.cleaned_data.get(name) for name in self.NAMED}
        if any(value in {None, ""} for value in values.values()):
            return None
        return Promise(**values, emergency_repair=self.cleaned_data["emergency_repair"])  # type: ignore[arg-type]


class ConfirmationForm(forms.Form):
    """One seat's answer to the minutes, given by somebody who sat on it."""

    attendance = forms.ModelChoiceField(
        Attendance.objects.none(), label=_("Who answers"), empty_label=_("Please choose")
    )
    answer = forms.ChoiceField(label=_("Answer"), choices=Confirmation.choices, widget=forms.RadioSelect)
    remark = WordsField(
        label=_("Remark or reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, attendances: QuerySet[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].queryset = attendances  # type: ignore[attr-defined]
        self.fields["attendance"].label_from_instance = seated_name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") in {Confirmation.REMARK, Confirmation.DECLINED} and not data.get("remark"):
            self.add_error("remark", _("Say it in a few words."))
        return data


def seated_name(attendance: Attendance) -> str:
    """A person with the party they sit for, as a choice."""
    return f"{attendance.person.name} · {attendance.get_party_display()}"
