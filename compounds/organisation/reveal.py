"""Revealing a phone number: masked everywhere else, each reveal leaves a trace."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compounds.kernel.errors import DomainError
from compounds.organisation import audit
from compounds.organisation.models import Person


class NoPhoneKnown(DomainError):
    """Nobody has a number of this person."""

    code = "no_phone_known"
    title = _("No phone number is known")
    message = _("Nobody has written down a number of %(name)s.")
    hint = _("Ask them for it, or ring at the door.")


@transaction.atomic
def phone_of(person: Person, *, reason: str, by: Person, **facts: str) -> str:
    """The number in full; who asked and why is kept, with ``facts``; the number is not. Raises NoPhoneKnown."""
    if not person.phone:
        raise NoPhoneKnown(name=person.name)
    audit.record("person.reveal_phone", about=person, by=by, reason=reason, **facts)
    return person.phone
