from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compounds.kernel.phones import PhoneField
from compounds.organisation.doors import DoorField
from compounds.organisation.models import Building, Entrance, Household, Level, Occupancy, PostKind, Unit
from compounds.organisation.models.settings import DEFAULT_RHYTHM_DAYS, RHYTHM_DAYS, own_titles

_NUMERIC = {"inputmode": "numeric"}
_MOST = 9999


def number_field(label: Any, **more: Any) -> forms.IntegerField:
    """A whole number of a building or entrance."""
    return forms.IntegerField(label=label, min_value=1, max_value=_MOST, widget=forms.TextInput(attrs=_NUMERIC), **more)


class RhythmForm(forms.Form):
    """How long a contact counts."""

    days = forms.IntegerField(
        label=_("Days between two contacts"),
        min_value=RHYTHM_DAYS[0],
        max_value=RHYTHM_DAYS[1],
        widget=forms.TextInput(attrs=_NUMERIC),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Filled in here: a class is read once, in whatever language that was.
        words = _("From 7 to 366. The district's default is %(days)s.")
        self.fields["days"].help_text = words % {"days": DEFAULT_RHYTHM_DAYS}


class ResidentsPhoneForm(forms.Form):
    """Where residents ring the branch."""

    phone = forms.RegexField(
        # As it is read aloud: with its blanks and dashes, and hotlines are short.
        r"^\+?[0-9][0-9 -]{3,17}[0-9]$",
        label=_("Phone for residents"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Digits only, with blanks or dashes between them.")},
        help_text=_(
            "The branch's or the service station's, nobody's own: it is seen on every page that is open to all."
        ),
    )


class TitlesForm(forms.Form):
    """Two fields a post: what it is called here, and its English title."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = own_titles()
        for kind in PostKind:
            row = own.get(kind)
            self.fields[kind.value] = forms.CharField(
                label=capfirst(kind.label), max_length=20, required=False, initial=row.title if row else ""
            )
            self.fields[f"{kind.value}_en"] = forms.CharField(
                label=_("%(title)s in English") % {"title": capfirst(kind.label)},
                max_length=40,
                required=False,
                initial=row.title_en if row else "",
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[kind.value], self[f"{kind.value}_en"]) for kind in PostKind]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for kind in PostKind:
            if data.get(f"{kind.value}_en") and not data.get(kind.value):
                self.add_error(kind.value, _("Write the title that goes with the English one."))
        return data

    def titles(self) -> dict[PostKind, tuple[str, str]]:
        return {kind: (self.cleaned_data[kind.value], self.cleaned_data[f"{kind.value}_en"]) for kind in PostKind}


class BuildingForm(forms.Form):
    """A building's number and name."""

    number = number_field(_("Number"))
    name = forms.CharField(label=pgettext_lazy("of a place", "Name"), max_length=60)

    def __init__(self, *args: Any, building: Building | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.building = building

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        others = Building.objects.exclude(pk=self.building.pk) if self.building else Building.objects.all()
        if "number" in data and others.filter(number=data["number"]).exists():
            self.add_error("number", _("Another building has this number already."))
        if "name" in data and others.filter(unit__name=data["name"]).exists():
            self.add_error("name", _("Another building has this name already."))
        return data


class NewBuildingForm(BuildingForm):
    """A building together with its entrances."""

    entrances = forms.IntegerField(
        label=_("How many entrances"), min_value=1, max_value=30, initial=1, widget=forms.TextInput(attrs=_NUMERIC)
    )


class EntranceForm(forms.Form):
    """One stairwell's number."""

    number = number_field(_("Entrance number"))

    def __init__(self, *args: Any, building: Building, entrance: Entrance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = building.entrances.exclude(pk=entrance.pk) if entrance else building.entrances.all()

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if self.others.filter(number=number).exists():
            raise forms.ValidationError(_("This building has that entrance already."))
        return number


class GroupForm(forms.Form):
    """A neighbour group's name."""

    name = forms.CharField(label=_("Name of the group"), max_length=60)

    def __init__(self, *args: Any, building: Building, group: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        children = building.unit.children
        self.others = children.exclude(pk=group.pk) if group else children.all()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.filter(name=name).exists():
            raise forms.ValidationError(_("This building has a group of that name already."))
        return name


class DoorsForm(forms.Form):
    """Which doors of a building belong to a group."""

    doors = forms.ModelMultipleChoiceField(Household.objects.none(), required=False, label=_("Doors"))

    def __init__(self, *args: Any, group: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doors"].queryset = Household.objects.filter(entrance__building__unit=group.parent_id)


class DoorForm(forms.Form):
    """A door's number, who lives there, and its group."""

    door = DoorField(label=_("Door"))
    occupancy = forms.ChoiceField(label=_("Occupancy"), choices=Occupancy.choices, initial=Occupancy.OWNER)
    group = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Neighbour group"), required=False, empty_label=_("none yet")
    )

    def __init__(self, *args: Any, entrance: Entrance, household: Household | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Unit.objects.at(Level.NEIGHBOUR_GROUP).filter(parent=entrance.building.unit_id)
        self.fields["group"].queryset = groups
        self.others = entrance.households.exclude(pk=household.pk) if household else entrance.households.all()

    def clean_door(self) -> str:
        door: str = self.cleaned_data["door"]
        if self.others.filter(door=door).exists():
            raise forms.ValidationError(_("This entrance has that door already."))
        return door


class PersonForm(forms.Form):
    """Name, phone and door of somebody. The phone stays as it is when its field is left empty."""

    name = forms.CharField(label=_("Name"), max_length=60)
    phone = PhoneField(label=_("Phone"), required=False)
    no_phone = forms.BooleanField(label=_("Take the phone number out"), required=False)
    entrance = forms.ModelChoiceField(
        Entrance.objects.select_related("building__unit"), label=_("Entrance"), required=False, empty_label="—"
    )
    door = DoorField(label=_("Door"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        entrance, door = data.get("entrance"), data.get("door")
        data["household"] = None
        if entrance and door:
            data["household"] = Household.objects.filter(entrance=entrance, door=door).first()
            if data["household"] is None and "door" not in self.errors:
                self.add_error("door", _("There is no such door. Add the household first."))
        elif door:
            self.add_error("entrance", _("Choose the entrance that the door belongs to."))
        elif entrance and "door" not in self.errors:
            self.add_error("door", _("Write the door, or leave both empty."))
        if data.get("phone") and data.get("no_phone"):
            self.add_error("phone", _("Either a new number, or none."))
        return data

    def phone_wanted(self) -> str | None:
        """None: as it is."""
        if self.cleaned_data.get("no_phone"):
            return ""
        return self.cleaned_data["phone"] or None
