"""What a steward types in a stairwell: the shape of it, and whether that door is there."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compounds.kernel.words import WordsField, plain
from compounds.organisation.models import Building, Household, Person, Post, PostKind
from compounds.photos.fields import PhotosField
from consultation.forms.ringing import ConsentMixin
from consultation.models import Category, Openness
from consultation.services.step1_visit import Place

# Who is likely to stand beside a steward at a door.
_WITNESSES = (PostKind.BUILDING_STEWARD, PostKind.NEIGHBOUR_LEAD, PostKind.RESIDENTS_REP, PostKind.GRID_WORKER)


def _places() -> list[tuple[str, Any]]:
    """The whole compound, then each building with its entrances."""
    choices: list[tuple[str, Any]] = [("", _("The whole compound"))]
    for building in Building.objects.select_related("unit").prefetch_related("entrances"):
        whole = (f"b{building.pk}", _("%(building)s, the whole building") % {"building": building})
        entrances = [
            (f"e{e.pk}", _("%(building)s, entrance %(entrance)s") % {"building": building, "entrance": e.number})
            for e in building.entrances.all()
        ]
        choices.append((str(building), [whole, *entrances]))
    return choices


def likely_witnesses(recorder: Person | None) -> QuerySet[Person]:
    """Who is likely to have been there besides the recorder."""
    today = timezone.localdate()
    people = Person.objects.filter(posts__in=Post.objects.serving(today).filter(kind__in=_WITNESSES)).distinct()
    return people.exclude(pk=recorder.pk) if recorder else people


class DoorMixin(forms.Form):
    """Where: a building or entrance, and a door there."""

    where = forms.ChoiceField(label=_("Where"), required=False, choices=_places)
    door = WordsField(
        label=_("Door"),
        required=False,
        max_length=10,
        help_text=_("Such as 601. Only the branch will see it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        where, door = data.get("where", ""), plain(data.get("door", ""))
        data["household"] = data["entrance"] = data["building"] = None
        if where.startswith("e"):
            self._entrance(data, int(where[1:]), door)
        elif door:
            self.add_error("where", _("Choose the entrance that this door is in."))
        elif where.startswith("b"):
            data["building"] = Building.objects.get(pk=int(where[1:]))
        return data

    def _entrance(self, data: dict[str, Any], entrance_id: int, door: str) -> None:
        if not door:
            building = Building.objects.get(entrances=entrance_id)
            data["entrance"], data["building"] = building.entrances.get(pk=entrance_id), building
            return
        household = (
            Household.objects.select_related("entrance__building__unit").filter(entrance=entrance_id, door=door).first()
        )
        if household is None:
            self.add_error("door", _("There is no door %(door)s in this entrance.") % {"door": door})
        else:
            data.update(household=household, entrance=household.entrance, building=household.entrance.building)


class RecordForm(ConsentMixin, DoorMixin):
    """One matter, as it is told at a door."""

    speaker_field = "spoken_by"

    title = WordsField(
        label=_("In one sentence"), max_length=80, help_text=_("What is the matter? No names here: everybody reads it.")
    )
    said = WordsField(
        label=_("In their own words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000})
    )
    category = forms.ModelChoiceField(
        Category.objects.filter(active=True), label=_("Category"), empty_label=_("Choose")
    )
    place_note = WordsField(
        label=_("Where exactly"), required=False, max_length=80, help_text=_("Such as: garage, zone B")
    )
    spoken_by = WordsField(
        label=_("Who says it"), required=False, max_length=60, help_text=_("Leave it empty if you say it yourself.")
    )
    witnessed_by = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who else was there"), required=False, empty_label=_("Nobody")
    )
    openness = forms.ChoiceField(
        label=_("Who may know"), choices=Openness.choices, widget=forms.RadioSelect, initial=Openness.PUBLIC
    )
    photos = PhotosField(label=_("Photos"), required=False)
    sheet = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, recorder: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recorder = recorder
        witness = self.fields["witnessed_by"]
        assert isinstance(witness, forms.ModelChoiceField)
        witness.queryset = likely_witnesses(recorder)

    def known_speaker(self, name: str, household: Household | None) -> Person | None:
        return super().known_speaker(name, household) if name.strip() else self.recorder

    def place(self) -> Place:
        """Where it is, as far as it was said."""
        data = self.cleaned_data
        return Place(data["building"], data["entrance"], data["household"], data["place_note"])

    def recorded(self) -> dict[str, Any]:
        """What ``step1_visit.record`` takes."""
        data = self.cleaned_data
        kept = ("title", "said", "category", "spoken_by", "witnessed_by", "photos", "sheet")
        return {
            **{name: data[name] for name in kept},
            "place": self.place(),
            "openness": Openness(data["openness"]),
            "consent": self.consent(),
        }


class VoiceForm(ConsentMixin, DoorMixin):
    """One more household behind a matter."""

    name = WordsField(label=_("Who says it"), max_length=60)
    said = WordsField(label=_("In their own words"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("household") and not self.errors:
            self.add_error("door", _("A voice comes from a door."))
        return data


class PhotosForm(forms.Form):
    photos = PhotosField(label=_("Photos"))
