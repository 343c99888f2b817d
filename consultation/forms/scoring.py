"""The shape of a score sheet as it is filled in card by card, and of what goes with a round.

What was given so far travels with the page in hidden fields and is kept nowhere: there is no half-filled sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField
from consultation.models import ConsultationSettings, ScoringSubject
from consultation.models.scoring import ABSTAINED, VALUES
from consultation.services.scoring_paper import MOST_SHEETS

# The best first, as it stands on the cards; then the way out.
SCORES = [
    (5, _("very satisfied")),
    (4, _("satisfied")),
    (3, _("so-so")),
    (2, _("not satisfied")),
    (1, _("not at all satisfied")),
]
ABSTAIN = (ABSTAINED, _("I would rather not say"))
WORDS = dict([*SCORES, ABSTAIN])
_FIELD = "given_"


@dataclass(frozen=True)
class Line:
    """One subject with what was given to it so far, if anything was."""

    number: int
    subject: ScoringSubject
    value: int | None

    @property
    def field(self) -> str:
        return f"{_FIELD}{self.subject.pk}"

    @property
    def words(self) -> Any:
        return "" if self.value is None else WORDS[self.value]


class Sheet:
    """A sheet as the page sent it: ``given`` so far, and at which card (0: the first) the scorer is.

    Anything that is no value of ours is left out, as if that card had not been answered.
    """

    def __init__(self, subjects: Sequence[ScoringSubject], sent: Mapping[str, str]) -> None:
        self.subjects = subjects
        self.given = {
            subject.pk: value
            for subject in subjects
            if (value := _value(sent.get(f"{_FIELD}{subject.pk}", ""))) is not None
        }
        self.at = _number(sent.get("at", ""), most=len(subjects) - 1)
        self.wants_to_send = sent.get("go") == "send"
        self._follow(sent)

    def _follow(self, sent: Mapping[str, str]) -> None:
        """One tap: a value for the card at hand, a step back, or a card to be changed."""
        go, value = sent.get("go", ""), _value(sent.get("give", ""))
        if value is not None and self.at is not None:
            self.given[self.subjects[self.at].pk] = value
            self.at = self._next_open(self.at)
        elif go == "back" and self.at is not None:
            self.at = max(self.at - 1, 0)
        elif go in {"check", "send"}:
            self.at = self._next_open(-1)
        elif go:
            self.at = _number(go, most=len(self.subjects) - 1)

    def _next_open(self, after: int) -> int | None:
        """The next card without an answer, from the beginning again if need be; None where all have one."""
        count = len(self.subjects)
        order = [(after + 1 + n) % count for n in range(count)]
        return next((n for n in order if self.subjects[n].pk not in self.given), None)

    @property
    def is_begun(self) -> bool:
        return bool(self.given) or self.at is not None

    @property
    def is_complete(self) -> bool:
        return len(self.given) == len(self.subjects)

    @property
    def lines(self) -> list[Line]:
        return [Line(n, subject, self.given.get(subject.pk)) for n, subject in enumerate(self.subjects)]

    @property
    def card(self) -> Line | None:
        """The one at hand; None at the start and at the check."""
        return self.lines[self.at] if self.at is not None else None


def _value(text: str) -> int | None:
    return int(text) if len(text) == 1 and text.isascii() and text.isdigit() and int(text) in VALUES else None


def _number(text: str, *, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        return None
    return min(int(text), most)


class PileForm(forms.Form):
    """How many sheets to print."""

    count = forms.IntegerField(
        label=_("How many sheets"),
        min_value=1,
        max_value=MOST_SHEETS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("A few more than there are people who want paper: everybody draws one from the pile."),
    )


class CodeForm(forms.Form):
    """The code at the top of a sheet."""

    code = forms.CharField(
        label=_("Code of the sheet"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class PaperForm(CodeForm):
    """One sheet as it is read off the paper; a line that was left empty is one of the choices."""

    def __init__(self, *args: Any, subjects: Sequence[ScoringSubject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.HiddenInput()
        self.subjects = subjects
        choices = [(str(value), words) for value, words in SCORES] + [(str(ABSTAINED), _("left empty"))]
        for subject in subjects:
            self.fields[f"{_FIELD}{subject.pk}"] = forms.TypedChoiceField(
                label=str(subject),
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("What stands on the sheet?")},
            )

    @staticmethod
    def filled_in(lines: Mapping[int, int]) -> dict[str, int]:
        """As ``initial`` takes it."""
        return {f"{_FIELD}{subject}": value for subject, value in lines.items()}

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[f"{_FIELD}{subject.pk}"] for subject in self.subjects]

    @property
    def lines(self) -> dict[int, int]:
        """Only after ``is_valid``."""
        return {subject.pk: self.cleaned_data[f"{_FIELD}{subject.pk}"] for subject in self.subjects}


class CorrectionForm(forms.Form):
    """What was wrong, what is right, and the numbers where they were wrong."""

    reason = WordsField(
        label=_("What was wrong, and what is right"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text=_("It hangs in public under your name."),
    )
    subject = forms.ModelChoiceField(
        ScoringSubject.objects.none(), label=_("Whose numbers"), required=False, empty_label=_("no number was wrong")
    )
    scores = forms.IntegerField(
        label=_("Number of scores"),
        min_value=1,
        max_value=9999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    total = forms.IntegerField(
        label=_("They add up to"),
        min_value=1,
        max_value=49999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = subjects  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        named = [data.get("scores"), data.get("total")]
        if data.get("subject") is None and any(number is not None for number in named):
            self.add_error("subject", _("Say whose numbers these are."))
        if data.get("subject") is not None:
            for name in ("scores", "total"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Both numbers are needed."))
            if None not in named and not named[0] <= named[1] <= 5 * named[0]:  # type: ignore[operator]
                self.add_error("total", _("So many scores of 1 to 5 cannot add up to that."))
        return data


class ObjectionAnswerForm(forms.Form):
    """The branch's answer to an objection to a result."""

    UPHOLD, DISMISS = "uphold", "dismiss"

    verdict = forms.ChoiceField(
        label=_("Is it right?"),
        choices=[
            (UPHOLD, _("Upheld: the award waits until a correction is signed")),
            (DISMISS, _("Dismissed: nothing changes")),
        ],
        widget=forms.RadioSelect,
    )
    answer = WordsField(
        label=_("The answer, with its reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The objector reads it: no names, no doors."),
    )


class ScoringSettingsForm(forms.ModelForm):
    """How long a round is open, and how long its result hangs, in working days; for rounds that open from now on."""

    class Meta:
        model = ConsultationSettings
        fields = ["scoring_days", "scoring_posting_days"]
        widgets = {name: forms.TextInput(attrs={"inputmode": "numeric"}) for name in fields}
        help_texts = dict.fromkeys(fields, _("working days"))
