"""A door, by its entrance and what stands on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField, plain
from compounds.organisation.models import Building, Household


def _entrances() -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [("", _("Choose an entrance"))]
    for building in Building.objects.select_related("unit").prefetch_related("entrances"):
        ones = [
            (str(one.pk), _("%(building)s, entrance %(entrance)s") % {"building": building, "entrance": one.number})
            for one in building.entrances.all()
        ]
        choices.append((str(building), ones))
    return choices


class AtDoorMixin(forms.Form):
    """The door as ``household`` in what was cleaned; None where none was named."""

    entrance = forms.ChoiceField(label=_("Entrance"), required=False, choices=_entrances)
    door = WordsField(
        label=_("Door"),
        required=False,
        max_length=10,
        help_text=_("Such as 601."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    @staticmethod
    def at(household: Household | None) -> dict[str, str]:
        """The initial values that name a door."""
        return {"entrance": str(household.entrance_id), "door": household.door} if household else {}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["household"] = None
        entrance, door = data.get("entrance"), plain(data.get("door") or "")
        if door and not entrance and "entrance" not in self.errors:
            self.add_error("entrance", _("Choose the entrance that this door is in."))
        if not (entrance and door):
            return data
        rows = Household.objects.select_related("entrance__building__unit")
        data["household"] = rows.filter(entrance=int(entrance), door=door).first()
        if data["household"] is None:
            self.add_error("door", _("There is no door %(door)s in this entrance.") % {"door": door})
        return data
