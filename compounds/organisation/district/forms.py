"""The shape of what district staff type when they appoint."""

from datetime import date
from typing import Any

from django import forms
from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.organisation import community_posts
from compounds.organisation.community_posts import AppointedAlready
from compounds.organisation.models import Person, Post, PostKind
from compounds.registry.models import CommunityAppointment, CommunityPost

SECRETARIES = (PostKind.BRANCH_SECRETARY, PostKind.GENERAL_SECRETARY)


class CommunityAppointmentForm(ModelForm):
    """Somebody new by name, or an account that is there."""

    name = forms.CharField(
        label=_("name of somebody new"),
        max_length=60,
        required=False,
        help_text=_("For somebody who has no login yet. A login is made, and a link to begin with is shown once."),
    )

    class Meta:
        model = CommunityAppointment
        fields = ["community", "kind", "name", "user", "starts_on", "ends_on"]
        help_texts = {
            "community": _("The post is given in every compound of this community, also in those opened later."),
            "user": _("Name or login name of who has a login already. Leave it empty when you typed a name above."),
            "starts_on": _("The first day of the term."),
            "ends_on": _("The last day of the term; empty as long as no end is known."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            # For somebody new a login is made when it is saved.
            self.fields["user"].required = False
            self.fields["starts_on"].initial = timezone.localdate

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "user" in self.errors or "name" in self.errors:
            return data
        if bool(data.get("name")) == bool(data.get("user")):
            self.add_error("name", _("Type the name of somebody new, or of an account: one of the two."))
        elif data.get("user") and data["user"].is_staff:
            self.add_error("user", _("District staff hold no post in a compound; they oversee it."))
        elif not self.errors:
            self._look_for_others(data)
        return data

    def _look_for_others(self, data: dict[str, Any]) -> None:
        """Said beside the field; the service asks the same again, for two at once."""
        term = {"starts_on": data["starts_on"], "ends_on": data.get("ends_on")}
        kind = CommunityPost(data["kind"])
        if other := community_posts.in_the_way(data.get("user"), data["community"], kind, **term):
            self.add_error("kind", AppointedAlready(name=other.user).context()["message"])


class EndForm(forms.Form):
    """The last day of a term."""

    ends_on = forms.DateField(label=_("Last day"), widget=DayInput, help_text=_("This day still counts."))


class SecretaryForm(forms.Form):
    """A secretary of one compound: somebody new by name, or somebody who serves there already."""

    kind = forms.TypedChoiceField(
        label=_("Post"), choices=[(kind.value, kind.label) for kind in SECRETARIES], coerce=PostKind
    )
    name = forms.CharField(
        label=_("Name of somebody new"),
        max_length=60,
        required=False,
        help_text=_("For somebody who has no login in this compound yet. A link to begin with is shown once."),
    )
    person = forms.ChoiceField(
        label=_("Or somebody who serves here"),
        required=False,
        help_text=_("Those who have a login in this compound. Leave it empty when you typed a name above."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        required=False,
        help_text=_("Empty as long as no end is known."),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], held: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields["person"].choices = [("", _("Please choose")), *people]

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        known = "name" not in self.errors and "person" not in self.errors
        if known and bool(data.get("name")) == bool(data.get("person")):
            self.add_error("name", _("Type the name of somebody new, or choose somebody: one of the two."))
        starts: date | None = data.get("starts_on")
        ends: date | None = data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("A term cannot end before it starts."))
        elif starts and (holder := self._holder(data.get("kind"), starts, ends)):
            self.add_error("kind", _("%(name)s holds this post in that time. End that term first.") % {"name": holder})
        return data

    def _holder(self, kind: PostKind | None, starts: date, ends: date | None) -> Person | None:
        """Who holds the post in that time already; the database refuses a second one in any case."""
        for post in self.held:
            apart = (post.ends_on and post.ends_on < starts) or (ends and ends < post.starts_on)
            if post.kind == kind and not apart:
                return post.person
        return None
