"""The shape of an objection and of its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.forms.task_life import BodyAndDayForm

UPHOLD, REWORK, DISMISS = "uphold", "rework", "dismiss"


class ObjectionForm(forms.Form):
    """What somebody says against a posting; a name only if they want to give one."""

    text = forms.CharField(
        label=_("What is not right?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The branch reads it and answers within three working days."),
    )
    name = forms.CharField(label=_("Your name"), max_length=60, required=False, help_text=_("Only the branch sees it."))


class CodeForm(forms.Form):
    """The code that was given with an objection."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class AnswerForm(BodyAndDayForm):
    """The branch's answer."""

    verdict = forms.ChoiceField(label=_("Is it right?"), choices=[], widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("The answer, with its reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The objector reads it: no names, no doors."),
    )
    field_order = ["verdict", "answer", "body", "due_on"]

    def __init__(self, *args: Any, may_rework: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_rework = may_rework
        choices = [(UPHOLD, _("Upheld: the matter goes back to the branch"))]
        if may_rework:
            choices.append((REWORK, _("Upheld: it is put right by a body")))
        choices.append((DISMISS, _("Dismissed: nothing changes")))
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("verdict") == REWORK:
            self.need_body_and_day(data)
        return data
