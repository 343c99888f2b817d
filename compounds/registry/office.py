"""The office behind an act of district staff: they have no Person in a compound, so it stands in a person's place."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import User
from compounds.kernel.errors import NotAllowed
from compounds.registry.models import Community, Compound, Staff, StaffLevel

# As long as the columns that keep it.
LONGEST_TEXT = 140


class OnlyReads(NotAllowed):
    """Somebody of the district who reads here was about to change something."""

    code = "staff_only_reads"
    message = _("Your login lets you read here, and change nothing.")
    hint = _("A colleague who administers this compound can do it.")


class OfficeLevel(models.TextChoices):
    """From the narrowest to the widest."""

    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"


@dataclass(frozen=True)
class Office:
    """A district, street or community office, and whose hand it was: ``text`` is what a compound's history keeps."""

    level: OfficeLevel
    text: str

    def __str__(self) -> str:
        return self.text

    def stands_for(self, level: str) -> bool:
        """Whether what is put to an office of that level may be answered here: there, or further up."""
        levels = list(OfficeLevel.values)
        return level in levels and levels.index(self.level) >= levels.index(level)


def office_over(user: User, compound: Compound) -> Office | None:
    """The widest office in which this login administers the compound; None where it administers nothing there."""
    return office_of(user, compound.community)


def office_of(user: User, community: Community) -> Office | None:
    """The widest office in which this login administers the community. A superuser acts for the district."""
    if not user.is_active or not user.is_staff:
        return None
    if user.is_superuser:
        return _office(OfficeLevel.DISTRICT, community.district.name, user)
    rows = Staff.objects.filter(user=user, level=StaffLevel.ADMINISTER).over_community(community)
    found = list(rows.select_related("district", "street", "community"))
    for level in reversed(OfficeLevel):
        for row in found:
            if place := getattr(row, level):
                return _office(level, place.name, user)
    return None


def _office(level: OfficeLevel, name: str, user: User) -> Office:
    return Office(level, f"{name} · {user}"[:LONGEST_TEXT])
