"""The article's six criteria, as the branch chooses them; who asks is counted, not typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField
from consultation.models import Concerns, Difficulty, Proposal, Urgency
from consultation.models.step2_propose import Served


class ProposalForm(forms.Form):
    """One sorting."""

    urgency = forms.ChoiceField(label=_("How urgent is it?"), choices=Urgency.choices, widget=forms.RadioSelect)
    concerns = forms.ChoiceField(label=_("Whom does it concern?"), choices=Concerns.choices, widget=forms.RadioSelect)
    served = forms.ChoiceField(label=_("Who has to act?"), choices=Served.choices, widget=forms.RadioSelect)
    difficulty = forms.ChoiceField(
        label=_("How difficult is it?"), choices=Difficulty.choices, widget=forms.RadioSelect
    )
    working_days = forms.IntegerField(
        label=_("Working days it should take"),
        min_value=1,
        max_value=250,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    suggestion = WordsField(
        label=_("What the branch suggests"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, latest: Proposal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest

    def clean(self) -> dict[str, Any]:
        """Somebody else sorted meanwhile: what was typed stays, and sending it again is a decision of its own."""
        data = super().clean() or {}
        if self.latest and data.get("seen") != self.latest.pk:
            facts = {"name": self.latest.sorted_by.name, "score": self.latest.score, "text": self.latest.suggestion}
            message = _("%(name)s has just sorted it: %(score)s points, “%(text)s”. Send again if you still disagree.")
            self.add_error(None, forms.ValidationError(message, code="sorted_meanwhile", params=facts))
            self.data = {**self.data.dict(), "seen": str(self.latest.pk)}  # type: ignore[attr-defined]
        return data

    @classmethod
    def from_latest(cls, latest: Proposal | None) -> "ProposalForm":
        """Begin with what was sorted before, so that only what changed is chosen anew."""
        if latest is None:
            return cls(latest=None)
        names: dict[str, Any] = {name: getattr(latest, name) for name in cls.base_fields if name != "seen"}
        return cls(initial={**names, "seen": latest.pk})
