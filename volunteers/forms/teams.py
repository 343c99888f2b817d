"""Associations, squads and the days on which somebody comes, moves, leads and leaves."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.days import DayInput
from compounds.kernel.words import WordsField
from volunteers.models import Team, TeamMember


class TeamForm(forms.Form):
    """A team's name, what it does, and since when it is there."""

    parent = forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Belongs to"),
        required=False,
        empty_label=_("An association of its own"),
    )
    name = WordsField(label=pgettext_lazy("of a thing", "Name"), max_length=60)
    about = WordsField(
        label=_("What it does"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    founded_on = forms.DateField(label=_("Founded on"), widget=DayInput)

    def __init__(self, *args: Any, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = Team.objects.associations().active(timezone.localdate())
        if team:
            del self.fields["parent"]

    def clean_founded_on(self) -> Any:
        day = self.cleaned_data["founded_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("A team is written down once it is there."))
        return day


class DissolveForm(forms.Form):
    """A team's last day."""

    on = forms.DateField(label=pgettext_lazy("team", "Last day"), widget=DayInput)


class LeaveForm(forms.Form):
    """The last day in a team, or the squad to which somebody moves from a day on."""

    on = forms.DateField(
        label=_("On which day"), help_text=_("The last day in this team still counts."), widget=DayInput
    )
    to = forms.ModelChoiceField(
        Team.objects.none(), label=_("And then"), required=False, empty_label=_("Leaves the team")
    )

    def __init__(self, *args: Any, member: TeamMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["on"].initial = timezone.localdate()
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)
        to.queryset = Team.objects.squads().active(timezone.localdate()).exclude(pk=member.team_id)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < self.member.starts_on:
            raise forms.ValidationError(_("That is before they came."))
        return day


class LeadForm(forms.Form):
    """From which day somebody leads, or leads no more."""

    on = forms.DateField(label=_("From which day on"), widget=DayInput)

    def __init__(self, *args: Any, member: TeamMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < self.member.starts_on:
            raise forms.ValidationError(_("That is before they came."))
        return day
