"""Where postings hang already and where they are still to hang, counted by building."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from notices.models import PlaceKind, Posting, PostingPlace


@dataclass
class Hanging:
    """One posting's places: buildings count as done once every entrance of theirs is ticked."""

    # Whether all entrances are ticked, by the unit of each building.
    buildings: dict[int, bool] = field(default_factory=dict)
    spots_missing: int = 0

    @property
    def done(self) -> int:
        return sum(self.buildings.values())

    @property
    def all(self) -> int:
        return len(self.buildings)

    @property
    def missing(self) -> set[int]:
        """The units of the buildings where an entrance is still to be ticked."""
        return {unit for unit, done in self.buildings.items() if not done}

    @property
    def everywhere(self) -> bool:
        return not self.missing and not self.spots_missing


def counted(postings: Iterable[Posting]) -> dict[int, Hanging]:
    """By key of the posting. One query, however many they are."""
    found = {posting.pk: Hanging() for posting in postings}
    places = PostingPlace.objects.filter(posting__in=found).order_by()
    for key, kind, unit, ticked_at in places.values_list("posting", "kind", "entrance__building__unit", "ticked_at"):
        hanging, ticked = found[key], ticked_at is not None
        if kind == PlaceKind.ENTRANCE:
            hanging.buildings[unit] = hanging.buildings.get(unit, True) and ticked
        elif not ticked:
            hanging.spots_missing += 1
    return found
