"""A new link for somebody who serves here. It sets a new password, so it must not open more than this compound."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from compounds.accounts.models import User
from compounds.kernel.errors import DomainError
from compounds.organisation import appointments
from compounds.organisation.models import Person
from compounds.registry.context import current_schema
from compounds.registry.models import Membership


class NoLogin(DomainError):
    """Only those who were appointed have a login that a link could open."""

    code = "no_login"
    title = _("There is no login to open")
    message = _("%(name)s has not been appointed to anything here, or the login was closed.")
    hint = _("Appoint first: the link comes with the post.")


class OpensMore(DomainError):
    """The login opens other compounds or the district's pages too: a branch may not set a new password for those."""

    code = "login_opens_more"
    title = _("The district has to make this link")
    message = _("The login of %(name)s opens more than this compound, and a new link would set a new password for all.")
    hint = _("Ask your community or the district for a new link.")


def new_link(person: Person, *, now: datetime, by: Person) -> str:
    """The token of a fresh one-time link; earlier links are called back. Raises NoLogin, OpensMore."""
    user = User.objects.filter(pk=person.user_id, is_active=True).first()
    if user is None:
        raise NoLogin(name=person.name)
    elsewhere = Membership.objects.filter(user=user).exclude(compound__schema_name=current_schema())
    if user.is_staff or user.is_superuser or elsewhere.exists():
        raise OpensMore(name=person.name)
    return appointments.invite(person, now=now, by=by)


def has_begun(person: Person) -> bool:
    """Whether the person has set a password already, so that a new post needs no new link."""
    user = User.objects.filter(pk=person.user_id).first()
    return user is not None and user.has_usable_password()
