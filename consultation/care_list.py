"""Who looks in where, and what is due: the lines of the care list. What is overdue comes first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from compounds.organisation.models import Person, Post, PostKind
from compounds.organisation.policies import BRANCH
from consultation.models import Care
from consultation.models.care import CareQuerySet
from consultation.waiting import Waiting

_LOOK_IN = _("look in and see how they are")


@dataclass(frozen=True)
class CareLine:
    """One household that is looked in on, by whom, and by when."""

    care: Care
    # Nobody where the door has neither carer, lead nor steward.
    carer: Person | None
    due_on: date
    today: date

    @property
    def left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def is_late(self) -> bool:
        return self.left < 0


def lines(rows: CareQuerySet, on: date) -> list[CareLine]:
    """The running ones among ``rows``. Two queries, however many they are."""
    found = rows.running().select_related("carer", "household__entrance__building__unit")
    cares = sorted(found, key=lambda care: (care.due, care.pk))
    leads = _holders([care for care in cares if care.carer is None], on)
    return [CareLine(care, care.carer or _of_door(care, leads), care.due, on) for care in cares]


def waiting_for(person: Person, today: date) -> list[Waiting]:
    """Where this person is to look in by today or tomorrow."""
    from_here = [
        line
        for line in lines(Care.objects.visible_to(person), today)
        if line.left <= 1 and (line.carer == person or (line.carer is None and BRANCH & person.kinds))
    ]
    return [
        Waiting(str(line.care.household), _LOOK_IN, line.care.get_absolute_url(), line.due_on) for line in from_here
    ]


def _holders(cares: Iterable[Care], on: date) -> dict[tuple[str, int], Person]:
    """Leads by their group and stewards by their building, of these doors. One query."""
    units = {unit for care in cares for unit in (care.household.group_id, care.household.entrance.building.unit_id)}
    kinds = [PostKind.NEIGHBOUR_LEAD, PostKind.BUILDING_STEWARD]
    posts = Post.objects.serving(on).filter(kind__in=kinds, unit__in=units - {None}).select_related("person")
    return {(post.kind, post.unit_id): post.person for post in posts}


def _of_door(care: Care, leads: dict[tuple[str, int], Person]) -> Person | None:
    door = care.household
    lead = leads.get((PostKind.NEIGHBOUR_LEAD, door.group_id)) if door.group_id else None
    return lead or leads.get((PostKind.BUILDING_STEWARD, door.entrance.building.unit_id))
