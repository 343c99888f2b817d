"""Buildings, entrances and doors."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.kernel.models import TimeStamped
from compounds.organisation.models.settings import contact_rhythm
from compounds.organisation.models.tree import Level, Unit


class Building(TimeStamped):
    """One building; its place in the tree is the unit that its steward serves."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="building")
    number = models.PositiveIntegerField(_("number"), unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.unit.name


class Entrance(TimeStamped):
    """One stairwell of a building."""

    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="entrances", db_index=False)
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        ordering = ["building__number", "number"]
        constraints = [models.UniqueConstraint(fields=["building", "number"], name="entrance_once_in_its_building")]

    def __str__(self) -> str:
        return _("%(building)s, entrance %(entrance)s") % {"building": self.building, "entrance": self.number}


class Occupancy(models.TextChoices):
    OWNER = "owner", _("lived in by its owner")
    LET = "let", _("let")
    EMPTY = "empty", _("empty")


class HouseholdQuerySet(models.QuerySet["Household"]):
    def assigned(self, on: date) -> Self:
        """In a neighbour group that somebody leads on that day; at most one does, so no door comes twice."""
        endless, later = models.Q(group__posts__ends_on=None), models.Q(group__posts__ends_on__gte=on)
        return self.filter(endless | later, group__posts__kind="neighbour_lead", group__posts__starts_on__lte=on)

    def in_touch(self, on: date) -> Self:
        """Spoken with within the compound's contact rhythm before that day."""
        return self.filter(last_contact_on__gt=on - contact_rhythm(), last_contact_on__lte=on)

    def of_unit(self, unit: Unit) -> Self:
        """The doors below a unit of the tree."""
        if unit.level == Level.NEIGHBOUR_GROUP:
            return self.filter(group=unit)
        if unit.level == Level.BUILDING:
            return self.filter(entrance__building__unit=unit)
        return self.all()


class Household(TimeStamped):
    """One door. ``last_contact_on`` is the day of the last visit that met somebody; visits are the rows behind it."""

    entrance = models.ForeignKey(Entrance, on_delete=models.PROTECT, related_name="households", db_index=False)
    door = models.CharField(_("door"), max_length=10)
    group = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="households")
    occupancy = models.CharField(_("occupancy"), max_length=6, choices=Occupancy.choices, default=Occupancy.OWNER)
    last_contact_on = models.DateField(_("last contact"), null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["entrance__building__number", "entrance__number", "door"]
        constraints = [models.UniqueConstraint(fields=["entrance", "door"], name="door_once_in_its_entrance")]

    def __str__(self) -> str:
        return _("%(entrance)s, door %(door)s") % {"entrance": self.entrance, "door": self.door}
