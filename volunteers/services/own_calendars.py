"""The signed address of somebody's own calendar: asked for, made anew, given up. Whoever has it reads the calendar."""

import secrets

from django.core import signing
from django.db import transaction

from volunteers.models import Volunteer

_SALT = "volunteers.own_calendar"


@transaction.atomic
def renew(volunteer: Volunteer) -> Volunteer:
    """A new address; the one before, if any, leads nowhere from now on."""
    return _with_key(volunteer, secrets.token_urlsafe(12))


@transaction.atomic
def give_up(volunteer: Volunteer) -> Volunteer:
    """No address any more."""
    return _with_key(volunteer, "")


def token_of(volunteer: Volunteer) -> str:
    """What their address carries; empty where they have none. Not guessable from what the database knows."""
    if not volunteer.calendar_key:
        return ""
    return signing.Signer(salt=_SALT).sign(f"{volunteer.pk}.{volunteer.calendar_key}").replace(":", "~")


def whose(token: str) -> Volunteer | None:
    """The volunteer to whom an address belongs today; None for one that was forged, given up or renewed, and once they
    took their consent back."""
    try:
        pk, _dot, key = signing.Signer(salt=_SALT).unsign(token.replace("~", ":")).partition(".")
    except signing.BadSignature:
        return None
    return Volunteer.objects.active().filter(pk=int(pk), calendar_key=key).exclude(calendar_key="").first()


def _with_key(volunteer: Volunteer, key: str) -> Volunteer:
    volunteer = Volunteer.objects.select_for_update(of=("self",)).get(pk=volunteer.pk)
    volunteer.calendar_key = key
    volunteer.save(update_fields=["calendar_key", "updated_at"])
    return volunteer
