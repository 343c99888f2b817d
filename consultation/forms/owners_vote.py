"""What is typed for the owners' vote: the question, and what the counting sheet says."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from consultation.ballot import Count
from consultation.models import ArticleItem, FundSource, OwnersVote, ResponsibleBody
from consultation.services.owners_vote import Counted, Question
from consultation.services.step3_meet import Promise


class Persons(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=0, max_value=1_000_000, widget=widget, **kwargs)


class Area(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(min_value=Decimal(0), max_digits=12, decimal_places=2, widget=widget, **kwargs)


class SubmissionForm(forms.Form):
    """What the owners are asked, and what happens if they agree."""

    article_item = forms.TypedChoiceField(
        label=_("Civil Code, article 278, item"), coerce=int, choices=[("", _("Please choose")), *ArticleItem.choices]
    )
    question = forms.CharField(
        label=_("The question on the ballot paper"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = forms.CharField(
        label=_("What the council suggests to the owners"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    ballot_from = forms.DateField(label=_("Ballot from"), widget=DayInput)
    ballot_until = forms.DateField(label=_("Ballot until"), widget=DayInput)
    total_persons = Persons(label=_("Owners in the compound, persons"))
    total_area = Area(label=_("Exclusive area of the compound, m²"))
    body = forms.ModelChoiceField(
        ResponsibleBody.objects.filter(active=True), label=_("Who would do it"), empty_label=_("Please choose")
    )
    due_on = forms.DateField(label=_("To be done by, if the owners agree"), widget=DayInput)
    cost = Area(label=_("Estimated cost (yuan)"))
    fund_source = forms.ChoiceField(label=_("Paid from"), choices=[("", _("Please choose")), *FundSource.choices])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("ballot_from"), data.get("ballot_until")
        if end and end < self.today:
            self.add_error("ballot_until", _("This day has passed."))
        elif start and end and end < start:
            self.add_error("ballot_until", _("The ballot cannot end before it begins."))
        if end and data.get("due_on") and data["due_on"] <= end:
            self.add_error("due_on", _("The work begins after the ballot."))
        for name in ("total_persons", "total_area"):
            if data.get(name) == 0:
                self.add_error(name, _("There must be more than none."))
        return data

    @property
    def asked(self) -> Question:
        return Question(**{name: self.cleaned_data[name] for name in Question.__dataclass_fields__})

    @property
    def promise(self) -> Promise:
        return Promise(**{name: self.cleaned_data[name] for name in ("body", "due_on", "cost", "fund_source")})


class CountForm(forms.Form):
    """The counting sheet. What a failed vote leads to is chosen beforehand; a passed one is handed out."""

    BACK, CLOSE = "back", "close"

    took_part_persons = Persons(label=_("Took part, persons"))
    took_part_area = Area(label=_("Took part, m²"))
    for_persons = Persons(label=_("Of these in favour, persons"))
    for_area = Area(label=_("Of these in favour, m²"))
    counted_on = forms.DateField(label=_("Counted on"), widget=DayInput)
    body = forms.ModelChoiceField(
        ResponsibleBody.objects.filter(active=True), label=_("If it passed: who does it"), empty_label=None
    )
    due_on = forms.DateField(label=_("If it passed: to be done by"), widget=DayInput)
    otherwise = forms.ChoiceField(label=_("If it did not pass"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, vote: OwnersVote, may_close: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vote, self.today = vote, today
        choices: list[tuple[str, Any]] = [(self.BACK, _("back to the branch for another proposal"))]
        if may_close:
            choices.append((self.CLOSE, _("close the matter: planned for later")))
        self.fields["otherwise"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._clean_count("persons", self.vote.total_persons)
        self._clean_count("area", self.vote.total_area)
        day = data.get("counted_on")
        if day and day > self.today:
            self.add_error("counted_on", _("This day is still to come."))
        elif day and day < self.vote.ballot_until:
            self.add_error("counted_on", _("The ballot was still open on that day."))
        if data.get("due_on") and data["due_on"] < self.today:
            self.add_error("due_on", _("This day has passed."))
        return data

    def _clean_count(self, unit: str, total: int | Decimal) -> None:
        took_part, in_favour = self.cleaned_data.get(f"took_part_{unit}"), self.cleaned_data.get(f"for_{unit}")
        if took_part is None or in_favour is None:
            return
        count = Count(total, took_part, in_favour)
        if took_part > total:
            self.add_error(
                f"took_part_{unit}", _("At most the whole compound's %(total)s.") % {"total": floatformat(total, "-2g")}
            )
        elif not count.is_possible:
            self.add_error(f"for_{unit}", _("More than took part."))

    @property
    def counted(self) -> Counted:
        return Counted(**{name: self.cleaned_data[name] for name in Counted.__dataclass_fields__})
