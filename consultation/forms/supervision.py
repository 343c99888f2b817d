"""The shape of a demand from above, of the branch's answer, and of an office's answer to what was put to it."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from consultation.forms.step5_answers import AnswerForm
from consultation.services.supervision import USUAL_DAYS
from consultation.steps import Step


class DemandForm(forms.Form):
    """What the office wants to know, and how soon."""

    question = forms.CharField(
        label=_("What is demanded"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "maxlength": 500}),
        help_text=_("The branch and all who serve in the compound read it, with the name of your office and yours."),
    )
    working_days = forms.IntegerField(
        label=_("Working days for the answer"),
        min_value=1,
        max_value=60,
        initial=USUAL_DAYS,
        help_text=_("Counted from tomorrow, without weekends and holidays. Usually 5."),
    )


class SupervisionAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("What do you answer?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
        help_text=_("What has been done, what is still to come and by when."),
    )


class OfficeAnswerForm(AnswerForm):
    """An office's own answer: it sends the matter on; closing it stays with the compound."""

    outcome = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step: Any = self.fields["step"]
        step.choices = [(value, label) for value, label in step.choices if value != Step.CLOSED]
        self.fields["due_on"].widget = AdminDateWidget()
        self.fields["body"].help_text = _("Only when a body handles it.")
        self.fields["due_on"].help_text = _("Only when a body handles it: the day by which it is to be done.")
        self.fields["answer"].widget.attrs["class"] = "vLargeTextField"
