"""Writing down somebody who was not known in this compound, together with their first post."""

from datetime import date

from django.db import transaction

from compounds.organisation import appointments
from compounds.organisation.models import Person, Post, PostKind, Unit
from compounds.registry.office import Office


@transaction.atomic
def appoint_newcomer(
    name: str, *, phone: str, kind: PostKind, unit: Unit, starts_on: date, ends_on: date | None, by: Person | Office
) -> Post:
    """Write a person down and give them a post. Raises PostTaken, WrongLevel.

    The same sheet sent twice appoints once: two new people of one name cannot come to the same post in the same unit,
    whoever sends first.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    if Post.objects.filter(unit=unit, kind=kind, person__name=name).exclude(ends_on__lt=starts_on).exists():
        raise appointments.PostTaken
    person = Person.objects.create(name=name, phone=phone)
    return appointments.appoint(person, kind=kind, unit=unit, starts_on=starts_on, ends_on=ends_on, by=by)
