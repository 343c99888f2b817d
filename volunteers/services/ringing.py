"""The number of somebody who signed up: masked everywhere else, each reveal leaves a trace."""

from django.db import transaction

from compounds.organisation import audit, reveal
from compounds.organisation.models import Person
from compounds.organisation.reveal import NoPhoneKnown
from volunteers.models import Participation


@transaction.atomic
def phone_of(row: Participation, *, reason: str, by: Person) -> str:
    """The number in full; who asked and why is kept, the number is not. Raises NoPhoneKnown."""
    person = row.volunteer.person if row.volunteer else row.person
    activity = row.slot.activity
    if person:
        return reveal.phone_of(person, reason=reason, by=by, for_activity=activity.title)
    if not row.phone:
        raise NoPhoneKnown(name=row.who)
    audit.record("place.reveal_phone", about=activity.title, by=by, reason=reason)
    return row.phone
