"""Keeping people and households right. The audit says which fields changed, never a phone number."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import User
from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Entrance, Household, Person, Unit
from compounds.organisation.upkeep.places import PlaceTaken
from compounds.oversight.outbox import touch
from compounds.registry.context import current_schema
from compounds.registry.models import Membership, Staff


class ErasedStaysErased(DomainError):
    """What was erased is not written down again under the same entry."""

    code = "erased_stays_erased"
    title = _("This entry has been erased")
    message = _("An erased person's entry stays empty.")
    hint = _("If the person is here again, write them down anew.")


@transaction.atomic
def add_person(*, name: str, phone: str, household: Household | None, by: Person) -> Person:
    """Write somebody down who was not known here; a post, and with it a login, comes by appointment."""
    person = Person.objects.create(name=name, phone=phone, household=household)
    audit.record("person.add", about=person, by=by)
    return person


@transaction.atomic
def change_person(person: Person, *, name: str, phone: str | None, household: Household | None, by: Person) -> Person:
    """Correct name, phone (None leaves it as it is) and door. Raises ErasedStaysErased."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.erased_at:
        raise ErasedStaysErased
    wanted = {"name": name, "household": household, **({} if phone is None else {"phone": phone})}
    fields = [field for field, value in wanted.items() if getattr(person, field) != value]
    if not fields:
        return person
    renamed = "name" in fields
    for field in fields:
        setattr(person, field, wanted[field])
    person.save(update_fields=[*fields, "updated_at"])
    if renamed:
        _rename_login(person)
    audit.record("person.change", about=person, by=by, fields=fields)
    return person


def _rename_login(person: Person) -> None:
    """The login shows the new name, unless it belongs to other places too."""
    if person.user_id is None:
        return
    elsewhere = Membership.objects.filter(user_id=person.user_id).exclude(compound__schema_name=current_schema())
    if not elsewhere.exists() and not Staff.objects.filter(user_id=person.user_id).exists():
        User.objects.filter(pk=person.user_id, is_staff=False).update(display_name=person.name)


@transaction.atomic
def add_household(*, entrance: Entrance, door: str, occupancy: str, group: Unit | None, by: Person) -> Household:
    """One more door. Raises PlaceTaken."""
    try:
        with transaction.atomic():
            household = Household.objects.create(entrance=entrance, door=door, occupancy=occupancy, group=group)
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("household.add", about=household, by=by)
    touch("households")
    return household


@transaction.atomic
def change_household(household: Household, *, door: str, occupancy: str, group: Unit | None, by: Person) -> None:
    """Correct number, occupancy and group of a door. Raises PlaceTaken."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    wanted = {"door": door, "occupancy": occupancy, "group": group}
    fields = [field for field, value in wanted.items() if getattr(household, field) != value]
    if not fields:
        return
    for field in fields:
        setattr(household, field, wanted[field])
    try:
        with transaction.atomic():
            household.save(update_fields=[*fields, "updated_at"])
    except IntegrityError as error:
        raise PlaceTaken from error
    audit.record("household.change", about=household, by=by, fields=fields)
    touch("households")
