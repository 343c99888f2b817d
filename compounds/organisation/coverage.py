"""The two coverage figures: doors in a group with a serving lead, and doors in touch (domain: Ratings and figures)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from compounds.organisation.models import Building, Household


@dataclass(frozen=True)
class Coverage:
    """Counts of doors: all, assigned to a serving lead, in touch within the contact rhythm."""

    households: int
    assigned: int
    in_touch: int

    @property
    def assigned_percent(self) -> float:
        return _percent(self.assigned, self.households)

    @property
    def in_touch_percent(self) -> float:
        return _percent(self.in_touch, self.households)


def coverage_by_building(on: date) -> dict[int, Coverage]:
    """For each building's primary key its coverage on that day, in one query."""
    buildings = Building.objects.annotate(
        doors=Count("entrances__households"),
        led=Count("entrances__households", filter=Q(entrances__households__in=Household.objects.assigned(on))),
        met=Count("entrances__households", filter=Q(entrances__households__in=Household.objects.in_touch(on))),
    )
    return {b.pk: Coverage(b.doors, b.led, b.met) for b in buildings}


def total(parts: dict[int, Coverage]) -> Coverage:
    """The whole compound's coverage from its buildings'."""
    return Coverage(
        sum(part.households for part in parts.values()),
        sum(part.assigned for part in parts.values()),
        sum(part.in_touch for part in parts.values()),
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
