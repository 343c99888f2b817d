from collections import defaultdict
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from compounds.kernel.days import DayInput
from compounds.kernel.phones import PhoneField
from compounds.kernel.words import WordsField
from compounds.organisation.authority import kinds_given_by
from compounds.organisation.models import Level, Person, Post, PostKind, Unit, post_title
from compounds.organisation.models.people import LEVEL_OF_POST, SINGLE_POSTS


class PeopleFilter(forms.Form):
    """What people are searched by: a piece of the name, and the post they hold."""

    q = WordsField(label=_("Name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Post"), choices=PostKind.choices, required=False)

    def narrow(self, people: QuerySet[Person], on: date) -> QuerySet[Person]:
        """Those of ``people`` that were asked for."""
        if self.cleaned_data["q"]:
            people = people.filter(name__icontains=self.cleaned_data["q"])
        if self.cleaned_data["kind"]:
            holders = Post.objects.serving(on).filter(kind=self.cleaned_data["kind"]).values("person")
            people = people.filter(pk__in=holders)
        return people


class AppointmentStart(forms.Form):
    """What the link to the appointment page says already; what cannot be read is left out."""

    person = forms.ModelChoiceField(Person.objects.people(), required=False)
    kind = forms.ChoiceField(choices=PostKind.choices, required=False)
    unit = forms.ModelChoiceField(Unit.objects.all(), required=False)
    q = WordsField(max_length=60, required=False)

    def known(self) -> dict[str, Any]:
        """Field by field what was readable."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class UnitChoiceField(forms.ModelChoiceField):
    """Units, each with the one who holds the post in question there, where only one can."""

    holders: dict[int, str] | None = None

    def label_from_instance(self, obj: Any) -> str:
        if self.holders is None:
            return str(obj)
        return f"{obj} · {self.holders.get(obj.pk) or _('vacant')}"


class AppointmentForm(forms.Form):
    """Somebody known here or somebody new, a post, the unit it stands in, and its term."""

    person = forms.ModelChoiceField(Person.objects.people(), widget=forms.HiddenInput, required=False)
    name = WordsField(
        label=_("Name"),
        max_length=60,
        error_messages={"required": _("Write the name of a new person, or choose somebody known here.")},
    )
    phone = PhoneField(label=_("Phone"), required=False, help_text=_("It is shown with its middle hidden."))
    another = forms.BooleanField(label=_("This is another person of the same name"), required=False)
    kind = forms.ChoiceField(label=_("Post"))
    unit = UnitChoiceField(Unit.objects.all(), label=_("Where"), empty_label=_("Please choose"))
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Last day"), widget=DayInput, required=False, help_text=_("Leave it empty if no end is set.")
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            ("", _("Please choose")),
            *((k.value, post_title(k)) for k in kinds_given_by(by)),
        ]
        # Whoever was chosen from those known here has a name already.
        self.fields["name"].required = not self["person"].value()
        self.namesakes: list[Person] = []
        self._offer_units(self["kind"].value())

    def _offer_units(self, kind: str) -> None:
        """Show the units of the post's level only; what is sent is checked against all, to say what is wrong."""
        field = self.fields["unit"]
        assert isinstance(field, UnitChoiceField)
        if kind not in PostKind.values:
            by_level = defaultdict(list)
            for unit in field.queryset:
                by_level[Level(unit.level).label].append((unit.pk, str(unit)))
            field.widget.choices = [("", field.empty_label), *by_level.items()]
            return
        units = Unit.objects.at(LEVEL_OF_POST[PostKind(kind)]).order_by("parent__position", "position", "pk")
        if kind in SINGLE_POSTS:
            serving = Post.objects.serving(timezone.localdate()).filter(kind=kind)
            field.holders = dict(serving.values_list("unit", "person__name"))
        choices = [(unit.pk, field.label_from_instance(unit)) for unit in units]
        field.widget.choices = choices if len(choices) == 1 else [("", field.empty_label), *choices]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "person" in data and not data["person"] and "name" in data and not data.get("another"):
            self._check_newcomer(data["name"])
        kind, unit = data.get("kind"), data.get("unit")
        if kind and unit and LEVEL_OF_POST[PostKind(kind)] != unit.level:
            self.add_error("unit", _("This post does not stand there. Choose again from the list."))
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("A term cannot end before it starts."))
        if not self.errors:
            self._check_free(PostKind(data["kind"]), data)
        return data

    def _check_newcomer(self, name: str) -> None:
        self.namesakes = list(
            Person.objects.people().filter(name=name).select_related("household__entrance__building__unit")[:5]
        )
        if self.namesakes:
            self.add_error("name", _("Somebody of this name is known here already. Is it the same person?"))

    def _check_free(self, kind: PostKind, data: dict[str, Any]) -> None:
        """Say at once who holds the post; the database says it again where two are sent at the same time."""
        terms = Post.objects.filter(kind=kind, unit=data["unit"]).exclude(ends_on__lt=data["starts_on"])
        if data["ends_on"]:
            terms = terms.filter(starts_on__lte=data["ends_on"])
        if data["person"] and terms.filter(person=data["person"]).exists():
            self.add_error("kind", _("This person holds that post in this time already."))
        elif kind in SINGLE_POSTS and (other := terms.select_related("person").first()):
            self.add_error(
                "unit",
                _("%(name)s holds this post in that time. End that term first, or choose a later first day.")
                % {"name": other.person},
            )


class EndForm(forms.Form):
    """The last day of a term."""

    ends_on = forms.DateField(label=_("Last day"), widget=DayInput, help_text=_("The last day still counts."))

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.post.starts_on:
            raise forms.ValidationError(
                _("The term begins on %(day)s only.") % {"day": date_format(self.post.starts_on)}
            )
        if self.post.ends_on and day > self.post.ends_on:
            raise forms.ValidationError(
                _("The term ends earlier than that already, on %(day)s.") % {"day": date_format(self.post.ends_on)}
            )
        return day
